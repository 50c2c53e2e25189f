"""Editions out of step: tests/cases/check/README.md."""
import os

from .common import Test, compare, folders, read, run


def one(test, env, folder):
    status, out, err = run([env.tool('source_dump'), '--check', folder])
    return compare(read(os.path.join(folder, 'diags')), err.decode('utf-8', 'replace'), 'diags')


def tests(env):
    return [Test('check/' + os.path.basename(f), one, env, f) for f in folders('check')]
