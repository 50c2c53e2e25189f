#!/usr/bin/env python3
"""Random nested Markdown to translators and back.

    tests/exchange_stress.py [--build DIR] [--seed N] [DOCUMENTS]

For each document: export and import change no byte, in each format; every text
changed comes back changed; and a deleted translation is made again from the PO.
tests/run does a few with a fixed seed."""
import argparse
import os
import random
import re
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
WORDS = 'một hai ba biên giới đồn bản làng kế hoạch nghị quyết chi bộ đảng viên'.split()
MARKS = ['*x*', '**x y**', '`mã "x"`', '[x](#id)', '[x](https://example.org/a_b "T x")', '[^n]', '\\*x\\*', 'A&B &amp; C',
         '<https://example.org>', '~~x~~', '2 * 3', 'a_b_c', '***x***', '“x”', 'C:\\x']
FORMATS = (['po'], ['xliff'], ['xliff', '--xliff', '2.1'])


class Writer:
    def __init__(self, rng):
        self.rng = rng

    def words(self, most=9):
        return ' '.join(self.rng.choice(WORDS) for _ in range(self.rng.randint(1, most))).capitalize()

    def inline(self, notes=True):
        text = self.words()
        for _ in range(self.rng.randint(0, 3)):
            mark = self.rng.choice(MARKS)
            if notes or mark != '[^n]':
                text += f' {mark} {self.words(3)}'
        return text

    def paragraph(self, indent='', first=''):
        lines = [self.inline() for _ in range(self.rng.randint(1, 3))]
        return first + ''.join(line + self.rng.choice(['\n', '\n', '\\\n', '  \n']) + indent for line in lines[:-1]) + lines[-1]

    def list(self, depth, ordered):
        items, tight = [], self.rng.random() < 0.5
        for i in range(self.rng.randint(1, 3)):
            mark = f'{i + 1}. ' if ordered else '- '
            indent = ' ' * len(mark)
            item = self.paragraph(indent, mark)
            if self.rng.random() < 0.3:
                item += '\n\n' + '\n'.join(indent + line if line else '' for line in self.block(depth + 1).split('\n'))
            items.append(item)
        return ('\n' if tight else '\n\n').join(items)

    def quote(self, depth):
        inner = '\n\n'.join(self.block(depth + 1) for _ in range(self.rng.randint(1, 2)))
        return '\n'.join('> ' + line if line else '>' for line in inner.split('\n'))

    def table(self):
        columns = self.rng.randint(1, 3)

        def row():
            return '| ' + ' | '.join(self.words(3) + self.rng.choice(['', ' **x**', ' \\| y']) for _ in range(columns)) + ' |'
        return '\n'.join([row(), '|' + '---|' * columns] + [row() for _ in range(self.rng.randint(1, 3))])

    def block(self, depth=0):
        kind = self.rng.choice(['text', 'text', 'heading', 'list', 'numbers', 'quote', 'table', 'picture', 'fence', 'questions',
                                'underlined', 'tasks', 'code']) if depth < 3 else 'text'
        if kind == 'heading':
            return '#' * self.rng.randint(2, 4) + f' {self.words()}' + self.rng.choice(['', f' {{#h{self.rng.randrange(10**9)}}}', ' ##'])
        if kind in ('list', 'numbers'):
            return self.list(depth, kind == 'numbers')
        return {'text': self.paragraph, 'quote': lambda: self.quote(depth), 'table': self.table,
                'picture': lambda: f'![{self.words(3)}](a.svg "{self.words()}.")',
                'fence': lambda: f'```notes lines=3 title="{self.words(3)}"\n```',
                'questions': lambda: f'```discussion title="{self.words(2)}"\n1. {self.inline(False)}\n2. {self.words()}\n```',
                'underlined': lambda: self.words() + '\n---', 'code': lambda: '```text\nx = "1"\n```',
                'tasks': lambda: '\n'.join(f'- [{self.rng.choice(" x")}] {self.inline()}' for _ in range(self.rng.randint(1, 3)))}[kind]()

    def document(self):
        blocks = [self.block() for _ in range(self.rng.randint(3, 14))]
        text = '\n\n'.join(['# Đầu {#id}'] + blocks + ['Cuối[^n].', '[^n]: ' + self.inline(False)]) + '\n'
        return text.replace('\n', '\r\n') if self.rng.random() < 0.2 else text


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, 'w', encoding='utf-8', newline='') as f:
        f.write(text)


def read(path):
    with open(path, encoding='utf-8', newline='') as f:
        return f.read()


def change(po):
    """Each translation gets a word more; a picture stays a picture."""
    head, _, body = po.partition('\n\n')
    body = re.sub(r'(msgstr (?:"(?:[^"\\]|\\.)*"\n?)+)', lambda m: m[1].rstrip('\n')[:-1] + ' zz"\n', body)
    return head + '\n\n' + re.sub(r'(!\[[^\n]*\)) zz"', r'\1"', body)


def trial(sotay, folder, text):
    """None, or what went wrong."""
    english, po = f'{folder}/content/x/a.en.md', f'{folder}/out/x/x.en.po'
    for lang in ('vi', 'en'):
        write(f'{folder}/content/x/a.{lang}.md', text)
    write(f'{folder}/content/x/a.svg', '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
    write(f'{folder}/content/x/publication.yaml', 'id: x\nkind: handout\ntitle: T\nparts: [a]\nlanguages: [vi, en]\n')

    def sotay_run(*words):
        p = subprocess.run([sotay, '-C', folder, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        return p.returncode, p.stderr.decode('utf-8', 'replace')
    for form in FORMATS:
        status, said = sotay_run('export', *form, 'x')
        status, said = (status, said) if status else sotay_run('import', form[0], 'x')
        if status or ' 0 changed, 0 in doubt, 0 not' not in said or read(english) != text:
            return f'{form}: there and back: {said}'
    sotay_run('export', 'po', 'x')
    changed = change(read(po))
    write(po, changed)
    status, said = sotay_run('import', 'po', 'x')
    sotay_run('export', 'po', 'x')
    if status or read(po) != changed:
        return f'changed texts: {said}'
    os.remove(english)
    status, said = sotay_run('import', 'po', 'x')
    sotay_run('export', 'po', 'x')
    return None if status == 0 and read(po) == changed else f'from nothing: {said}'


def stress(sotay, count, seed):
    """The documents for which something went wrong: [(text, what)]."""
    writer, wrong = Writer(random.Random(seed)), []
    for _ in range(count):
        text = writer.document()
        with tempfile.TemporaryDirectory(prefix='sotay-exchange-') as folder:
            what = trial(sotay, folder, text)
        if what:
            wrong.append((text, what))
    return wrong


def main():
    p = argparse.ArgumentParser()
    p.add_argument('--build', default='build')
    p.add_argument('--seed', default='1')
    p.add_argument('count', nargs='?', type=int, default=60)
    o = p.parse_args()
    wrong = stress(os.path.join(ROOT, o.build, 'sotay'), o.count, o.seed)
    for text, what in wrong:
        print(f'---- {what}\n{text}')
    print(f'{o.count} documents, {len(wrong)} wrong')
    return bool(wrong)


if __name__ == '__main__':
    sys.exit(main())
