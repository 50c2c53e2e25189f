"""Layout: tests/cases/layout/README.md."""
import json
import os
import re
import sys

from lxml import etree

from .common import Failure, ROOT, Test, files, read, run, stem


def value(result):
    if isinstance(result, list):
        return ' '.join(value(r) for r in result)
    if isinstance(result, bool):
        return 'true' if result else 'false'
    if isinstance(result, float):
        return str(int(result)) if result == int(result) else str(result)
    if isinstance(result, etree._Element):
        return ''.join(result.itertext())
    return str(result)


def diag_lines(err):
    lines = []
    for line in err.decode('utf-8', 'replace').split('\n'):
        if not line.startswith('{'):
            if line.strip():
                lines.append(line)
            continue
        d = json.loads(line)
        lines.append(f"{d.get('line', 0)}:{d.get('column', 0)}: {d['level']}: {d['id']}")
    return lines


def expectations(path):
    """(line number, xpath, value) or (line number, None, diagnostic)."""
    for n, line in enumerate(read(path).split('\n'), 1):
        if not line.strip() or line.startswith('#'):
            continue
        if line.startswith('diag '):
            yield n, None, line[5:].strip()
            continue
        xpath, equals, expected = line.rpartition(' = ')
        if not equals and line.endswith(' ='):
            xpath, expected = line[:-2], ''
        elif not equals:
            raise Failure(f'{os.path.basename(path)}:{n}: neither `xpath = value` nor `diag ...`')
        yield n, xpath, expected


def format_case(program, path):
    options = re.findall(r'<\?options\s+(.*?)\s*\?>', read(path))
    command = [program, 'fo', path, '--emit=areas', '-o', '-', '--message-format=json']
    return run(command + (options[0].split() if options else []), timeout=120)


def one(test, env, program, path):
    status, out, err = format_case(program, path)
    wrong, diags, found = [], [], diag_lines(err)
    tree = etree.fromstring(out, etree.XMLParser(huge_tree=True)) if out else None
    for e in tree.iter('{*}*') if tree is not None else ():
        e.tag = etree.QName(e).localname
    base = path[:-3] + '.expect'
    test.n = 0
    for n, xpath, expected in expectations(base):
        test.n += 1
        if xpath is None:
            diags.append(expected)
            continue
        if tree is None:
            wrong.append(f'{n}: no areas')
            continue
        try:
            got = value(tree.xpath(xpath))
        except etree.XPathError as e:
            got = f'({e})'
        if got != expected:
            wrong.append(f'{n}: {xpath} = {got}, expected {expected}')
    if diags != found:
        wrong.append(f'diagnostics {found}, expected {diags}')
    if status not in (0, 1) or (status == 1) != any(': error: ' in d for d in found):
        wrong.append(f'status {status}')
    return f'{stem(path)}.expect:' + '\n    '.join(wrong) if wrong else None


def lanes(test, env):
    """Units of random lengths: level, lines as alone, pages at most 3% more than the least."""
    status, out, err = run([sys.executable, os.path.join(ROOT, 'scripts', 'bench-lanes'), '--sotay', env.sotay, '--no-times',
                            '--work', os.path.join(env.temp, 'lanes')], timeout=300)
    test.n = max(1, out.count(b'\n'))
    return (out + err).decode('utf-8', 'replace')[-3000:] if status else None


def tests(env):
    return [Test(f'{word}layout/{stem(p)}', one, env, program, p)
            for word, program in env.programs for p in files('layout', '.fo')] + [Test('layout/lanes', lanes, env)]
