"""Documents of many units in several languages, each of random length, in the
forms whose pages, lines and times are compared: lanes, facing pages, a table,
one language alone, and the longest text of each unit alone."""
from xml.sax.saxutils import escape

from benchdoc import Random

WIDTH, HEIGHT, MARGIN, GAP = 148, 210, 14, 6  # mm
COLUMN = {1: WIDTH - 2 * MARGIN, 2: (WIDTH - 2 * MARGIN - GAP) / 2, 3: (WIDTH - 2 * MARGIN - 2 * GAP) / 3}
LANGUAGES = ('vi', 'en', 'lo')
FORMS = ('columns', 'facing', 'table', 'longest')
# What the words of a language measure against another's, about.
SHARE = {'vi': 100, 'en': 96, 'lo': 92}

HEAD = '''<?xml version="1.0" encoding="UTF-8"?>
<fo:root xmlns:fo="http://www.w3.org/1999/XSL/Format" xmlns:s="urn:sotay:fo" xml:lang="vi" font-family="Liberation Serif" font-size="9pt" line-height="12.4pt">
<fo:layout-master-set><fo:simple-page-master master-name="page" page-width="{width}mm" page-height="{height}mm" margin="{margin}mm">
<fo:region-body/></fo:simple-page-master></fo:layout-master-set>
<fo:page-sequence master-reference="page" initial-page-number="{first}">
<fo:static-content flow-name="xsl-footnote-separator"><fo:block line-height="4pt" font-size="4pt"><fo:leader leader-pattern="rule" leader-length="20mm"/></fo:block></fo:static-content>
<fo:flow flow-name="xsl-region-body">
'''
FOOT = '</fo:flow></fo:page-sequence></fo:root>\n'


class Unit:
    """heading, and for each language its paragraphs, of each (text, footnote or None)."""

    def __init__(self, heading, texts):
        self.heading, self.texts = heading, texts

    def bulk(self, lang):
        return sum(len(text) for text, note in self.texts[lang])


def units(count, languages=LANGUAGES[:2], notes=False, seed=7):
    random, found = Random(seed), []
    for i in range(count):
        heading = i % 12 == 0
        paragraphs = 1 if heading or random.below(5) else 2
        texts = {lang: [] for lang in languages}
        for _ in range(paragraphs):
            words = 3 + random.below(5) if heading else 8 + random.below(90)
            noted = notes and not heading and random.below(6) == 0
            for lang in languages:
                n = max(2, words * (SHARE[lang] - 20 + random.below(40)) // 100)
                texts[lang].append((random.words(n), random.words(6 + random.below(20)) if noted else None))
        found.append(Unit(heading, texts))
    return found


def paragraphs(unit, lang, number):
    out = []
    for i, (text, note) in enumerate(unit.texts[lang]):
        attributes = ' role="H2" font-weight="bold" keep-with-next.within-page="always" keep-together.within-page="always"' if unit.heading else ''
        if i:
            attributes += ' space-before="4pt"'
        foot = ('<fo:footnote><fo:inline>*</fo:inline><fo:footnote-body><fo:block font-size="8pt" line-height="10pt">* '
                f'{escape(note)}</fo:block></fo:footnote-body></fo:footnote>') if note else ''
        out.append(f'<fo:block orphans="2" widows="2" xml:lang="{lang}"{attributes}>{escape(text)}{foot}</fo:block>')
    return ''.join(out)


def row(form, unit, number, languages):
    cell = {'table': 'fo:table-cell'}.get(form, 's:cell')
    cells = ''
    for k, lang in enumerate(languages):
        pad = ''
        if form == 'table':
            pad = (f' padding-start="{GAP / 2}mm"' if k else '') + (f' padding-end="{GAP / 2}mm"' if k + 1 < len(languages) else '')
        named = f' lane="{lang}"' if form != 'table' else ''
        cells += f'<{cell} id="u{number}-{lang}"{named}{pad} xml:lang="{lang}">{paragraphs(unit, lang, number)}</{cell}>'
    if form == 'table':
        return (f'<fo:block space-before="6pt"{KEEP if unit.heading else ""}><fo:table table-layout="fixed" width="100%">'
                + '<fo:table-column column-width="proportional-column-width(1)"/>' * len(languages)
                + f'<fo:table-body><fo:table-row>{cells}</fo:table-row></fo:table-body></fo:table></fo:block>\n')
    return f'<s:row space-before="6pt">{cells}</s:row>\n'


KEEP = ' keep-with-next.within-page="always"'


def write(path, found, form, widths=None, lane_options=''):
    """form: one of FORMS, or a language: that one alone in its column."""
    languages = list(found[0].texts)
    single = form == 'longest' or form in languages
    column = COLUMN[1 if form == 'facing' else len(languages)]
    with open(path, 'w', encoding='utf-8') as f:
        width = column + 2 * MARGIN if single else WIDTH
        f.write(HEAD.format(width=width, height=HEIGHT, margin=MARGIN, first=2 if form == 'facing' else 1))
        if form in ('columns', 'facing'):
            wide = f' widths="{widths}"' if widths else ' widths="' + ' '.join('1' for _ in languages) + '"'
            f.write(f'<s:lanes lanes="{" ".join(languages)}" mode="{form}" column-gap="{GAP}mm"{wide}{lane_options}>\n')
        for n, unit in enumerate(found):
            if single:
                lang = max(languages, key=unit.bulk) if form == 'longest' else form
                f.write(f'<fo:block space-before="6pt" id="u{n}-{lang}"{KEEP if unit.heading else ""}>{paragraphs(unit, lang, n)}</fo:block>\n')
            else:
                f.write(row(form, unit, n, languages))
        f.write(('</s:lanes>' if form in ('columns', 'facing') else '') + FOOT)


def write_longest_for_facing(path, found):
    """The longest text of each unit at the width of a whole page."""
    languages = list(found[0].texts)
    with open(path, 'w', encoding='utf-8') as f:
        f.write(HEAD.format(width=WIDTH, height=HEIGHT, margin=MARGIN, first=1))
        for n, unit in enumerate(found):
            lang = max(languages, key=unit.bulk)
            f.write(f'<fo:block space-before="6pt"{KEEP if unit.heading else ""}>{paragraphs(unit, lang, n)}</fo:block>\n')
        f.write(FOOT)
