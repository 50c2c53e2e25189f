# stderr:
# Pairs that stay on a line, normal form C, and no word of Vietnamese broken at a syllable.
mkdir content && ln -s "$ROOT/styles" styles
python3 - <<'END'
import unicodedata
vi = 'Họp ngày 05 tháng 6 năm 2026 theo Điều 3, Số 12-NQ, đạt 50 %, ở TP. HCM, giá 20.000 ₫. Ngày 05 nữa.'
head = '---\nkind: handout\nid: x\nlanguages: [vi, en]\ntitle: %s\n---\n'
open('content/x.vi.md', 'w').write(head % 'Thử' + unicodedata.normalize('NFD', vi) + '\n')
open('content/x.en.md', 'w').write(head % 'Trial' + 'It met on 5 June 2026 under Article 3, No. 12-NQ, at 50 %, in TP. HCM, for 20,000 ₫. Day 5 again.\n')
END
"$SOTAY" build x --emit=fo -o x.fo --progress none
python3 - <<'END'
text = open('x.fo', encoding='utf-8').read()
for pair in ('ngày 05', 'tháng 6', 'năm 2026', 'Điều 3', 'Số 12-NQ', '50 %', 'TP. HCM', '20.000 ₫', 'Ngày 05',
             'Article 3', 'No. 12-NQ', '20,000 ₫'):
    assert pair.replace(' ', '\u00a0') in text or '\u00a0'.join(pair.split(' ')) in text, pair
from xml.etree import ElementTree
def walk(e, lang, hyphenate):
    lang = e.get('{http://www.w3.org/XML/1998/namespace}lang', e.get('language', lang))
    hyphenate = e.get('hyphenate', hyphenate)
    assert not (hyphenate == 'true' and (e.text or '').strip() and lang[:2] == 'vi'), e.text
    for c in e:
        walk(c, lang, hyphenate)
walk(ElementTree.parse('x.fo').getroot(), '', 'false')
END
