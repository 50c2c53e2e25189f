"""Lint holds, and finds what it is for."""
import os
import shutil
import sys

from .common import ROOT, Test, run

# A file put into a copy of the house, and what lint must say of it.
PLANTED = [
    ('pipeline/layout/planted.c', '#include "pdf/pdf.h"\n', 'layout/ must not include pdf/'),
    ('pipeline/layout/planted.c', '#include "fo/vocab.h"\n', 'private to fo/'),
    ('pipeline/area/planted.c', '#include <hpdf.h>\n', 'libharu is used in pdf/ only'),
    ('pipeline/text/planted.c', 'void f(char *a) {\n    strcpy(a, "x");\n}\n', 'strcpy() is not used here'),
    ('pipeline/text/planted.c', 'void *f(void) {\n    return malloc(1);\n}\n', 'malloc() is not used here'),
    ('pipeline/text/planted.c', 'int x;\n' * 1001, 'more than 1000 lines'),
    ('pipeline/text/planted.c', 'void f(void) {\n' + '    g();\n' * 130 + '}\n', 'a function of 132 lines'),
    ('pipeline/attic/planted.c', 'int x;\n', 'not in pipeline/LAYERS'),
]


def holds(test):
    status, out, _ = run([sys.executable, os.path.join(ROOT, 'tests/lint')])
    return out.decode() if status else None


def finds(test, env, n, path, text, said):
    copy = os.path.join(env.temp, f'lint-{n}')
    shutil.copytree(os.path.join(ROOT, 'pipeline'), os.path.join(copy, 'pipeline'))
    os.makedirs(os.path.join(copy, 'tests'))
    shutil.copy(os.path.join(ROOT, 'tests/lint'), os.path.join(copy, 'tests/lint'))
    os.makedirs(os.path.dirname(os.path.join(copy, path)), exist_ok=True)
    with open(os.path.join(copy, path), 'w') as f:
        f.write(text)
    status, out, _ = run([sys.executable, os.path.join(copy, 'tests/lint')])
    if status != 1 or said not in out.decode():
        return f'not found: {said}'


def clang(test, env):
    """The second compiler has no warning either."""
    status, out, err = run(['make', '-s', 'CC=clang', 'CFLAGS=-O0', 'O=' + os.path.join(env.temp, 'clang'), 'objects'])
    return (out + err).decode('utf-8', 'replace')[-2000:] if status else None


def tests(env):
    found = [Test(f'lint/finds-{n}', finds, env, n, *planted) for n, planted in enumerate(PLANTED)]
    return [Test('lint/holds', holds), Test('lint/clang', clang, env)] + found
