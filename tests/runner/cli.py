"""The command line: tests/cases/cli/README.md."""
import os
import re
import shutil

from .common import CASES, ROOT, Test, files, read, run, stem


def one(test, env, program, path):
    text = read(path)
    folder = env.dir(test.name.replace('/', '-'))
    status, out, err = run(['sh', '-e', path], cwd=folder, SOTAY=program, ROOT=ROOT,
                           CASES=os.path.join(CASES, 'cli'), HOME=folder)
    shown = f'\nstdout: {out.decode("utf-8", "replace")[:1500]}\nstderr: {err.decode("utf-8", "replace")[:1500]}'
    wanted = re.search(r'^# status: (\d+)', text, re.M)
    expected = int(wanted.group(1)) if wanted else 0
    shutil.rmtree(folder, ignore_errors=True)
    if status != expected:
        return f'status {status}, expected {expected}{shown}'
    for stream, data in (('stdout', out), ('stderr', err)):
        data = data.decode('utf-8', 'replace')
        for line in re.findall(rf'^# {stream}:(.*)$', text, re.M):
            pattern = line.strip()
            if not pattern and data:
                return f'{stream} is not empty{shown}'
            if pattern and not re.search(pattern, data, re.M):
                return f'{stream} has no {pattern}{shown}'


def tests(env):
    return [Test(f'{word}cli/{stem(p)}', one, env, program, p)
            for word, program in env.programs for p in files('cli', '.sh')]
