"""Sources to editions: tests/cases/source/README.md."""
import os

from .common import Test, compare, folders, read, run


def one(test, env, folder):
    status, out, err = run([env.tool('source_dump'), folder])
    expected = os.path.join(folder, 'edition.xml')
    return (os.path.exists(expected) and compare(read(expected), out.decode('utf-8', 'replace'), 'edition') or
            compare(read(os.path.join(folder, 'diags')), err.decode('utf-8', 'replace'), 'diags'))


def tests(env):
    return [Test('source/' + os.path.basename(f), one, env, f) for f in folders('source')]
