"""The cmocka programs, each of their tests counted."""
import glob
import os
import re

from .common import TESTS, Test, run, stem


def one(test, program):
    status, out, err = run([program], CMOCKA_MESSAGE_OUTPUT='TAP')
    text = out.decode('utf-8', 'replace') + err.decode('utf-8', 'replace')
    test.n = max(1, len(re.findall(r'^ok \d+', text, re.M)))
    if status or re.search(r'^not ok', text, re.M):
        return text[-3000:]


def tests(env):
    names = sorted(stem(p) for p in glob.glob(os.path.join(TESTS, 'unit', '*_test.c')))
    return [Test(f'unit/{n}', one, env.tool(n)) for n in names]
