"""archive verify: a part of the objects, going on after Ctrl-C, its report."""
import json
import os
import signal
import subprocess
import time

from .archive import Room, each_program, find, flip
from .common import Failure, Test, environment

OBJECTS = 24


def filled(room):
    """Objects of a page each; half of them came on another day."""
    import pymupdf
    folder = os.path.join(room.dir, 'old')
    os.makedirs(folder, exist_ok=True)
    room.fresh()
    for part, epoch in ((0, '1790000000'), (1, '1791000000')):
        rows = ['id,file']
        for i in range(part, OBJECTS, 2):
            pdf = pymupdf.open()
            pdf.new_page().insert_text((72, 72), f'page {i}')
            pdf.save(os.path.join(folder, f'{i}.pdf'))
            rows.append(f'o{i},{i}.pdf')
        with open(os.path.join(folder, 'list.csv'), 'w', encoding='utf-8') as f:
            f.write('\n'.join(rows))
        room.sotay('import', folder, '--verapdf', 'none', SOURCE_DATE_EPOCH=epoch)


def verify(room, *words):
    status, out, err = room.sotay('verify', '--message-format', 'json', *words, ok=False)
    return status, json.loads(out), err


def parts(test, env):
    """--sample takes the same objects each time, --since those that came then."""
    room = Room(env, 'verify-parts')
    filled(room)
    sample = [verify(room, '--sample', '40')[1]['objects'] for _ in range(2)]
    checks = [verify(room)[1]['objects'] == OBJECTS, sample[0] == sample[1], 1 <= sample[0] < OBJECTS,
              verify(room, '--since', '2026-10-01')[1]['objects'] == OBJECTS // 2, verify(room, '--since', '2026-10-05')[1]['objects'] == 0]
    flip(find(os.path.join(room.dir, 'a', 'ocfl'), '0.pdf'))  # of the first day
    found = [verify(room, *words)[0] for words in ((), ('--since', '2026-10-01'), ('--sample', '100'))]
    checks += [found == [1, 0, 1]]
    percent = next(p for p in range(1, 101) if verify(room, '--sample', str(p))[0] == 1)
    checks += [percent == 1 or verify(room, '--sample', str(percent - 1))[0] == 0]
    report = os.path.join(room.dir, 'report')
    verify(room, '-o', report + '.json')
    told = json.load(open(report + '.json', encoding='utf-8'))
    checks += [told['result']['findings'] == 1, told['findings'][0]['id'] == 'archive-digest', told['findings'][0]['file'].endswith('0.pdf')]
    status, out, _ = room.sotay('verify', '-o', report + '.txt', ok=False)
    text = open(report + '.txt', encoding='utf-8').read()
    checks += [text.startswith(out.strip()) and 'archive-digest' in text and out.endswith(': 1 findings\n')]
    test.n = len(checks)
    return None if all(checks) else f'checks {[i for i, good in enumerate(checks, 1) if not good]} failed: {sample} {found} {told}'


def resumed(test, env):
    """Ctrl-C while the last object is read; then only that one is."""
    room = Room(env, 'verify-resumed')
    filled(room)
    kept, last = os.path.join(room.dir, 'kept'), sorted(room.objects())[-1]
    pdf = next(os.path.join(d, f) for d, _, files in os.walk(last) for f in files if f.endswith('.pdf'))
    os.rename(pdf, pdf + '.kept')
    os.mkfifo(pdf)  # reading it never ends
    p = subprocess.Popen([env.sotay, 'archive', 'verify', '--root', os.path.join(room.dir, 'a'), '--resume', kept, '-C', room.dir], cwd=room.dir,
                         env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(200):
        if os.path.exists(kept) and open(kept).read().count('\n') == OBJECTS:
            break
        time.sleep(0.1)
    p.send_signal(signal.SIGINT)
    status = p.wait(30)
    if status not in (130, -signal.SIGINT):
        raise Failure(f'status {status} after Ctrl-C')
    os.unlink(pdf)
    os.rename(pdf + '.kept', pdf)
    with open(kept, 'a', encoding='utf-8') as f:
        f.write('half a li')
    status, result, _ = verify(room, '--resume', kept)
    checks = [status == 0, result['before'] == OBJECTS - 1, result['objects'] == 1, not os.path.exists(kept)]
    with open(kept, 'w', encoding='utf-8') as f:
        f.write('sotay archive verify of another\n')
    status, _, err = verify(room, '--resume', kept)
    checks += [status == 1, 'archive-resume' in err, os.path.exists(kept)]
    test.n = len(checks)
    return None if all(checks) else f'checks {[i for i, good in enumerate(checks, 1) if not good]} failed: {result}'


def tests(env):
    if env.sanitized:
        return []
    return [Test(f'archive/{prefix}{name}', function, e) for prefix, e in each_program(env)
            for name, function in (('verify-parts', parts), ('verify-resumed', resumed))]
