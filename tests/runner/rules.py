"""Rules of form: tests/cases/rules/README.md."""
import json
import os
import re

from .common import CASES, ROOT, Test, files, read, run, stem


def edits(text):
    """[(name, [(old, new)])] of a file of edits."""
    cases = []
    for block in re.split(r'^== ', text, flags=re.M)[1:]:
        name, _, rest = block.partition('\n')
        lines = [line for line in rest.split('\n') if line[:2] in ('- ', '+ ', '+')]
        pairs = [(a[2:], b[2:]) for a, b in zip(lines[::2], lines[1::2])]
        cases.append((name.strip(), pairs))
    return cases


def edited(text, pairs):
    """With each text, which stands once, changed; {N}...{} stands N times."""
    for old, new in pairs:
        new = re.sub(r'\{(\d+)\}(.*?)\{\}', lambda m: int(m[1]) * m[2], new)
        if text.count(old) != 1:
            raise ValueError(f'“{old}” stands {text.count(old)} times')
        text = text.replace(old, new)
    return text


def found(env, path, pack, *more):
    """The rules broken, each as often as it was found, and the messages."""
    status, out, err = run([env.sotay, 'check', path, '--rules', pack, '--message-format', 'json', *more])
    rules, said = [], []
    for line in err.decode('utf-8').splitlines():
        d = json.loads(line)
        if d['id'] == 'rule':
            rules.append(d['rule'])
            said.append(d['message'])
        elif d['level'] == 'error':
            said.append(d['message'])
            rules.append('error')
    return rules, said


def one(test, env, pack, text, wanted):
    """`wanted` are the rules found, and no others."""
    path = os.path.join(env.dir(test.name.replace('/', '-')), f'{pack}.fo')
    with open(path, 'w', encoding='utf-8') as f:
        f.write(text)
    rules, said = found(env, path, pack)
    if set(rules) == set(wanted):
        return None
    return f'expected {sorted(wanted)}, found {sorted(set(rules))}:\n' + '\n'.join(said)


def packs():
    return [stem(f) for f in files('rules', '.fo')]


def every(test, env, pack):
    """Each rule has a document that breaks it, and a right one that it is measured in."""
    status, out, err = run([env.sotay, 'rules', pack, '--message-format', 'json'])
    rules = [json.loads(line) for line in out.decode('utf-8').splitlines() if '"rule":' in line]
    right = read(os.path.join(CASES, 'rules', pack + '.fo'))
    components = set(re.findall(r's:component="([^"]+)"', right)) | {'page', 'any'}
    broken = {name.split()[0] for name, _ in edits(read(os.path.join(CASES, 'rules', pack + '.breaks'), ''))}
    wrong = [f'{r["rule"]}: no document breaks it' for r in rules if r['rule'] not in broken]
    wrong += [f'{r["rule"]}: the right document has no {r["component"]}' for r in rules if r['component'] not in components]
    wrong += [f'{name}: there is no such rule' for name in broken - {r['rule'] for r in rules}]
    return '\n'.join(wrong) or (None if rules else 'no rules')


def standard(test, env):
    """Each pack of styles/rules has its right document."""
    names = {os.path.splitext(n)[0] for n in os.listdir(os.path.join(ROOT, 'styles', 'rules'))}
    return None if names == set(packs()) else f'packs {sorted(names)}, documents {sorted(packs())}'


def names(test, env):
    """rng and components.def have the same components."""
    rng = set(re.findall(r'<value>([a-z-]+)</value>', read(os.path.join(ROOT, 'styles/schemas/rules.rng')).split(
        '<define name="component">')[1].split('</define>')[0]))
    own = set(re.findall(r'^COMPONENT\("([^"]+)"', read(os.path.join(ROOT, 'pipeline/check/components.def')), re.M))
    measures = set(re.findall(r'^MEASURE\(\w+, "([^"]+)"', read(os.path.join(ROOT, 'pipeline/check/measures.def')), re.M))
    text = read(os.path.join(ROOT, 'styles/schemas/rules.rng'))
    missing = [m for m in measures if f'<value>{m}</value>' not in text]
    return f'differ: {sorted(rng ^ own)} {missing}' if rng != own or missing else None


def tests(env):
    all_tests = [Test('rules/packs', standard, env), Test('rules/names', names, env)]
    for pack in packs():
        right = read(os.path.join(CASES, 'rules', pack + '.fo'))
        all_tests += [Test(f'rules/{pack}/every', every, env, pack), Test(f'rules/{pack}/right', one, env, pack, right, [])]
        for name, pairs in edits(read(os.path.join(CASES, 'rules', pack + '.breaks'), '')):
            all_tests.append(Test(f'rules/{pack}/breaks/{name.split()[0]}', one, env, pack, edited(right, pairs), name.split()))
        for name, pairs in edits(read(os.path.join(CASES, 'rules', pack + '.innocent'), '')):
            all_tests.append(Test(f'rules/{pack}/innocent/{name}', one, env, pack, edited(right, pairs), []))
    return all_tests
