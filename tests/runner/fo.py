"""FO trees are compared by tests/unit/fo_test.c; here the program is given the
same documents, and the damaged ones of tests/cases/fo-bad: it must end well."""
import os

from .common import Failure, Test, files, run, stem


def survives(test, env, program, path):
    out = os.path.join(env.dir('fo'), f'{test.name.replace("/", "-")}.xml')
    status, _, err = run([program, 'fo', path, '--emit=areas', '-o', out, '--limit-pages=2000'], timeout=120)
    if status not in (0, 1):
        raise Failure(f'status {status}: {err.decode("utf-8", "replace")[:2000]}')
    if status == 1 and os.path.exists(out):
        return 'an output after an error'
    if status == 1 and b'error' not in err:
        return 'an error that is not said'


def tests(env):
    found = []
    for word, program in env.programs:
        for stage in ('fo', 'fo-bad'):
            found += [Test(f'{word}{stage}/{stem(p)}', survives, env, program, p) for p in files(stage, '.fo')]
    return found
