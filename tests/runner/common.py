"""What the stages' runners share."""
import difflib
import glob
import os
import shutil
import subprocess
import tempfile

TESTS = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
ROOT = os.path.dirname(TESTS)
CASES = os.path.join(TESTS, 'cases')
SKIPS = 'tests/skips'
TIMEOUT = 300


class Failure(Exception):
    pass


class Test:
    """run() returns None, or what is wrong; count() how many tests it stood for."""

    def __init__(self, name, function, *args):
        self.name, self.function, self.args = name, function, args
        self.n = 1

    def run(self):
        return self.function(self, *self.args)

    def count(self):
        return self.n


class Env:
    def __init__(self, build, update):
        self.build = os.path.join(ROOT, build)
        self.update = update
        self.temp = tempfile.mkdtemp(prefix='sotay-tests-')
        self.sanitized = os.path.basename(self.build) == 'san'
        # The program, and its sanitized twin where that is built.
        self.programs = [('', os.path.join(self.build, 'sotay'))]
        twin = os.path.join(self.build, 'san', 'sotay')
        if not self.sanitized and os.path.exists(twin):
            self.programs.append(('san/', twin))

    @property
    def sotay(self):
        return self.programs[0][1]

    def tool(self, name):
        return os.path.join(self.build, 'tests', name)

    def dir(self, name):
        path = os.path.join(self.temp, name)
        os.makedirs(path, exist_ok=True)
        return path

    def close(self):
        shutil.rmtree(self.temp, ignore_errors=True)


def environment(**more):
    env = {k: v for k, v in os.environ.items()
           if not k.startswith(('LC_', 'LANG', 'SOTAY', 'MAKE', 'MFLAGS')) and k not in ('SOURCE_DATE_EPOCH', 'NO_COLOR')}
    env['LC_ALL'] = 'C.UTF-8'
    env.setdefault('ASAN_OPTIONS', 'detect_leaks=1:abort_on_error=0:exitcode=99')
    env.setdefault('UBSAN_OPTIONS', 'print_stacktrace=1')
    env.update({k: v for k, v in more.items() if v is not None})
    return env


def run(command, cwd=ROOT, stdin=None, timeout=TIMEOUT, **env):
    """(status, stdout, stderr) as bytes; a signal is a negative status."""
    try:
        p = subprocess.run(command, cwd=cwd, input=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                           timeout=timeout, env=environment(**env), stdin=None if stdin is not None else subprocess.DEVNULL)
    except subprocess.TimeoutExpired:
        raise Failure(f'no end after {timeout} s: {" ".join(command)}')
    sanitizer = [line for line in p.stderr.decode('utf-8', 'replace').split('\n')
                 if 'Sanitizer' in line or 'runtime error:' in line]
    if sanitizer:
        frames = [line for line in p.stderr.decode('utf-8', 'replace').split('\n') if line.startswith('    #')]
        raise Failure('\n'.join([sanitizer[0][:200]] + frames[:6]))
    if p.returncode < 0:
        raise Failure(f'ended by signal {-p.returncode}: {" ".join(command)}')
    return p.returncode, p.stdout, p.stderr


def read(path, default=None):
    try:
        with open(path, encoding='utf-8') as f:
            return f.read()
    except FileNotFoundError:
        if default is None:
            raise
        return default


def compare(expected, got, what):
    """None when equal, else the difference."""
    if expected == got:
        return None
    lines = list(difflib.unified_diff(expected.split('\n'), got.split('\n'), f'{what} expected', f'{what} found',
                                      lineterm='', n=1))
    return '\n'.join(lines[:40]) + ('\n...' if len(lines) > 40 else '')


def folders(stage):
    base = os.path.join(CASES, stage)
    return [d for d in sorted(glob.glob(os.path.join(base, '*'))) if os.path.isdir(d)]


def files(stage, ending):
    return sorted(glob.glob(os.path.join(CASES, stage, '*' + ending)))


def stem(path):
    return os.path.splitext(os.path.basename(path))[0]


def read_skips():
    """tests/skips: NAME: reason."""
    reasons = {}
    for line in read(os.path.join(ROOT, SKIPS), '').split('\n'):
        if line.strip() and not line.startswith('#'):
            name, _, reason = line.partition(': ')
            if not reason.strip():
                raise Failure(f'{SKIPS}: {name} has no reason')
            reasons[name.strip()] = reason.strip()
    return reasons
