"""Editions to FO: tests/cases/transform/README.md."""
import os

from .common import Test, compare, folders, read, run


def one(test, env, program, folder):
    args = read(os.path.join(folder, 'args'), '').split()
    status, out, err = run([program, 'build', '-C', folder, '--emit=fo', '-o', '-', '--progress=none',
                            '--message-format=short'] + args)
    expected = read(os.path.join(folder, 'expected.fo'), '')
    diags = '\n'.join(line for line in err.decode('utf-8', 'replace').replace(folder + '/', '').split('\n'))
    return compare(expected, out.decode('utf-8', 'replace'), 'fo') or compare(read(os.path.join(folder, 'diags'), ''),
                                                                              diags, 'diags')


def tests(env):
    return [Test(f'{word}transform/{os.path.basename(f)}', one, env, program, f)
            for word, program in env.programs for f in folders('transform')]
