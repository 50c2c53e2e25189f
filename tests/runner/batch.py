"""Builds whose system calls fail or are the last (tests/preload/faults.c)."""
import filecmp
import os
import shutil
import subprocess

from .archive import PAGE, STEP, faults_library
from .common import Test, environment, run

CALLS = 45  # more than a process of these builds makes below out/


def pdfs_of(out):
    return {os.path.relpath(os.path.join(d, f), out) for d, _, files in os.walk(out) for f in files
            if not d.endswith('.sotay') and f != 'report.html'}


class Project:
    """Two handouts, and folders for what is made of them."""

    def __init__(self, env, name):
        self.env, self.dir = env, env.dir('batch-' + name)
        os.makedirs(os.path.join(self.dir, 'content'))
        for n in ('ban', 'hai'):
            with open(os.path.join(self.dir, 'content', n + '.vi.md'), 'w', encoding='utf-8') as f:
                f.write(PAGE.format('Bộ đội Biên phòng.').replace('id: ban', 'id: ' + n))

    def path(self, out):
        return os.path.join(self.dir, out)

    def command(self, out):
        return [self.env.sotay, 'build', '-C', self.dir, '-o', self.path(out), '--progress', 'none', '-j1']

    def build(self, out):
        return run(self.command(out), SOURCE_DATE_EPOCH='1790000000')

    def build_faulty(self, out, fault):
        p = subprocess.run(self.command(out), capture_output=True, timeout=60, env=environment(
            SOURCE_DATE_EPOCH='1790000000', LD_PRELOAD=faults_library(self.env), FAULT_ROOT=self.path(out), FAULT=fault,
            ASAN_OPTIONS='detect_leaks=0:exitcode=99'))  # the library in front leaks
        return p.returncode, p.stderr.decode('utf-8', 'replace')[-300:]


def faults(test, env, mode, allowed):
    """Each call in turn, into an empty folder and into one where a document is
    missing: no output is half there, 0 is said only when all are, and the next
    build ends as if nothing had been."""
    project = Project(env, mode.replace(':', '-'))
    project.build('clean')
    wanted = pdfs_of(project.path('clean'))
    wrong = []
    test.n = 0

    def same(out, name):
        return filecmp.cmp(os.path.join(project.path(out), name), os.path.join(project.path('clean'), name), False)

    for fresh in (True, False):
        for n in range(1, CALLS, max(STEP // 8, 1)):
            shutil.rmtree(project.path('out'), ignore_errors=True)
            if fresh:
                os.makedirs(project.path('out'))
            else:
                shutil.copytree(project.path('clean'), project.path('out'))
                os.remove(os.path.join(project.path('out'), 'ban', 'ban.pdf'))
            word, _, number = mode.partition(':')
            status, said = project.build_faulty('out', f'{word}:{n}' + (f':{number}' if number else ''))
            found = pdfs_of(project.path('out'))
            where = f'{mode} {n}, {"an empty folder" if fresh else "one missing"}: '
            test.n += 1
            if status not in allowed or (status == 0 and not wanted <= found):
                wrong.append(f'{where}status {status}, {sorted(found)}: {said}')
            wrong += [f'{where}{f} is half there' for f in found & wanted if not same('out', f)]
            if status != -9 and found - wanted:
                wrong.append(f'{where}left {found - wanted}')
            status, _, err = project.build('out')
            found = pdfs_of(project.path('out'))
            if status or found != wanted or not all(same('out', f) for f in wanted) or b'damaged' in err:
                wrong.append(f'{where}the next build: status {status}, {sorted(found)}: {err[-300:]}')
    return '\n'.join(wrong[:10]) or None


def tests(env):
    return [Test('batch/killed', faults, env, 'kill', (0, 3, -9)),
            Test('batch/full-disk', faults, env, 'error:28', (0, 3)),
            Test('batch/bad-disk', faults, env, 'error:5', (0, 3))]
