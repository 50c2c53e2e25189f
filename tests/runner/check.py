"""Editions out of step: tests/cases/check/README.md."""
import os
import re
import sys

from .common import ROOT, TESTS, Test, compare, files, folders, read, run, stem


def one(test, env, folder):
    status, out, err = run([env.tool('source_dump'), '--check', folder])
    return compare(read(os.path.join(folder, 'diags')), err.decode('utf-8', 'replace'), 'diags')


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, 'w', encoding='utf-8') as f:
        f.write(text)


def parts_of(text):
    """[(name, {part: text})] of a .pairs file."""
    cases = []
    for block in re.split(r'^== ', text, flags=re.M)[1:]:
        name, _, rest = block.partition('\n')
        parts = re.split(r'^-- (.*)\n', rest, flags=re.M)[1:]
        cases.append((name.strip(), {k: v.rstrip('\n') + '\n' for k, v in zip(parts[::2], parts[1::2])}))
    return cases


def pair(test, env, parts):
    folder = env.dir(test.name.replace('/', '-'))
    languages = [k for k in parts if k != 'finds' and '.' not in k]
    write(f'{folder}/content/x/publication.yaml', 'id: x\nkind: handout\ntitle: T\nparts: [a]\n'
          f'languages: [{", ".join(languages)}]\n')
    for name, text in parts.items():
        where = {'finds': None, 'edition.lock': 'x/edition.lock'}.get(name, name if '.' in name else f'x/a.{name}.md')
        if where:
            write(f'{folder}/content/{where}', text)
        for picture in re.findall(r'\]\((\S+\.svg)\)', text):
            write(f'{folder}/content/x/{picture}', '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>\n')
    status, out, err = run([env.tool('source_dump'), '--check', folder])
    found = []
    for line in err.decode('utf-8', 'replace').split('\n'):
        m = re.match(r'(\S+?):(\d+):(\d+): \w+: (\S+)$', line)
        if m:
            file = 'lock' if m[1].endswith('edition.lock') else m[1].split('.')[-2] if m[1].endswith('.md') else m[1]
            found.append(f'{file} {m[2]}:{m[3]} {m[4]}')
        elif line and not line.startswith('  '):
            found.append(line)
    return compare(parts.get('finds', '\n').strip(), '\n'.join(found), 'findings')


def stress(test, env):
    """Few of each kind of random edit of the real content; tests/lock_stress.py does many."""
    sys.path.insert(0, TESTS)
    import lock_stress
    table = lock_stress.stress(env.tool('source_dump'), os.path.join(ROOT, 'content'), 4, 'tests')
    table.update(lock_stress.stale(env.tool('source_dump'), env.sotay, os.path.join(ROOT, 'content'), 6, 'tests'))
    wrong = [f'{k}: {n} planted, {hit} found, {false} false alarms' for k, (n, hit, false) in table.items()
             if n == 0 or false or hit != (0 if k.startswith('same_') else n)]
    return '\n'.join(wrong) or None


def tests(env):
    return [Test('check/' + os.path.basename(f), one, env, f) for f in folders('check')] + [
        Test(f'check/{stem(f)}/{name}', pair, env, parts)
        for f in files('check', '.pairs') for name, parts in parts_of(read(f))] + [Test('check/stress', stress, env)]
