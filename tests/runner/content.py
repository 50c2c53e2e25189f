"""The publications of content/: built twice apart with the same bytes, valid,
holding the words of their sources, their pages as tests/golden has them."""
import glob
import gzip
import os
import re
import shutil
import threading
import unicodedata

from lxml import etree

from .common import Failure, ROOT, TESTS, Test, compare, read, run
from .verapdf import verapdf_all

EDITION = '{urn:sotay:edition}'
LAO = '[\u0e80-\u0eff]+'
GOLDEN = os.path.join(TESTS, 'golden')


class Built:
    """All of content/, built once for all tests that look at it."""

    def __init__(self, env):
        self.env = env
        self.lock = threading.Lock()
        self.done = None

    def get(self):
        with self.lock:
            if self.done is None:
                self.done = os.path.join(self.env.temp, 'content')
                self.status = 1, b'', b'the program could not be run'
                self.status = run([self.env.sotay, 'build', '-C', ROOT, '-o', self.done, '--progress=none', '-j2'])
            if self.status[0]:
                raise Failure(f'status {self.status[0]}: {self.status[2].decode("utf-8", "replace")[:3000]}')
            return self.done


def names(folder, ending='.pdf'):
    return sorted(os.path.relpath(p, folder) for p in glob.glob(os.path.join(folder, '**', '*' + ending), recursive=True))


def builds(test, built):
    return None if names(built.get()) else 'nothing was built'


def copy_project(env, name):
    """The sources at another place, as a fresh clone has them."""
    to = os.path.join(env.temp, name, 'a folder elsewhere')
    for part in ('content', 'styles'):
        shutil.copytree(os.path.join(ROOT, part), os.path.join(to, part))
    return to


def same_bytes(test, env, built):
    first = built.get()
    project = copy_project(env, 'again')
    status, _, err = run([env.sotay, 'build', '--progress=none', '-j1'], cwd=project, LC_ALL='vi_VN.UTF-8',
                         TZ='Asia/Ho_Chi_Minh', HOME='/nowhere', TMPDIR=env.temp)
    if status:
        return f'status {status}: {err.decode("utf-8", "replace")[:2000]}'
    second = os.path.join(project, 'out')
    if names(first) != names(second):
        return f'{names(first)} and {names(second)}'
    for name in names(first):
        with open(os.path.join(first, name), 'rb') as a, open(os.path.join(second, name), 'rb') as b:
            if a.read() != b.read():
                return f'{name} differs'
    test.n = len(names(first))


def qpdf(test, built):
    wrong = []
    for name in names(built.get()):
        status, out, err = run(['qpdf', '--check', os.path.join(built.get(), name)])
        if status:
            wrong.append(f'{name}: {(out + err).decode("utf-8", "replace")[:800]}')
    test.n = len(names(built.get()))
    return '\n'.join(wrong) or None


def archival(test, built):
    folder = built.get()
    wanted = [(os.path.join(folder, n), '3b' if n.endswith('.print.pdf') else '3a,ua1') for n in names(folder)]
    said = verapdf_all(wanted)
    test.n = len(wanted)
    return '\n'.join(f'{p}: {s}' for p, s in said.items() if s != 'pass') or None


LAYOUTS = ('columns', 'facing', 'interleaved', 'sequential')


def layouts(test, env):
    """Every publication in every layout: no warning, valid, all words there."""
    wanted, wrong = [], []
    for layout in LAYOUTS:
        folder = os.path.join(env.temp, 'layouts', layout)
        status, _, err = run([env.sotay, 'build', '-C', ROOT, '-o', folder, '--layout', layout, '--progress=none', '-j2'])
        if status or err.strip():
            wrong.append(f'{layout}: status {status}: {err.decode("utf-8", "replace")[:800]}')
        wanted += [(os.path.join(folder, n), '3b' if n.endswith('.print.pdf') else '3a,ua1') for n in names(folder)]
    if not wrong:
        wrong = [f'{p}: {s}' for p, s in verapdf_all(wanted).items() if s != 'pass']
    test.n = len(wanted)
    return '\n'.join(wrong) or None


def words_of(text):
    """In small letters: a form prints its headings in capitals."""
    text = unicodedata.normalize('NFC', text).lower().replace('\u00ad\n', '').replace('\u00ad', '')
    return re.findall(LAO + r'|\w+', text)


def source_words(edition):
    """What the members' copy must show: all prose of the units."""
    words = []
    for element in list(edition.iter()):
        if not isinstance(element.tag, str):
            continue
        if element.tag in (EDITION + 'facilitator', EDITION + 'explain'):
            element.clear(keep_tail=True)
        if element.tag in (EDITION + 'unit', EDITION + 'note') and element.get('directive') == 'facilitator':
            element.clear(keep_tail=True)
    for v in edition.iter(EDITION + 'v'):
        words += words_of(' '.join(' '.join(v.itertext()).split()))
    return words


def pdf_words(path):
    _, out, _ = run(['pdftotext', '-enc', 'UTF-8', path, '-'])
    text = out.decode('utf-8', 'replace')
    # A word broken at a line's end is one word; a footnote's number may stand close to one.
    words = set(words_of(re.sub(r'[\u00ad\u2010-]\s*\n', '', text))) | set(words_of(text))
    return words | {w.rstrip('0123456789') for w in words}


def lao_of(path):
    """Lao has no spaces between words and breaks anywhere among them: its text in reading order, lines joined."""
    _, out, _ = run(['pdfinfo', '-struct-text', '-enc', 'UTF-8', path])
    pieces = re.findall(r'"(.*)"', unicodedata.normalize('NFC', out.decode('utf-8', 'replace')))
    return ''.join(''.join(pieces).split())


def same_words(test, env, built):
    folder = built.get()
    editions = os.path.join(env.temp, 'editions')
    run([env.sotay, 'build', '-C', ROOT, '-o', editions, '--emit=edition', '--progress=none'])
    wrong = []
    for name in names(editions, '.edition.xml'):
        ident = os.path.basename(name)[:-len('.edition.xml')]
        edition = etree.parse(os.path.join(editions, name)).getroot()
        pdf = os.path.join(folder, ident, ident + '.pdf')
        missing = sorted(set(source_words(edition)) - pdf_words(pdf))
        lao = lao_of(pdf) if any(re.match(LAO, w) for w in missing) else ''
        missing = [w for w in missing if not re.match(LAO, w) or w not in lao]
        test.n = len(names(editions, '.edition.xml'))
        if missing:
            wrong.append(f'{ident}: {len(missing)} words are not in the PDF: {" ".join(missing[:20])}')
    return '\n'.join(wrong) or None


def plain_dump(text):
    """An area dump without places in sources, so that a line more in a source moves no page."""
    return re.sub(r' (src|pos|at)="[^"]*"', '', text)


def golden(test, env):
    areas = os.path.join(env.temp, 'areas')
    status, _, err = run([env.sotay, 'build', '-C', ROOT, '-o', areas, '--emit=areas', '--progress=none'])
    if status:
        return f'status {status}: {err.decode("utf-8", "replace")[:2000]}'
    found = {os.path.basename(n): plain_dump(read(os.path.join(areas, n))) for n in names(areas, '.areas.xml')}
    kept = {os.path.basename(p)[:-3]: gzip.open(p, 'rt', encoding='utf-8').read()
            for p in glob.glob(os.path.join(GOLDEN, '*.areas.xml.gz'))}
    test.n = max(1, len(found))
    if env.update:
        os.makedirs(GOLDEN, exist_ok=True)
        for name in set(kept) - set(found):
            os.unlink(os.path.join(GOLDEN, name + '.gz'))
        for name, text in found.items():
            if kept.get(name) != text:
                with open(os.path.join(GOLDEN, name + '.gz'), 'wb') as f:
                    f.write(gzip.compress(text.encode(), mtime=0))
        return None
    wrong = [compare(kept.get(n, ''), found.get(n, ''), n) for n in sorted(set(kept) | set(found))]
    wrong = [w for w in wrong if w]
    return '\n'.join(wrong) + '\n(make update accepts them)' if wrong else None


def checked(test, env):
    status, _, err = run([env.sotay, 'check', '-C', ROOT, '--progress=none', '--message-format=short'])
    return err.decode('utf-8', 'replace')[:3000] if status else None


def tests(env):
    if not glob.glob(os.path.join(ROOT, 'content', '*')):
        return []
    built = Built(env)
    return [Test('content/builds', builds, built), Test('content/check', checked, env),
            Test('content/golden', golden, env), Test('content/layouts', layouts, env), Test('content/qpdf', qpdf, built),
            Test('content/same-bytes', same_bytes, env, built), Test('content/verapdf', archival, built),
            Test('content/words', same_words, env, built)]
