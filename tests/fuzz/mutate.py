#!/usr/bin/env python3
"""Damaged FO documents, made from the cases of tests/cases: the same seed gives the same ones.

    tests/fuzz/mutate.py --program build/san/sotay --seed 7 --count 500 [--keep DIR]

formats so many and names those that end badly: a signal, a sanitizer's finding, a hang, an output after an error, an error
that is not said.  tests/runner/fuzz.py runs a small fixed number in `make test`."""
import argparse
import glob
import os
import random
import re
import subprocess
import sys
import tempfile

CASES = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), 'cases')
SECONDS = 20
LENGTHS = ['0', '0pt', '-1pt', '-1000pt', '1e308pt', '-1e308pt', '99999999999999999999pt', '1e-300mm', 'NaN', 'inf', 'auto', '50%',
           '-50%', '1e9%', '100000%', '', ' ', '1em', '1e6em', 'inherit', '3pt + 4pt', '1pt div 0', '(((((1)))))', 'body-start()',
           'proportional-column-width(0)', 'proportional-column-width(1e300)', '0.0000001pt', '2147483647pt', '2147484pt', '1pt 2pt']
NUMBERS = ['0', '1', '-1', '2', '3', '200', '2147483647', '2147483648', '99999999999999999999', '1.5', 'NaN', '']
TOKENS = ['always', 'auto', 'none', 'true', 'false', 'all', 'page', 'column', 'even-page', 'odd-page', 'start', 'end', 'before',
          'after', 'both', 'collapse', 'separate', 'rl-tb', 'tb-rl', '90', '-90', '180', '45', 'absolute', 'fixed', 'relative', 'retain',
          'discard', 'force', 'justify', 'center', 'hidden', 'visible', 'use-content', 'dots', 'rule', 'first', 'last', 'only', 'blank',
          'any', 'preserve', 'ignore', 'no-wrap', 'link', 'merge', 'leave-separate', '\u202e', '&#0;']
TEXTS = ['', ' ', '\n\n', '\u00ad' * 50, 'a' * 3000, 'Việt ' * 40, '\u202e\u202d\u2067', 'ຮ່ວມມື' * 30, '\U0001f600', '\ufffc', 'x\u200by', '- / – ' * 30]
ATTRIBUTE = re.compile(r'\s([\w:.-]+)="([^"]*)"')
TAG = re.compile(r'<(/?)([\w:.-]+)([^<>]*?)(/?)>')


def corpus():
    files = sorted(glob.glob(os.path.join(CASES, 'layout', '*.fo')) + glob.glob(os.path.join(CASES, 'fo', '*.fo')))
    return [(os.path.basename(f), open(f, encoding='utf-8').read()) for f in files]


def value(r, old):
    kinds = [LENGTHS, NUMBERS, TOKENS]
    if re.fullmatch(r'-?[\d.]+(pt|mm|cm|in|%)', old):
        kinds += [LENGTHS] * 4
    elif re.fullmatch(r'-?\d+', old):
        kinds += [NUMBERS] * 4
    else:
        kinds += [TOKENS] * 3
    return r.choice(r.choice(kinds))


def change_attribute(r, text, _):
    found = list(ATTRIBUTE.finditer(text))
    if not found:
        return text
    m = r.choice(found)
    return text[:m.start(2)] + value(r, m.group(2)) + text[m.end(2):]


def add_attribute(r, text, other):
    found, tags = list(ATTRIBUTE.finditer(other)), [m for m in TAG.finditer(text) if not m.group(1)]
    if not found or not tags:
        return text
    m, tag = r.choice(found), r.choice(tags)
    if m.group(1).startswith('xmlns') or f' {m.group(1)}=' in tag.group(0) or (':' in m.group(1) and m.group(1) != 'xml:lang'):
        return text
    at = tag.end(2)
    return f'{text[:at]} {m.group(1)}="{value(r, m.group(2)) if r.random() < .5 else m.group(2)}"{text[at:]}'


def elements(text):
    """(start, end, name) of balanced elements below fo:flow and fo:static-content."""
    out, stack = [], []
    for m in TAG.finditer(text):
        if m.group(1):
            while stack and stack[-1][1] != m.group(2):
                stack.pop()
            if stack:
                start, name = stack.pop()
                if stack:
                    out.append((start, m.end(), name))
        elif m.group(4):
            out.append((m.start(), m.end(), m.group(2)))
        else:
            stack.append((m.start(), m.group(2)))
    return [e for e in out if e[2] not in ('fo:root', 'fo:layout-master-set', 'fo:page-sequence', 'fo:flow')]


def drop_element(r, text, _):
    found = elements(text)
    if not found:
        return text
    a, b, _ = r.choice(found)
    return text[:a] + text[b:]


def copy_element(r, text, other):
    source, target = (elements(other) if r.random() < .6 else elements(text)), elements(text)
    if not source or not target:
        return text
    from_text = other if source and source[0][1] <= len(other) and r.random() < .5 else text
    source = elements(from_text)
    if not source:
        return text
    a, b, _ = r.choice(source)
    at = r.choice(target)[r.randrange(2)]
    return text[:at] + from_text[a:b] * r.choice([1, 1, 1, 2, 40]) + text[at:]


def nest_element(r, text, _):
    found = elements(text)
    if not found:
        return text
    a, b, _ = r.choice(found)
    name = r.choice(['fo:block', 'fo:inline', 'fo:block-container', 'fo:wrapper', 'fo:basic-link', 'fo:inline-container', 'fo:float',
                     'fo:table-cell', 'fo:list-item-body', 'fo:footnote-body', 'fo:multi-case', 'fo:marker'])
    n = r.choice([1, 2, 10, 300])
    return text[:a] + f'<{name}>' * n + text[a:b] + f'</{name}>' * n + text[b:]


def put_text(r, text, _):
    found = [m for m in TAG.finditer(text)]
    m = r.choice(found)
    return text[:m.end()] + r.choice(TEXTS) + text[m.end():]


def damage_bytes(r, text, _):
    at = r.randrange(len(text))
    return text[:at] + r.choice(['', '<', '>', '&', '"', '\x01', text[at:at + 40]]) + text[at + r.randrange(4):]


CHANGES = [change_attribute] * 8 + [add_attribute] * 5 + [drop_element] * 2 + [copy_element] * 3 + [nest_element, put_text, damage_bytes]


def mutant(seed, cases):
    r = random.Random(seed)
    name, text = r.choice(cases)
    other = r.choice(cases)[1]
    for _ in range(r.choice([1, 1, 2, 3, 6])):
        text = r.choice(CHANGES)(r, text, other)
    return name, text


def ends_badly(program, path, out, environment):
    if os.path.exists(out):
        os.unlink(out)
    try:
        p = subprocess.run([program, 'fo', path, '--emit=areas', '-o', out, '--limit-pages=300'], stdin=subprocess.DEVNULL,
                           stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=SECONDS, env=environment)
    except subprocess.TimeoutExpired:
        return f'no end after {SECONDS} s'
    said = p.stderr.decode('utf-8', 'replace')
    if 'Sanitizer' in said or 'runtime error:' in said:
        return '\n'.join(said.split('\n')[:30])
    if p.returncode not in (0, 1):
        return f'status {p.returncode}: {said[:500]}'
    if p.returncode == 1 and os.path.exists(out):
        return 'an output after an error'
    if p.returncode == 1 and 'error' not in said:
        return 'an error that is not said'
    return None


def main():
    p = argparse.ArgumentParser()
    p.add_argument('--program', default='build/sotay')
    p.add_argument('--seed', type=int, default=1)
    p.add_argument('--count', type=int, default=200)
    p.add_argument('--keep', help='the documents that end badly go here')
    o = p.parse_args()
    cases, bad = corpus(), 0
    environment = dict(os.environ, LC_ALL='C.UTF-8', ASAN_OPTIONS='detect_leaks=1:exitcode=99')
    with tempfile.TemporaryDirectory() as work:
        path, out = os.path.join(work, 'in.fo'), os.path.join(work, 'out.xml')
        for seed in range(o.seed, o.seed + o.count):
            name, text = mutant(seed, cases)
            with open(path, 'w', encoding='utf-8', errors='surrogatepass') as f:
                f.write(text)
            wrong = ends_badly(o.program, path, out, environment)
            if not wrong:
                continue
            bad += 1
            print(f'seed {seed} (from {name}): {wrong}', flush=True)
            if o.keep:
                os.makedirs(o.keep, exist_ok=True)
                os.replace(path, os.path.join(o.keep, f'{seed}.fo'))
    print(f'{o.count} documents, {bad} ended badly')
    return 1 if bad else 0


if __name__ == '__main__':
    sys.exit(main())
