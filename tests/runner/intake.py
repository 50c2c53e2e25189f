"""Old PDFs by a list (archive import LIST.csv): what is taken in, what is told."""
import json
import os
import re
import shutil
import unicodedata

from .archive import Room, each_program
from .common import TESTS, Failure, Test, run

VERAPDF = os.path.join(TESTS, 'verapdf', 'verapdf') + ' --cli'
HEAD = 'id,file,kind,number,date,organisation,title,class\n'
GOOD = 'a/1,a.pdf,bulletin,1,2020-02-05,Đảng ủy,Bản tin cũ,\n'


def old_pdfs(room):
    """A PDF/A, one that is none, one that says so and is not, a picture of a page, no PDF."""
    import pymupdf
    folder = os.path.join(room.dir, 'old')
    os.makedirs(folder, exist_ok=True)
    status, _, err = run([room.env.sotay, 'build', 'ban', '-C', room.dir, '-o', os.path.join(room.dir, 'out')], cwd=room.dir)
    if status:
        raise Failure(err.decode('utf-8', 'replace'))
    good = open(os.path.join(room.dir, 'out', 'ban', 'ban.pdf'), 'rb').read()
    for name, data in (('a.pdf', good), ('c.pdf', good.replace(b'/MarkInfo', b'/MarkInfx')), ('none.pdf', b'%PDF-1.4\nnothing\n')):
        with open(os.path.join(folder, name), 'wb') as f:
            f.write(data)
    if b'/MarkInfo' not in good:
        raise Failure('the PDF has no /MarkInfo to take away')
    for name, text in (('b.pdf', 'Công văn về Đồn Biên phòng Đa Lộc'), ('blank.pdf', '')):
        pdf = pymupdf.open()
        for i in range(2):
            pdf.new_page().insert_htmlbox(pymupdf.Rect(50, 50, 500, 200), text and f'{text}, trang {i + 1}')
        pdf.save(os.path.join(folder, name))
    return folder


def put(folder, data, name='list.csv'):
    with open(os.path.join(folder, name), 'wb') as f:
        f.write(data.encode() if isinstance(data, str) else data)
    return os.path.join(folder, name)


def taken(test, env):
    room = Room(env, 'taken')
    folder, checks = old_pdfs(room), []
    name = unicodedata.normalize('NFD', 'Công văn cũ/2')
    path = put(folder, '\ufeffMã;Tệp;Loại;Số;Ngày;Cơ quan;Trích yếu;title.en;Độ mật;Căn cứ;Ghi chú\r\n'
               f'{name};b.pdf;công văn;2;05/02/2020;"Đảng ủy ""BĐBP""\r\ntỉnh";Về Đa Lộc;On Da Loc;LƯU HÀNH NỘI BỘ;68-KL/TW 01-NQ/TW;x\r\n'
               '\r\na/1;a.pdf;bản tin;1;2021;;Bản tin;;;;\r\n')
    room.fresh()
    status, out, err = room.sotay('import', folder, '--verapdf', VERAPDF)
    checks += [out == 'added Công văn cũ/2 v1\nadded a/1 v1\n', re.search(r'list\.csv:2:1: warning: “b\.pdf” is not PDF/A', err),
               'a.pdf' not in err, 'Ghi chú' in err]
    facts = json.load(open(next(os.path.join(d, f) for d, _, files in os.walk(os.path.join(room.dir, 'a', 'ocfl')) for f in files
                                if f == 'metadata.json' and 'C%c3' in d), encoding='utf-8'))
    checks += [facts['date'] == '2020-02-05', facts['titles'] == {'vi': 'Về Đa Lộc', 'en': 'On Da Loc'}, facts['pdf'] == '',
               facts['organisation'] == {'vi': 'Đảng ủy "BĐBP"  tỉnh'}, facts['cites'] == ['68-KL/TW', '01-NQ/TW']]
    checks += ['b.pdf, page 2' in room.sotay('search', 'don bien phong da loc', 'trang 2')[1],
               room.sotay('search', 'cites:68-KL/TW', 'kind:"công văn"')[1].startswith('Công văn cũ/2'),
               room.sotay('import', path)[1] == 'same Công văn cũ/2 v1\nsame a/1 v1\n',
               room.sotay('verify')[1].endswith(' 0 findings\n'), not room.foreign(), '"ingestion"' in everything(room)]
    shutil.copy(os.path.join(folder, 'a.pdf'), os.path.join(folder, 'b.pdf'))
    checks += ['[archive-issued]' in room.sotay('import', path, ok=False)[2],
               room.sotay('import', path, '--correction', 'bản quét lại')[1] == 'added Công văn cũ/2 v2\nsame a/1 v1\n']
    # Claims, by veraPDF; a page that is a picture; the lines that are right in spite of the others.
    put(folder, HEAD + 'c/1,c.pdf,,,,,,\nblank,blank.pdf,,,,,,\nnone,none.pdf,,,,,,\n')
    status, out, err = room.sotay('import', path, '--verapdf', VERAPDF, ok=False)
    checks += [status == 1 and not out, ':2:1: warning: “c.pdf” is not PDF/A: veraPDF' in err, ':4:1: error: the file “none.pdf”' in err]
    status, out, err = room.sotay('import', path, '--keep-going', '--verapdf', 'none', ok=False)
    checks += [status == 1 and out == 'added c/1 v1\nadded blank v1\n', ':3:1: note: “blank.pdf” has no text' in err, '“c.pdf”' not in err]
    checks += [room.sotay('verify')[0] == 0]
    status, out, err = room.sotay('verify', '--verapdf', VERAPDF, ok=False)
    checks += [status == 1 and out.endswith(' 1 findings\n') and re.search(r'/c\.pdf: error: veraPDF finds.*\[archive-pdf\]', err)]
    status, out, err = room.sotay('import', path, '-k', '--verapdf', '/nowhere/verapdf', ok=False)
    checks += [status == 1 and not out and '[archive-verapdf]' in err]
    test.n = len(checks)
    return None if all(checks) else f'checks {[i for i, good in enumerate(checks, 1) if not good]} failed: {err[:500]}'


def everything(room):
    return '\n'.join(open(os.path.join(d, f), encoding='utf-8', errors='replace').read()
                     for d, _, files in os.walk(os.path.join(room.dir, 'a', 'ocfl')) for f in files if f.endswith('.json'))


# name: the list, and what is said
WRONG = {
    'empty': ('', r'list\.csv:1:1: error: the table has no line'),
    'no-id': ('name,file\nx,a.pdf\n', r':1:1: error: the list has no column “id”'),
    'no-file': ('id,path\nx,a.pdf\n', r':1:1: error: the list has no column “file”'),
    'column-twice': ('id,file,mã\nx,a.pdf,y\n', r':1:1: error: .*mã'),
    'utf-16': ((HEAD + GOOD).encode('utf-16'), r':1:1: error: it is UTF-16'),
    'windows-1258': (HEAD.encode() + GOOD.encode() + b'b,a.pdf,,,,B\xb6n tin,,\n', r':3:13: error: not valid UTF-8'),
    'nul': (HEAD.encode() + b'a\0,a.pdf,,,,,,\n', r':2:2: error: a NUL byte'),
    'cells': (HEAD + GOOD + 'b,a.pdf\n', r':3:1: error: 2 cells, the line of column names has 8'),
    'quote': (HEAD + GOOD + 'b,a.pdf,"x,,,,,\n', r':3:9: error: a quotation mark'),
    'id-empty': (HEAD + ',a.pdf,,,,,,\n', r':2:1: error: this cannot be the id'),
    'id-control': (HEAD + 'a\x1b,a.pdf,,,,,,\n', r':2:1: error: this cannot be the id'),
    'id-twice': (HEAD + GOOD + '\n' + GOOD, r':4:1: error: the id “a/1” stands in line 2'),
    'id-twice-forms': (HEAD + 'Đồn,a.pdf,,,,,,\n' + unicodedata.normalize('NFD', 'Đồn') + ',a.pdf,,,,,,\n', r':3:1: error: the id “Đồn” stands in line 2'),
    'file-gone': (HEAD + GOOD + 'b,gone.pdf,,,,,,\n', r':3:1: error: the file “gone\.pdf” cannot be taken in: No such file'),
    'file-folder': (HEAD + 'b,sub,,,,,,\n', r':2:1: error: the file “sub” cannot be taken in: it is no file'),
    'file-none': (HEAD + 'b,,,,,,,\n', r':2:1: error: the file “” cannot'),
    'file-out': (HEAD + 'b,../content/ban.vi.md,,,,,,\n', r':2:1: error: .*leads out'),
    'file-link': (HEAD + 'b,link.pdf,,,,,,\n', r':2:1: error: .*leads out'),
    'no-pdf': (HEAD + 'b,none.pdf,,,,,,\n', r':2:1: error: the file “none\.pdf” cannot be taken in: it cannot be read as a PDF'),
    'date': (HEAD + 'b,a.pdf,,,31/02/2020,,,\n', r':2:1: error: “31/02/2020” is no date'),
    'date-words': (HEAD + 'b,a.pdf,,,hôm qua,,,\n', r':2:1: error: “hôm qua” is no date'),
}


def wrong_lists(test, env):
    """Nothing is taken in of a list with something wrong."""
    room = Room(env, 'wrong-lists')
    folder, wrong = old_pdfs(room), []
    os.makedirs(os.path.join(folder, 'sub'), exist_ok=True)
    if not os.path.islink(os.path.join(folder, 'link.pdf')):
        os.symlink('/etc/passwd', os.path.join(folder, 'link.pdf'))
    room.fresh()
    log = os.path.join(room.dir, 'a', 'log.jsonl')
    for name, (text, said) in WRONG.items():
        path = put(folder, text)
        status, out, err = room.sotay('import', path, '--verapdf', 'none', ok=False)
        if status != 1 or out or not re.search(said, err) or os.path.getsize(log):
            wrong.append(f'{name}: status {status}: {out}{err[:300]}')
    for words, said in (([os.path.join(room.dir, 'content')], 'neither bagit.txt nor one CSV'), ([os.path.join(folder, 'gone.csv')], 'gone.csv')):
        status, out, err = room.sotay('import', *words, ok=False)
        if not status or said not in err:
            wrong.append(f'{words}: status {status}: {err[:300]}')
    test.n = len(WRONG) + 2
    return '\n'.join(wrong) or None


def tests(env):
    if env.sanitized:
        return []
    return [Test(f'archive/{prefix}{name}', function, e) for prefix, e in each_program(env)
            for name, function in (('taken', taken), ('wrong-lists', wrong_lists))]
