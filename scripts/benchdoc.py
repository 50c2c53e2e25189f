"""Documents for the benchmark: one model, written as XSL-FO and as Typst
markup with the same words, sizes and structure."""

WORDS = ('resolution border station training discipline village district plan target quarter '
         'report meeting study question answer security friendship development households programme '
         'nghị quyết biên phòng chỉ tiêu chi bộ đảng viên nhiệm vụ huấn luyện kỷ luật kế hoạch '
         'the of and to in for with by on at from that which each every first').split()


class Random:
    """The same numbers everywhere."""

    def __init__(self, seed):
        self.state = seed

    def below(self, n):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2 ** 64
        return (self.state >> 33) % n

    def words(self, n):
        s = ' '.join(WORDS[self.below(len(WORDS))] for _ in range(n))
        return s[0].upper() + s[1:] + '.'


class Document:
    """A list of parts: ('chapter', id, title), ('heading', title), ('p', text, note or None),
    ('list', items), ('table', rows), ('contents',)."""

    def __init__(self, title, width, height, size, seed=1):
        self.title, self.width, self.height, self.size = title, width, height, size
        self.parts, self.random = [], Random(seed)
        self.numbered = False  # "page x of y"

    def chapter(self):
        n = sum(1 for p in self.parts if p[0] == 'chapter') + 1
        self.parts.append(('chapter', f'ch{n}', f'{n}. {self.random.words(4)}'))

    def heading(self):
        self.parts.append(('heading', self.random.words(5)))

    def p(self, words=70, note=False):
        self.parts.append(('p', self.random.words(words), self.random.words(14) if note else None))

    def list(self, items=5):
        self.parts.append(('list', [self.random.words(14) for _ in range(items)]))

    def table(self, rows=12, columns=4):
        self.parts.append(('table', [[self.random.words(5) for _ in range(columns)] for _ in range(rows)]))

    def contents(self):
        self.parts.append(('contents',))


# XSL-FO

FO_HEAD = '''<?xml version="1.0" encoding="UTF-8"?>
<fo:root xmlns:fo="http://www.w3.org/1999/XSL/Format" xml:lang="en" font-family="serif" font-size="{size}pt" line-height="1.3">
<fo:layout-master-set>
<fo:simple-page-master master-name="page" page-width="{width}mm" page-height="{height}mm" margin="15mm 18mm">
<fo:region-body margin-top="10mm" margin-bottom="10mm"/><fo:region-before extent="8mm"/><fo:region-after extent="8mm"/>
</fo:simple-page-master></fo:layout-master-set>
<fo:declarations><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title></rdf:Description>
</rdf:RDF></x:xmpmeta></fo:declarations>
'''
FO_STATIC = '''<fo:static-content flow-name="xsl-region-before"><fo:block font-size="8pt" text-align="end">{title}</fo:block></fo:static-content>
<fo:static-content flow-name="xsl-region-after"><fo:block font-size="8pt" text-align="center"><fo:page-number/>{of}</fo:block></fo:static-content>
<fo:flow flow-name="xsl-region-body">
'''
FO_OF = ' / <fo:page-number-citation-last ref-id="end"/>'


class FoWriter:
    def __init__(self, doc, out):
        self.doc, self.out, self.open, self.notes = doc, out, False, 0
        self.chapters = any(p[0] == 'chapter' for p in doc.parts)

    def sequence(self):
        if self.open:
            self.out.write('</fo:flow></fo:page-sequence>\n')
        self.out.write('<fo:page-sequence master-reference="page">\n')
        self.out.write(FO_STATIC.format(title=self.doc.title, of=FO_OF if self.doc.numbered else ''))
        self.open = True

    def chapter(self, ident, title):
        self.sequence()
        self.out.write(f'<fo:block id="{ident}" role="H1" font-size="16pt" font-weight="bold" space-after="8pt">{title}</fo:block>\n')

    def heading(self, title):
        role = 'H2' if self.chapters else 'H1'
        self.out.write(f'<fo:block role="{role}" font-weight="bold" space-before="10pt" space-after="4pt" '
                       f'keep-with-next.within-page="always">{title}</fo:block>\n')

    def p(self, text, note):
        foot = ''
        if note:
            self.notes += 1
            mark = f'<fo:inline font-size="70%" baseline-shift="super">{self.notes}</fo:inline>'
            foot = (f'<fo:footnote>{mark}<fo:footnote-body><fo:block font-size="80%" text-align="start">{mark} {note}'
                    '</fo:block></fo:footnote-body></fo:footnote>')
        self.out.write(f'<fo:block text-align="justify" space-after="6pt">{text}{foot}</fo:block>\n')

    def list(self, items):
        self.out.write('<fo:list-block provisional-distance-between-starts="14pt" provisional-label-separation="4pt" space-after="6pt">\n')
        for item in items:
            self.out.write('<fo:list-item><fo:list-item-label end-indent="label-end()"><fo:block>•</fo:block></fo:list-item-label>'
                           f'<fo:list-item-body start-indent="body-start()"><fo:block>{item}</fo:block></fo:list-item-body></fo:list-item>\n')
        self.out.write('</fo:list-block>\n')

    def table(self, rows):
        self.out.write('<fo:table table-layout="fixed" width="100%" space-after="8pt">\n')
        self.out.write('<fo:table-column column-width="proportional-column-width(1)"/>' * len(rows[0]))
        for i, row in enumerate(rows):
            if i == 0:
                self.out.write('<fo:table-header>')
            elif i == 1:
                self.out.write('<fo:table-body>')
            cells = ''.join('<fo:table-cell border="0.5pt solid #888888" padding="2pt"><fo:block'
                            + (' font-weight="bold"' if i == 0 else '') + f'>{c}</fo:block></fo:table-cell>' for c in row)
            self.out.write(f'<fo:table-row>{cells}</fo:table-row>\n')
            if i == 0:
                self.out.write('</fo:table-header>')
        self.out.write('</fo:table-body></fo:table>\n')

    def contents(self):
        self.sequence()
        self.out.write('<fo:block font-size="16pt" font-weight="bold" space-after="8pt">Contents</fo:block>\n')
        for part in self.doc.parts:
            if part[0] == 'chapter':
                self.out.write(f'<fo:block text-align-last="justify"><fo:basic-link internal-destination="{part[1]}">{part[2]}</fo:basic-link>'
                               f'<fo:leader leader-pattern="dots"/><fo:page-number-citation ref-id="{part[1]}"/></fo:block>\n')

    def bookmarks(self):
        chapters = [p for p in self.doc.parts if p[0] == 'chapter']
        if chapters:
            self.out.write('<fo:bookmark-tree>')
            for _, ident, title in chapters:
                self.out.write(f'<fo:bookmark internal-destination="{ident}"><fo:bookmark-title>{title}</fo:bookmark-title></fo:bookmark>\n')
            self.out.write('</fo:bookmark-tree>\n')

    def write(self):
        d = self.doc
        self.out.write(FO_HEAD.format(size=d.size, width=d.width, height=d.height, title=d.title))
        self.bookmarks()
        for part in d.parts:
            if not self.open and part[0] not in ('chapter', 'contents'):
                self.sequence()
            getattr(self, part[0])(*part[1:])
        self.out.write('<fo:block id="end"/></fo:flow></fo:page-sequence></fo:root>\n')


def write_fo(doc, path):
    with open(path, 'w', encoding='utf-8') as out:
        FoWriter(doc, out).write()


# Typst

def quoted(text):
    return text.replace('\\', '\\\\').replace('#', '\\#').replace('*', '\\*').replace('_', '\\_')


def write_typst(doc, path):
    footer = 'context [#counter(page).display() / #counter(page).final().first()]' if doc.numbered else 'context counter(page).display()'
    with open(path, 'w', encoding='utf-8') as out:
        out.write(f'#set document(title: "{doc.title}", date: none)\n'
                  f'#set page(width: {doc.width}mm, height: {doc.height}mm, margin: (x: 18mm, y: 25mm), '
                  f'header: align(right, text(8pt)[{doc.title}]), footer: align(center, text(8pt, {footer})))\n'
                  f'#set text(font: "Liberation Serif", size: {doc.size}pt, lang: "en", hyphenate: false)\n'
                  '#set par(justify: true, leading: 0.645em, spacing: 6pt)\n#set table(stroke: 0.5pt + gray, inset: 2pt)\n'
                  '#show heading.where(level: 1): it => { pagebreak(weak: true); text(16pt, it.body); v(8pt) }\n')
        for part in doc.parts:
            if part[0] == 'chapter':
                out.write(f'\n= {quoted(part[2])}\n\n')
            elif part[0] == 'heading':
                out.write(f'\n== {quoted(part[1])}\n\n')
            elif part[0] == 'p':
                note = f'#footnote[{quoted(part[2])}]' if part[2] else ''
                out.write(f'{quoted(part[1])}{note}\n\n')
            elif part[0] == 'list':
                out.write(''.join(f'- {quoted(i)}\n' for i in part[1]) + '\n')
            elif part[0] == 'table':
                rows = part[1]
                out.write(f'#table(columns: {len(rows[0])} * (1fr,), table.header('
                          + ', '.join(f'[*{quoted(c)}*]' for c in rows[0]) + '),\n')
                for row in rows[1:]:
                    out.write(', '.join(f'[{quoted(c)}]' for c in row) + ',\n')
                out.write(')\n\n')
            elif part[0] == 'contents':
                out.write('#outline(depth: 1)\n')


# The benchmark's documents

def handout():
    """4 pages A4."""
    d = Document('Handout', 210, 297, 11)
    for i in range(4):
        d.heading()
        for _ in range(3):
            d.p()
        d.list()
        d.table(6)
        d.p(60)
    return d


def booklet():
    """32 pages A5 with contents and footnotes."""
    d = Document('Booklet', 148, 210, 10)
    d.numbered = True
    d.contents()
    for _ in range(10):
        d.chapter()
        for i in range(12):
            if i % 4 == 2:
                d.heading()
            d.p(72, note=i % 3 == 0)
    d.chapter()
    d.p(72)
    return d


def report(chapters=50, tables=2):
    """Some 507 pages A4 with 100 tables."""
    d = Document('Report', 210, 297, 11)
    for _ in range(chapters):
        d.chapter()
        for i in range(53):
            if i % 6 == 0:
                d.heading()
            d.p(95)
            if i % 9 == 4:
                d.list(6)
            if i in (15, 32)[:tables]:
                d.table(14)
    return d


def book(pages):
    """A page-sequence for each chapter, contents, bookmarks and page x of y; some 20 pages a chapter."""
    d = Document('Book', 148, 210, 10)
    d.numbered = True
    d.contents()
    for _ in range(max(1, pages // 20)):
        d.chapter()
        for i in range(99):
            if i % 8 == 0:
                d.heading()
            d.p(72, note=i % 12 == 0)
    return d


# One structure each, of n pieces, for growth

def _page(out, body):
    out.write('<?xml version="1.0" encoding="UTF-8"?>\n<fo:root xmlns:fo="http://www.w3.org/1999/XSL/Format" xml:lang="en">'
              '<fo:layout-master-set><fo:simple-page-master master-name="p" page-width="210mm" page-height="297mm" margin="20mm">'
              '<fo:region-body/></fo:simple-page-master><fo:simple-page-master master-name="narrow" page-width="210mm" page-height="297mm" '
              'margin="20mm 30mm"><fo:region-body/></fo:simple-page-master><fo:page-sequence-master master-name="both">'
              '<fo:repeatable-page-master-alternatives><fo:conditional-page-master-reference master-reference="narrow" odd-or-even="even"/>'
              '<fo:conditional-page-master-reference master-reference="p"/></fo:repeatable-page-master-alternatives></fo:page-sequence-master>'
              '</fo:layout-master-set>')
    body(out)
    out.write('</fo:root>\n')


def _flow(inner, master='p'):
    def body(out):
        out.write(f'<fo:page-sequence master-reference="{master}"><fo:flow flow-name="xsl-region-body">')
        inner(out)
        out.write('</fo:flow></fo:page-sequence>')
    return body


def _lists(out, n):
    for _ in range(n // 20):
        for _ in range(20):
            out.write('<fo:list-block provisional-distance-between-starts="4pt"><fo:list-item><fo:list-item-label end-indent="label-end()">'
                      '<fo:block>-</fo:block></fo:list-item-label><fo:list-item-body start-indent="body-start()"><fo:block>word</fo:block>')
        out.write('</fo:list-item-body></fo:list-item></fo:list-block>' * 20)


def _columns(out, n):
    out.write('<fo:table table-layout="fixed" width="100%">')
    out.write(f'<fo:table-column column-width="proportional-column-width(1)" number-columns-repeated="{n}"/><fo:table-body>')
    for _ in range(30):
        out.write('<fo:table-row>' + '<fo:table-cell><fo:block font-size="1pt">a</fo:block></fo:table-cell>' * n + '</fo:table-row>')
    out.write('</fo:table-body></fo:table>')


def _rows(out, n):
    out.write('<fo:table table-layout="fixed" width="100%"><fo:table-column/><fo:table-column/><fo:table-body>')
    for i in range(n):
        out.write(f'<fo:table-row><fo:table-cell><fo:block>row {i}</fo:block></fo:table-cell><fo:table-cell border="1pt solid black">'
                  '<fo:block>cell</fo:block></fo:table-cell></fo:table-row>')
    out.write('</fo:table-body></fo:table>')


def _footnotes(out, n):
    for i in range(n):
        out.write(f'<fo:block>Text {i}<fo:footnote><fo:inline>*</fo:inline><fo:footnote-body><fo:block>Note {i}</fo:block>'
                  '</fo:footnote-body></fo:footnote></fo:block>')


def _ids(out, n):
    for i in range(n):
        out.write(f'<fo:block id="i{i}">on <fo:page-number-citation ref-id="i{(i * 7919 + n // 2) % n}"/></fo:block>')


def _bookmarks(n):
    def body(out):
        out.write('<fo:bookmark-tree>' + ''.join(
            f'<fo:bookmark internal-destination="i{i}"><fo:bookmark-title>Title {i}</fo:bookmark-title></fo:bookmark>' for i in range(n))
            + '</fo:bookmark-tree>')
        _flow(lambda o: [o.write(f'<fo:block id="i{i}">block {i}</fo:block>') for i in range(n)])(out)
    return body


def _markers(out, n):
    for i in range(n):
        out.write(f'<fo:block><fo:marker marker-class-name="m">title {i}</fo:marker>block {i}</fo:block>')


def _sequences(n):
    def body(out):
        for i in range(n):
            out.write('<fo:page-sequence master-reference="p"><fo:flow flow-name="xsl-region-body">'
                      f'<fo:block>sequence {i}</fo:block></fo:flow></fo:page-sequence>')
    return body


def _deep(out, n):
    for _ in range(n // 200):
        out.write('<fo:block>' * 200 + 'deep' + '</fo:block>' * 200)


def _index(out, n):
    for i in range(n):
        out.write(f'<fo:block index-key="k{i % (n // 10)}">entry {i}</fo:block>')
    for i in range(n // 10):
        out.write(f'<fo:block>key {i} <fo:index-page-citation-list><fo:index-key-reference ref-index-key="k{i}"/>'
                  '</fo:index-page-citation-list></fo:block>')


def _floats(out, n):
    for i in range(n):
        out.write(f'<fo:block>Text {i} <fo:float float="start"><fo:block>aside</fo:block></fo:float>and some more words</fo:block>')


def _preformatted(out, n):
    out.write('<fo:block linefeed-treatment="preserve" white-space-collapse="false" white-space-treatment="preserve" wrap-option="no-wrap">'
              + ''.join(f'line {i}   of   many\n' for i in range(n)) + '</fo:block>')


def _warnings(out, n):
    for i in range(n):
        out.write(f'<fo:block no-such-property="{i}" padding-start="wrong">w</fo:block>')


# name: (pieces, writer)
GROWTH = {
    'blocks': (20000, lambda n: _flow(lambda o: [o.write(f'<fo:block>block {i} of many</fo:block>') for i in range(n)])),
    'nested blocks': (20000, lambda n: _flow(lambda o: _deep(o, n))),
    'nested lists': (8000, lambda n: _flow(lambda o: _lists(o, n))),
    'words of a paragraph': (40000, lambda n: _flow(lambda o: o.write('<fo:block text-align="justify">' + 'some words ' * (n // 2) + '</fo:block>'))),
    'inlines of a paragraph': (10000, lambda n: _flow(lambda o: o.write('<fo:block>' + '<fo:inline color="red">word</fo:inline> ' * n + '</fo:block>'))),
    'ids and citations': (48000, lambda n: _flow(lambda o: _ids(o, n))),
    'footnotes': (4000, lambda n: _flow(lambda o: _footnotes(o, n))),
    'table rows': (8000, lambda n: _flow(lambda o: _rows(o, n))),
    'rows on pages of two widths': (8000, lambda n: _flow(lambda o: [_rows(o, 50) for _ in range(n // 50)], 'both')),
    'table columns': (50, lambda n: _flow(lambda o: _columns(o, n))),
    'bookmarks': (10000, _bookmarks),
    'markers': (10000, lambda n: _flow(lambda o: _markers(o, n))),
    'page sequences': (2000, _sequences),
    'index keys': (10000, lambda n: _flow(lambda o: _index(o, n))),
    'side floats': (1000, lambda n: _flow(lambda o: _floats(o, n))),
    'preformatted lines': (20000, lambda n: _flow(lambda o: _preformatted(o, n))),
    'warnings in one line': (4000, lambda n: _flow(lambda o: _warnings(o, n))),
}


def write_growth(name, factor, path):
    n, writer = GROWTH[name]
    with open(path, 'w', encoding='utf-8') as out:
        _page(out, writer(n * factor))
    return n * factor
