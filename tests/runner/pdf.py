"""PDF files: tests/cases/pdf/README.md."""
import os
import re

from .common import Failure, Test, files, read, run, stem
from .verapdf import verapdf


def follow(pdf, path):
    """Root.MarkInfo.Marked, pages[0].StructParents ... as text."""
    at = pdf
    for name, index in re.findall(r'([^.\[\]]+)|\[(-?\d+)\]', path):
        if at is pdf and name == 'pages':
            at = list(pdf.pages)
        elif at is pdf and name == 'Info':
            at = pdf.docinfo
        elif at is pdf:
            at = getattr(pdf, name)
        elif name:
            at = at.get('/' + name)
        else:
            at = at[int(index)]
        if at is None:
            return 'nothing'
    if isinstance(at, list):
        return str(len(at))
    if isinstance(at, bool):
        return str(at).lower()
    return ' '.join(str(x) for x in at) if hasattr(at, '_type_name') and at._type_name == 'array' else str(at)


def page_text(path, page):
    _, out, _ = run(['pdftotext', '-raw', '-enc', 'UTF-8', '-f', page, '-l', page, path, '-'])
    return ' '.join(out.decode('utf-8', 'replace').split())


def marks(e):
    """Attributes worth testing, of a structure element."""
    out = ''
    if '/Lang' in e:
        out += f'[{e.Lang}]'
    a = e.get('/A', {})
    for key, short in (('/Scope', ':'), ('/RowSpan', ' rows '), ('/ColSpan', ' columns '), ('/ListNumbering', ':')):
        if key in a:
            out += short + str(a[key]).lstrip('/')
    for key in '/Alt', '/ActualText':
        if key in e:
            out += f' "{e[key]}"'
    return out


def structure(e):
    """Table(TR(TH:Column TD)): types, marks, kids; an annotation is @."""
    import pikepdf
    kids = e.get('/K', [])
    out = []
    for k in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(k, pikepdf.Dictionary) and k.get('/Type') == '/OBJR':
            out.append('@')
        elif isinstance(k, pikepdf.Dictionary) and '/S' in k:
            out.append(structure(k))
    return str(e.S)[1:] + marks(e) + (f'({" ".join(out)})' if out else '')


def check_line(pdf, path, line):
    what, equals, expected = line.partition(' = ')
    if not equals:
        raise Failure(f'not `what = value`: {line}')
    word, _, rest = what.partition(' ')
    if word == 'text':
        got = page_text(path, rest)
    elif what == 'structure':
        got = structure(pdf.Root.StructTreeRoot.K)
    elif word == 'verapdf':
        got = verapdf(path, rest)
    else:
        got = follow(pdf, what)
    if got != expected:
        return f'{what} = {got}, expected {expected}'


def one(test, env, program, path):
    import pikepdf
    out = os.path.join(env.dir('pdf'), test.name.replace('/', '-') + '.pdf')
    options = re.findall(r'<\?options\s+(.*?)\s*\?>', read(path))
    status, _, err = run([program, 'fo', path, '-o', out] + (options[0].split() if options else []))
    if status:
        return f'status {status}: {err.decode("utf-8", "replace")[:1000]}'
    status, text, said = run(['qpdf', '--check', out])
    if status:
        return f'qpdf: {(text + said).decode("utf-8", "replace")[:1000]}'
    wrong = []
    test.n = 0
    with pikepdf.open(out) as pdf:
        for line in read(path[:-3] + '.expect').split('\n'):
            if line.strip() and not line.startswith('#'):
                test.n += 1
                said = check_line(pdf, out, line.strip())
                wrong += [said] if said else []
    return '\n    '.join(wrong) if wrong else None


def tests(env):
    return [Test(f'pdf/{stem(p)}', one, env, env.sotay, p) for p in files('pdf', '.fo')]
