"""Translators' files: tests/cases/exchange/README.md, and the real content there and back."""
import glob
import os
import re
import shutil
import sys

from .check import parts_of, write
from .common import ROOT, TESTS, Test, compare, files, read, run, stem

SCHEMAS = '/usr/share/php/Symfony/Component/Translation/Resources/schemas'
HEAD = 'msgid ""\nmsgstr ""\n"Language: en\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'


def spelled(text):
    return text.replace('\\r\n', '\r\n').replace('\\uFEFF', '\ufeff')


def get(path):
    try:
        with open(path, encoding='utf-8', newline='') as f:
            return f.read()
    except FileNotFoundError:
        return ''


def pair(test, env, program, parts):
    folder = env.dir(test.name.replace('/', '-'))
    base = f'{folder}/content/x'
    os.makedirs(base, exist_ok=True)
    write(f'{base}/publication.yaml', 'id: x\nkind: handout\ntitle: T\nparts: [a]\nlanguages: [vi, en]\n')
    before = {}
    for name in ('vi', 'en', 'edition.lock'):
        if name in parts:
            before[name] = f'{base}/{name if "." in name else f"a.{name}.md"}'
            with open(before[name], 'w', encoding='utf-8', newline='') as f:
                f.write(spelled(parts[name]))
    for picture in re.findall(r'\]\((\S+\.svg)', parts['vi']):
        write(f'{base}/{picture}', '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>\n')
    kind = 'po' if 'po' in parts else 'xliff'
    write(f'{folder}/in', (HEAD if kind == 'po' else '') + parts[kind])
    old = {name: get(path) for name, path in before.items()}
    status, out, err = run([program, '-C', folder, 'import', kind, 'x', f'{folder}/in', '--message-format=short'])
    text = err.decode('utf-8', 'replace')
    if 'finds' in parts:
        shift = HEAD.count('\n') if kind == 'po' else 0
        found = []
        for m in re.finditer(r'^(\S+?):(\d+):(\d+): error: .*\[(\S+)\]$', text, re.M):
            line = int(m[2]) - (shift if m[1].endswith('/in') else 0)
            who = '' if m[1].endswith('/in') else 'lock ' if m[1].endswith('.lock') else m[1] + ' '
            found.append(f'{who}{line}:{m[3]} {m[4]}')
        changed = [name for name, path in before.items() if get(path) != old[name]]
        said = compare(parts['finds'].strip(), '\n'.join(found), 'findings') or (changed and f'changed: {changed}')
        return said or (status != 1 and f'status {status}: {text}') or None
    locks = re.sub(r'\b[0-9a-f]{16}\b', 'SUM', get(f'{base}/edition.lock'))
    return ((status != 0 and f'status {status}: {text}') or
            compare(spelled(parts['becomes']), get(f'{base}/a.en.md'), 'edition') or
            compare(parts.get('locks', ''), locks, 'edition.lock'))


def project(env, test):
    folder = env.dir(test.name.replace('/', '-'))
    shutil.copytree(os.path.join(ROOT, 'content'), f'{folder}/content', dirs_exist_ok=True)
    os.makedirs(f'{folder}/styles', exist_ok=True)
    shutil.copytree(os.path.join(ROOT, 'styles', 'schemas'), f'{folder}/styles/schemas', dirs_exist_ok=True)
    ids = sorted({os.path.basename(p).split('.')[0] for p in glob.glob(f'{folder}/content/*')
                  if os.path.exists(f'{p}/publication.yaml') or p.endswith('.vi.md')})
    return folder, ids


def sources(folder):
    return {p: get(p) for p in glob.glob(f'{folder}/content/**/*.md', recursive=True)}


def schema(env, later):
    """The OASIS schema of the version, its imports found beside it."""
    from lxml import etree
    folder = env.dir(f'xliff-schemas-{later}')  # each test its own: they run at once
    for path in glob.glob(f'{SCHEMAS}/*.xsd'):
        text = read(path).replace('"http://www.w3.org/2001/xml.xsd"', '"xml.xsd"')
        write(f'{folder}/{os.path.basename(path)}', text.replace('informativeCopiesOf3rdPartySchemas/w3c/xml.xsd', 'xml.xsd'))
    return etree.XMLSchema(etree.parse(f'{folder}/xliff-core-{"2.0" if later else "1.2-strict"}.xsd'))


def look_at(env, kind, path, before):
    """What other programs say of the file; None when all is well."""
    if kind == 'po':
        status, out, err = run(['msgfmt', '-c', '--check-accelerators', '-o', '/dev/null', path])
        if status or err:
            return err.decode()
        from translate.storage import pypo
        units = [u for u in pypo.pofile.parsefile(path).units if not u.isheader()]
    else:
        from lxml import etree
        rules = schema(env, kind == 'xliff-2.1')
        if not rules.validate(etree.parse(path)):
            return str(rules.error_log)[:500]
        if kind == 'xliff-2.1':
            from translate.storage import xliff2
            units = xliff2.Xliff2File.parsefile(path).units
        else:
            from translate.storage import xliff
            units = xliff.xlifffile.parsefile(path).units
    wrong = [str(u.getid()) for u in units if not u.source or not u.istranslated()]
    return None if units and not wrong else f'{path}: {len(units)} units, not translated: {wrong[:5]}'


def there_and_back(test, env, kind):
    """Export and import change no byte; others read the files; and from nothing the same texts come back."""
    folder, ids = project(env, test)
    before = sources(folder)
    word, _, version = kind.partition('-')
    more = ['--xliff', version] if version else []
    for name in ids:
        status, out, err = run([env.sotay, '-C', folder, 'export', word, name] + more)
        if status or err:
            return f'{name}: {err.decode()}'
        for path in glob.glob(f'{folder}/out/{name}/*.{"po" if word == "po" else "xlf"}'):
            said = look_at(env, kind, path, before)
            if said:
                return said
        status, out, err = run([env.sotay, '-C', folder, 'import', word, name])
        if status or b' 0 changed, 0 in doubt' not in err:
            return f'{name}: {err.decode()}'
    if sources(folder) != before or glob.glob(f'{folder}/content/**/*edition.lock', recursive=True):
        return 'a file changed'
    first = {p: get(p) for p in glob.glob(f'{folder}/out/*/*')}
    for path in before:
        if '.vi.md' not in path:
            os.remove(path)
    for name in ids:
        if os.path.exists(f'{folder}/content/{name}.vi.md'):
            continue  # a pair without its other file is no publication of both
        status, out, err = run([env.sotay, '-C', folder, 'import', word, name])
        if status:
            return f'{name}, from nothing: {err.decode()}'
        run([env.sotay, '-C', folder, 'export', word, name] + more)
    for path, text in first.items():
        said = compare(text, get(path), os.path.basename(path))
        if said:
            return said


def stress(test, env, program):
    """A few random documents; tests/exchange_stress.py does many."""
    sys.path.insert(0, TESTS)
    import exchange_stress
    wrong = exchange_stress.stress(program, 8, 'tests')
    return '\n'.join(what + '\n' + text for text, what in wrong) or None


def tests(env):
    cases = [Test(f'{word}exchange/{stem(f)}/{name}', pair, env, program, parts)
             for word, program in env.programs for f in files('exchange', '.pairs') for name, parts in parts_of(read(f))]
    cases += [Test(f'{word}exchange/stress', stress, env, program) for word, program in env.programs]
    return cases + [Test(f'exchange/content-{kind}', there_and_back, env, kind) for kind in ('po', 'xliff', 'xliff-2.1')]
