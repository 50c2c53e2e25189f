"""The study kit: tests/cases/kit/README.md, and new publications of every kind in an empty folder."""
import glob
import os
import re
import threading

from lxml import etree

from .common import CASES, Failure, ROOT, Test, compare, read, run
from .verapdf import verapdf_all

EDITION = '{urn:sotay:edition}'
SESSION = os.path.join(CASES, 'kit', 'session')
SECRET = 'KÍN'
MM = 72000 / 25.4


class Made:
    """The kit of the session, made once for all tests that look at it."""

    def __init__(self, env):
        self.env, self.lock, self.done = env, threading.Lock(), {}

    def get(self, emit='pdf'):
        with self.lock:
            if emit not in self.done:
                folder = os.path.join(self.env.temp, 'kit-' + emit)
                status, _, err = run([self.env.sotay, '-C', SESSION, 'kit', 'buoi', '-o', folder, '--progress=none', f'--emit={emit}'])
                self.done[emit] = folder if not status and not err else f'status {status}: {err.decode("utf-8", "replace")[:2000]}'
            if not os.path.isdir(self.done[emit]):
                raise Failure(self.done[emit])
            return os.path.join(self.done[emit], 'buoi')


def pdfs(folder):
    return sorted(os.path.basename(p) for p in glob.glob(os.path.join(folder, '*.pdf')))


def expected(env, name, found):
    """What a file of the cases says; --update writes it."""
    path = os.path.join(CASES, 'kit', name)
    if env.update:
        with open(path, 'w', encoding='utf-8') as f:
            f.write(found)
    return compare(read(path), found, name)


def parts(test, env, made):
    return expected(env, 'session.parts', '\n'.join(pdfs(made.get())) + '\n')


# ---- nothing of the facilitator's ----

def all_forms(word):
    """How a word may stand in a PDF whose streams are plain."""
    utf16 = word.encode('utf-16-be')
    return [word.encode(), utf16, utf16.hex().encode(), utf16.hex().upper().encode(),
            re.sub(rb'([()\\])', rb'\\\1', utf16)]


def attached(path, env):
    """The attachments of a PDF, as text."""
    to = env.dir('kit-attached-' + os.path.basename(path))
    run(['pdfdetach', '-saveall', '-o', to, path])
    return '\n'.join(read(p) for p in sorted(glob.glob(os.path.join(to, '*'))))


def holds(path, env):
    """The secret words, and answers marked, that a PDF holds anywhere."""
    plain = os.path.join(env.dir('kit-plain'), os.path.basename(path))
    status, _, err = run(['qpdf', '--qdf', '--object-streams=disable', path, plain])
    if status:
        raise Failure(err.decode('utf-8', 'replace'))
    with open(plain, 'rb') as f:
        data = f.read()
    _, text, _ = run(['pdftotext', '-enc', 'UTF-8', path, '-'])
    found = set(re.findall(SECRET + r'\w*', text.decode('utf-8', 'replace')))
    if any(form in data for form in all_forms(SECRET)):
        found.add(SECRET)
    edition = attached(path, env)
    found |= set(re.findall(SECRET + r'\w*', edition))
    if edition:
        root = etree.fromstring(edition.encode())
        found |= {f'{e.tag.split("}")[1]} {name}' for e in root.iter(EDITION + 'choice', EDITION + 'left')
                  for name in ('right', 'answer') if e.get(name)}
        found |= {e.tag.split('}')[1] for e in root.iter(EDITION + 'answer', EDITION + 'explain', EDITION + 'facilitator')}
    return found


def secrets(test, env, made):
    folder, wrong, kept = made.get(), [], set()
    names = pdfs(folder)
    for name in names:
        found = holds(os.path.join(folder, name), env)
        if '.facilitator.' in name:
            kept |= found
        elif found:
            wrong.append(f'{name}: {sorted(found)}')
    planted = set(re.findall(SECRET + r'[A-Z]+', read(os.path.join(SESSION, 'content/buoi/a.vi.md')) +
                             read(os.path.join(SESSION, 'content/buoi/a.en.md'))))
    if planted - kept:
        wrong.append(f'in no facilitator\'s file: {sorted(planted - kept)}')
    test.n = len(names)
    return '\n'.join(wrong) or None


# ---- versions of the quiz ----

def text_of(element):
    return ' '.join(' '.join(element.itertext()).split())


def items_of(root, lang):
    return [i for v in root.iter(EDITION + 'v') if v.get('{http://www.w3.org/XML/1998/namespace}lang') == lang
            for i in v.iter(EDITION + 'item')]


def question_of(item):
    question = text_of(item.find(EDITION + 'question'))
    return question or text_of(item.find(EDITION + 'choice'))


def truth(whole, lang):
    """What is right, by the text of a question: texts of choices, of the pairs."""
    known = {}
    for item in items_of(whole, lang):
        rights = [text_of(r) for r in item.findall(EDITION + 'right')]
        known[question_of(item)] = (
            {text_of(c): c.get('right') for c in item.findall(EDITION + 'choice')},
            {text_of(c): rights[int(c.get('answer')) - 1] for c in item.findall(EDITION + 'left')})
    return known


def answer_of(item, known):
    """The answer to a question on a sheet, as the key writes it, found from the source alone."""
    choices, pairs = known[question_of(item)]
    here = [text_of(c) for c in item.findall(EDITION + 'choice')]
    if item.get('type') == 'true-false':
        return ' '.join(choices[c] for c in here)
    if item.get('type') == 'match':
        rights = [text_of(r) for r in item.findall(EDITION + 'right')]
        return ' '.join('abcdef'[rights.index(pairs[text_of(c)])] for c in item.findall(EDITION + 'left'))
    return ' '.join('ABCDEF'[i] for i, c in enumerate(here) if choices[c] == 'true')


def versions(test, env, made):
    """Every sheet against the key and against the source, both languages in one order, and the order foretold."""
    folder = made.get()
    whole = etree.fromstring(attached(os.path.join(folder, 'buoi.facilitator.pdf'), env).encode())
    key = etree.fromstring(attached(os.path.join(folder, 'buoi.quiz.facilitator.pdf'), env).encode())
    first = {lang: [question_of(i) for i in items_of(whole, lang)] for lang in ('vi', 'en')}
    wrong, orders = [], []
    for version in key.iter(EDITION + 'version'):
        nr = version.get('nr')
        keyed = [(int(a.get('of')), a.text or '') for a in version]
        if nr == '0':
            continue
        path = os.path.join(folder, f'buoi.quiz.{nr}.pdf')
        sheet = etree.fromstring(attached(path, env).encode())
        for lang in ('vi', 'en'):
            known = truth(whole, lang)
            found = [(first[lang].index(question_of(i)) + 1, answer_of(i, known)) for i in items_of(sheet, lang)]
            if found != keyed:
                wrong.append(f'version {nr}, {lang}: the key says {keyed}, the sheet is {found}')
        _, text, _ = run(['pdftotext', '-raw', '-enc', 'UTF-8', path, '-'])
        printed = text.decode('utf-8', 'replace')
        places = [printed.find(q) for q in (question_of(i) for i in items_of(sheet, 'vi')) if q.startswith('Câu')]
        if -1 in places or places != sorted(places):
            wrong.append(f'version {nr}: printed in another order: {places}')
        if f'mã trộn 7' not in ' '.join(printed.split()):
            wrong.append(f'version {nr}: its seed is not printed')
        orders.append(f'{nr}: ' + ' '.join(f'{of}={answer.replace(" ", ",")}' for of, answer in keyed))
    if len(set(o.split(': ')[1] for o in orders)) != len(orders):
        wrong.append('two versions are the same')
    test.n = len(orders)
    return '\n'.join(wrong) or expected(env, 'session.orders', '\n'.join(orders) + '\n')


def beforehand(test, made):
    """The introduction: up to the discussion and what is marked, without forms, quiz and what is for the session alone."""
    _, out, _ = run(['pdftotext', '-enc', 'UTF-8', os.path.join(made.get(), 'buoi.introduction.pdf'), '-'])
    text = ' '.join(out.decode('utf-8', 'replace').split())
    there = [w for w in ('Mục đích', 'Điều cần nhớ', 'Câu hỏi?', 'Mang theo sổ.', 'Bring a notebook.') if w not in text]
    not_there = [w for w in ('Chốt việc', 'Settling', 'Ghi chép', 'Câu một', 'Question one', 'Mệnh đề') if w in text]
    return f'missing {there}, too much {not_there}' if there or not_there else None


# ---- pages ----

def areas(made, name):
    root = etree.parse(os.path.join(made.get('areas'), name + '.areas.xml')).getroot()
    for element in root.iter(etree.Element):
        element.tag = etree.QName(element).localname
    return root


def legible(test, made):
    """No letter of a slide is below 24 points."""
    wrong = []
    for lang in ('vi', 'en'):
        letters = {(int(t.get('size')), t.text) for t in areas(made, f'buoi.{lang}.slides').iter('text')}
        small = sorted(letter for letter in letters if letter[0] < 24000)
        if small or not letters:
            wrong.append(f'{lang}: {small[:5]} of {len(letters)}')
    return '\n'.join(wrong) or None


def continued(test, made):
    """A list longer than a slide goes on under its title, with the slide's number."""
    pages = [' '.join(t.text or '' for t in page.iter('text')) for page in areas(made, 'buoi.vi.slides').iter('page')]
    more = [p for p in pages if '(tiếp)' in p]
    if not more or not all('Tóm tắt' in p and '4/' in p for p in more):
        return f'continued: {more}'
    missing = [n for n in range(1, 19) if not any(f'Ý thứ {n}.' in p for p in pages)]
    return f'not shown: {missing}' if missing else None


def aligned(test, made):
    """Turned on the long edge, the back of each card lies on its front."""
    wrong = []
    for name, rows, backs in (('buoi.vi.cards', 4, ('Sau một.', 'Sau hai.', 'Sau ba.')), ('buoi.vi.cards.a6', 2, ('Sau một.', 'Sau hai.', 'Sau ba.'))):
        where = {}
        for n, page in enumerate(areas(made, name).iter('page')):
            for t in page.iter('text'):
                column, row = int(t.get('x')) // (105 * MM), int(t.get('y')) // (297 * MM / rows)
                where.setdefault(t.text, (n, column, row))
        for front, back in zip(('CT1', 'CT2', 'CT3'), backs):
            f, b = where[front], where[back]
            if b != (f[0] + 1, 1 - f[1], f[2]):
                wrong.append(f'{name}: {front} at {f}, its back at {b}')
    return '\n'.join(wrong) or None


def clear_of_folds(test, made):
    """Boxes of the answer sheet, 5 mm clear of a fold in halves or in three; its corners marked."""
    sheets = [p for p in areas(made, 'buoi.quiz.1').iter('page') if p.get('master') == 'answers']
    wrong, boxes = [], 0
    for page in sheets:
        marks = [s for s in page.iter('shape') if s.get('fill') == '#000000']
        if len(marks) != 4:
            wrong.append(f'{len(marks)} marks')
        for shape in page.iter('shape'):
            numbers = [int(n) for n in re.findall(r'-?\d+', shape.get('d') or '')]
            xs, ys = [n / MM for n in numbers[0::2]], [n / MM for n in numbers[1::2]]
            boxes += bool(xs)
            wrong += [f'{min(ys):.1f}-{max(ys):.1f} mm' for fold in (99, 148.5, 198) if ys and min(ys) < fold + 5 and max(ys) > fold - 5]
            wrong += [f'x {min(xs):.1f}-{max(xs):.1f} mm' for _ in (1,) if xs and min(xs) < 110 and max(xs) > 100]
    if len(sheets) != 2 or boxes < 4 * 90:
        wrong.append(f'{len(sheets)} sheets, {boxes // 4} boxes')
    return '\n'.join(wrong) or None


def same_bytes(test, env, made):
    again = os.path.join(env.temp, 'kit-again')
    status, _, err = run([env.sotay, '-C', SESSION, 'kit', 'buoi', '-o', again, '--progress=none', '-j1'], LC_ALL='vi_VN.UTF-8', HOME='/nowhere')
    if status:
        return err.decode('utf-8', 'replace')[:1000]
    wrong = []
    for name in pdfs(made.get()):
        with open(os.path.join(made.get(), name), 'rb') as a, open(os.path.join(again, 'buoi', name), 'rb') as b:
            if a.read() != b.read():
                wrong.append(f'{name} differs')
    test.n = len(pdfs(made.get()))
    return '\n'.join(wrong) or None


def valid(folder, test):
    wanted = [(p, '3b' if p.endswith('.print.pdf') else '3a,ua1') for p in sorted(glob.glob(os.path.join(folder, '**', '*.pdf'), recursive=True))]
    test.n = len(wanted)
    return '\n'.join(f'{p}: {s}' for p, s in verapdf_all(wanted).items() if s != 'pass') or None


def archival(test, made):
    return valid(made.get(), test)


def every_kind(test, env):
    """In an empty folder: begun, checked, made with its kit, nothing to complain of, valid."""
    folder = env.dir('kit-new')
    kinds = sorted(d for d in os.listdir(os.path.join(ROOT, 'styles', 'templates')) if os.path.isdir(os.path.join(ROOT, 'styles', 'templates', d)))
    wrong = []
    for kind in kinds:
        for command in (['new', kind, 'my-' + kind], ['check', 'my-' + kind, '--progress=none'], ['kit', 'my-' + kind, '--progress=none']):
            status, _, err = run([env.sotay] + command, cwd=folder)
            said = [line for line in err.decode('utf-8', 'replace').split('\n') if line and 'kit-skipped' not in line]
            if status or said:
                wrong.append(f'{" ".join(command)}: status {status}: {said[:5]}')
        if not glob.glob(os.path.join(folder, 'out', 'my-' + kind, '*.pdf')):
            wrong.append(f'{kind}: nothing was made')
        if not os.path.exists(os.path.join(ROOT, 'styles', 'schemas', 'kinds', kind + '.rng')):
            wrong.append(f'{kind}: no schema')
    return '\n'.join(wrong) or valid(os.path.join(folder, 'out'), test)


def tests(env):
    made = Made(env)
    return [Test('kit/parts', parts, env, made), Test('kit/secrets', secrets, env, made), Test('kit/versions', versions, env, made),
            Test('kit/beforehand', beforehand, made), Test('kit/legible', legible, made), Test('kit/continued', continued, made), Test('kit/aligned', aligned, made),
            Test('kit/clear-of-folds', clear_of_folds, made), Test('kit/same-bytes', same_bytes, env, made),
            Test('kit/verapdf', archival, made), Test('kit/every-kind', every_kind, env)]
