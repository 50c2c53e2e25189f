"""The archive: killed, failed and robbed of unsynced writes at system calls
(tests/preload/faults.c); tampered with; read by another OCFL program."""
import hashlib
import http.server
import json
import logging
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import threading
import time

import bagit
from lxml import html
from ocfl import validator

from .common import TESTS, Failure, Test, environment, run

logging.getLogger('bagit').setLevel(logging.CRITICAL)
PAGE = '---\nkind: handout\nid: ban\ndate: 2026-11-05\nnumber: 7\nlanguages: [vi]\ntitle: Bản tin thử\n---\n\n# Một\n\n{}\n'
STEP = int(os.environ.get('FAULT_STEP', '23'))  # every so many calls; 1: each


class Room:
    """A project and archives in a folder of their own."""

    def __init__(self, env, name):
        self.env, self.dir = env, env.dir('archive-' + name)
        self.write('Bộ đội Biên phòng.')

    def write(self, text):
        os.makedirs(os.path.join(self.dir, 'content'), exist_ok=True)
        with open(os.path.join(self.dir, 'content', 'ban.vi.md'), 'w', encoding='utf-8') as f:
            f.write(PAGE.format(text))

    def sotay(self, *words, root='a', ok=True, **more):
        command = [self.env.sotay, 'archive', *words, '--root', os.path.join(self.dir, root), '-C', self.dir]
        more.setdefault('SOURCE_DATE_EPOCH', '1790000000')
        if 'FAULT' in more:  # which may end it by a signal
            p = subprocess.run(command, cwd=self.dir, capture_output=True, env=environment(**more), timeout=60)
            return p.returncode, '', ''
        status, out, err = run(command, cwd=self.dir, **more)
        if ok and status:
            raise Failure(f'archive {" ".join(words)}: status {status}: {err.decode("utf-8", "replace")[:800]}')
        return status, out.decode('utf-8', 'replace'), err.decode('utf-8', 'replace')

    def fresh(self, root='a'):
        shutil.rmtree(os.path.join(self.dir, root), ignore_errors=True)
        self.sotay('init', root=root)

    def copy(self, of, to):
        shutil.rmtree(os.path.join(self.dir, to), ignore_errors=True)
        shutil.copytree(os.path.join(self.dir, of), os.path.join(self.dir, to), symlinks=True)

    def objects(self, root='a'):
        return [d for d, _, files in os.walk(os.path.join(self.dir, root, 'ocfl')) if '0=ocfl_object_1.1' in files]

    def foreign(self, root='a'):
        """What another program says of every object, or ''."""
        said = []
        for path in self.objects(root):
            v = validator.Validator()
            if not v.validate_object(path):
                said.append(f'{path}: {v.log}')
        return '\n'.join(said)[:500]

    def heads(self, root='a'):
        return [json.load(open(os.path.join(d, 'inventory.json'), encoding='utf-8'))['head'] for d in self.objects(root)]


def faults_library(env, lock=threading.Lock()):
    path = os.path.join(env.temp, 'faults.so')
    with lock:
        if not os.path.exists(path):
            subprocess.run(['gcc', '-O1', '-shared', '-fPIC', '-w', '-o', path,
                            os.path.join(os.path.dirname(os.path.dirname(__file__)), 'preload', 'faults.c'), '-ldl'], check=True)
    if not env.sanitized:
        return path
    asan = subprocess.run(['gcc', '-print-file-name=libasan.so'], capture_output=True, text=True, check=True).stdout.strip()
    return f'{os.path.realpath(asan)}:{path}'  # which wants to come first


def faults(test, env, mode, exchange, number=28):
    """A first and a second version, each call in turn the last."""
    room = Room(env, f'{mode}{number}-{"swap" if exchange else "piecewise"}')
    more = {'LD_PRELOAD': faults_library(env), 'FAULT_ROOT': os.path.join(room.dir, 'b'),
            'FAULT_NO_EXCHANGE': None if exchange else '1'}
    test.n = 0
    wrong = []
    key = Key(env.dir(f'archive-{mode}{number}-{exchange}-key'), 'key')
    more['SOURCE_DATE_EPOCH'] = str(int(time.time()))
    room.fresh('first')
    room.copy('first', 'second')
    room.sotay('add', 'ban', root='second')
    for base, old, words in (('first', [], []), ('second', ['v1'], ['--correction', 'chữ sai', *key.words])):
        room.write('Bộ đội Biên phòng.' if base == 'first' else 'Bộ đội Biên phòng Thanh Hóa.')
        room.copy(base, 'b')
        counted = os.path.join(room.dir, 'count')
        room.sotay('add', 'ban', *words, root='b', FAULT='count', FAULT_COUNT=counted, **more)
        new = room.heads('b')
        calls = int(open(counted).read())
        for n in range(1, calls + 1, STEP):
            room.copy(base, 'b')
            room.sotay('add', 'ban', *words, root='b', ok=False, FAULT=f'{mode}:{n}' + (f':{number}' if mode == 'error' else ''), **more)
            test.n += 1
            said = room.foreign('b') if exchange else ''
            heads = room.heads('b')
            if said or heads not in (old, new):
                wrong.append(f'{base}, call {n} of {calls}: heads {heads}: {said}')
            status, _, err = room.sotay('add', 'ban', *words, root='b', ok=False, SOURCE_DATE_EPOCH=more['SOURCE_DATE_EPOCH'])
            if status or room.heads('b') != new:
                wrong.append(f'{base}, call {n} of {calls}: the next add: status {status}, {room.heads("b")}: {err[:300]}')
            status, out, err = room.sotay('verify', root='b', ok=False)
            said = room.foreign('b')
            left = os.listdir(os.path.join(room.dir, 'b', 'staging'))
            if status or said or left:
                wrong.append(f'{base}, call {n} of {calls}: after the next add: {out}{err[:300]}{said} staging {left}')
    return '\n'.join(wrong[:10]) or None


def waiting(test, env):
    """A second writer is told to try later, or waits."""
    import fcntl
    room = Room(env, 'waiting')
    room.fresh()
    with open(os.path.join(room.dir, 'a', 'lock'), 'w') as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        status, _, err = room.sotay('add', 'ban', ok=False)
        checks = [status == 75, '[archive-busy]' in err]
        threading.Timer(0.5, lambda: fcntl.flock(lock, fcntl.LOCK_UN)).start()
        start = time.monotonic()
        checks += [room.sotay('add', 'ban', '--wait')[1] == 'added ban/7 v1\n', time.monotonic() - start > 0.4]
    test.n = len(checks)
    return None if all(checks) else f'checks {[i for i, good in enumerate(checks, 1) if not good]} failed'


def flip(path, at=-20):
    with open(path, 'r+b') as f:
        f.seek(at, 2 if at < 0 else 0)
        c = f.read(1)
        f.seek(-1, 1)
        f.write(bytes([c[0] ^ 1]))


def find(root, *names):
    for d, _, files in os.walk(root):
        for name in names:
            if name in files:
                return os.path.join(d, name)
    raise Failure(f'no {names} below {root}')


def sql(text):
    def change(root, room):
        db = sqlite3.connect(os.path.join(root, 'catalogue.db'))
        db.execute(text)
        db.commit()
        db.close()
    return change


def roll_back(root, room):
    """The object as it was before its correction."""
    old = os.path.join(room.dir, 'before')
    path = room.objects()[0]
    shutil.rmtree(path)
    shutil.copytree(os.path.join(old, os.path.relpath(path, root)), path)


def move_object(root, room):
    path = room.objects()[0]
    os.rename(path, os.path.join(os.path.dirname(path), 'elsewhere'))


def drop_log_line(root, room):
    path = os.path.join(root, 'log.jsonl')
    lines = open(path).read().split('\n')
    open(path, 'w').write('\n'.join(lines[1:]))


def newer_inventory(root, room):
    """An inventory of a later OCFL, with its sidecar."""
    path = os.path.join(room.objects()[0], 'inventory.json')
    text = open(path, encoding='utf-8').read().replace('ocfl.io/1.1/spec', 'ocfl.io/2.0/spec')
    with open(path, 'w', encoding='utf-8') as f:
        f.write(text)
    with open(path + '.sha512', 'w', encoding='utf-8') as f:
        f.write(hashlib.sha512(text.encode()).hexdigest() + ' inventory.json\n')


def put_line(root, room):
    with open(os.path.join(root, 'log.jsonl'), 'a') as f:
        f.write('{"n": 2}\n')


# name: what is said, what is done to the root
DAMAGES = {
    'inventory': ('archive-damaged', lambda root, room: flip(os.path.join(room.objects()[0], 'inventory.json'))),
    'inventory-newer': ('it is not of OCFL 1.1', newer_inventory),
    'inventory-gone': ('archive-damaged', lambda root, room: os.unlink(os.path.join(room.objects()[0], 'inventory.json'))),
    'sidecar': ('archive-damaged', lambda root, room: flip(os.path.join(room.objects()[0], 'inventory.json.sha512'), 5)),
    'sidecar-gone': ('archive-damaged', lambda root, room: os.unlink(os.path.join(room.objects()[0], 'inventory.json.sha512'))),
    'log-line': ('its last line is not a line of the log', put_line),
    'log-gone': ('its log is gone', lambda root, room: os.unlink(os.path.join(root, 'log.jsonl'))),
    'ocfl-newer': ('ocfl/ is not an OCFL 1.1 storage root', lambda root, room: os.rename(os.path.join(root, 'ocfl', '0=ocfl_1.1'), os.path.join(root, 'ocfl', '0=ocfl_2.0'))),
    'layout-gone': ('another layout', lambda root, room: os.unlink(os.path.join(root, 'ocfl', 'ocfl_layout.json'))),
}


def state(root):
    """Every file of an archive but its lock, and their bytes."""
    h = hashlib.sha256()
    for d, dirs, files in os.walk(root):
        dirs.sort()
        h.update(d.encode())
        for f in sorted(files):
            if f != 'lock':
                h.update(f.encode() + open(os.path.join(d, f), 'rb').read())
    return h.hexdigest()


def damaged(test, env):
    """Nothing is written into what is damaged or not ours, nor where one may not; a file that changes is not taken in."""
    import pymupdf
    room = Room(env, 'damaged')
    room.fresh('good')
    room.sotay('add', 'ban', root='good')
    room.write('Khác.')
    root, wrong = os.path.join(room.dir, 'a'), []
    for name, (said, change) in DAMAGES.items():
        room.copy('good', 'a')
        change(root, room)
        before = state(root)
        status, out, err = room.sotay('add', 'ban', '--correction', 'sửa', ok=False)
        if status != 1 or said not in err or state(root) != before:
            wrong.append(f'{name}: status {status}: {out}{err[:400]}{"" if state(root) == before else " changed"}')
    # Read-only: by rights, or for root by a mount of its own.
    room.copy('good', 'a')
    before = state(root)
    command = [env.sotay, 'archive', 'add', 'ban', '--correction', 'sửa', '--root', root, '-C', room.dir]
    if os.geteuid() == 0:
        command = ['unshare', '-m', 'sh', '-c', f'mount --bind {root} {root} && mount -o remount,bind,ro {root} && exec "$@"', 'sh', *command]
    else:
        for d, _, _ in os.walk(root):
            os.chmod(d, 0o555)
    status, _, err = run(command, cwd=room.dir)
    if status != 3 or b'Read-only' not in err and b'Permission' not in err or state(root) != before:
        wrong.append(f'read-only: status {status}: {err.decode()[:300]}')
    # A PDF that is written to while it is copied.
    old, pdf, stop = env.dir('archive-damaged-old'), pymupdf.open(), threading.Event()
    path = os.path.join(old, 'x.pdf')
    pdf.new_page().insert_text((72, 72), 'x')
    pdf.embfile_add('x', os.urandom(60_000_000), filename='x')
    pdf.save(path)
    with open(os.path.join(old, 'list.csv'), 'w') as f:
        f.write('id,file\nx,x.pdf\n')

    def touch():
        while not stop.wait(0.002):
            os.utime(path)
    thread = threading.Thread(target=touch)
    thread.start()
    status, out, err = room.sotay('import', old, '--verapdf', 'none', root='good', ok=False)
    stop.set()
    thread.join()
    if status != 1 or 'changed while it was read' not in err or len(room.objects('good')) != 1:
        wrong.append(f'changing: status {status}: {out}{err[:300]}')
    test.n = len(DAMAGES) + 2
    return '\n'.join(wrong) or None


TAMPERINGS = {
    'byte': ('archive-digest', lambda root, room: flip(find(root, 'ban.pdf'))),
    'inventory': ('archive-damaged', lambda root, room: flip(find(os.path.dirname(find(root, '0=ocfl_object_1.1')), 'inventory.json'))),
    'file-gone': ('archive-missing', lambda root, room: os.unlink(find(root, 'ban.pdf'))),
    'file-more': ('archive-stray', lambda root, room: open(os.path.join(os.path.dirname(find(root, 'ban.pdf')), 'x'), 'w').close()),
    'file-in-root': ('archive-stray', lambda root, room: open(os.path.join(root, 'ocfl', 'x'), 'w').close()),
    'object-gone': ('archive-log-gone', lambda root, room: shutil.rmtree(room.objects()[0])),
    'object-moved': ('archive-misplaced', move_object),
    'rolled-back': ('archive-log-head', roll_back),
    'log-line-gone': ('archive-damaged', drop_log_line),
    'catalogue-title': ('archive-catalogue', sql("UPDATE object SET title = 'x'")),
    'catalogue-page': ('archive-catalogue', sql("UPDATE page SET text = 'x' WHERE page = 1")),
    'catalogue-words': ('archive-catalogue', sql("UPDATE words SET text = 'x' WHERE rowid = 2")),
    'catalogue-row-more': ('archive-catalogue', sql("INSERT INTO mention VALUES('other', 'cites', 'x')")),
    'catalogue-version': ('archive-catalogue', sql("UPDATE version SET message = 'x' WHERE version = 1")),
    'sidecar': ('archive-damaged', lambda root, room: flip(find(os.path.dirname(find(root, '0=ocfl_object_1.1')), 'inventory.json.sha512'), 5)),
    'sidecar-gone': ('archive-damaged', lambda root, room: os.unlink(os.path.join(room.objects()[0], 'inventory.json.sha512'))),
    'log-changed': ('archive-damaged', lambda root, room: flip(os.path.join(root, 'log.jsonl'), 40)),
    'catalogue-row-gone': ('archive-catalogue', sql('DELETE FROM object')),
}


def tampering(test, env):
    room = Room(env, 'tampering')
    room.fresh()
    room.sotay('add', 'ban')
    room.copy('a', 'before')
    room.write('Khác.')
    room.sotay('add', 'ban', '--correction', 'chữ sai')
    room.copy('a', 'good')
    wrong = []
    status, out, err = room.sotay('verify', ok=False)
    if status or 'verify' in err:
        wrong.append(f'clean: status {status}: {err}')
    for name, (finding, change) in TAMPERINGS.items():
        room.copy('good', 'a')
        change(os.path.join(room.dir, 'a'), room)
        status, out, err = room.sotay('verify', ok=False)
        if status != 1 or f'[{finding}]' not in err:
            wrong.append(f'{name}: status {status}, no {finding}: {out}{err[:400]}')
    test.n = len(TAMPERINGS) + 1
    return '\n'.join(wrong) or None


def rebuilt(test, env):
    """The catalogue made again has the same rows; a damaged one is set aside."""
    room = Room(env, 'rebuilt')
    room.fresh()
    room.sotay('add', 'ban')
    tables = ('object', 'version', 'file', 'mention', 'page')

    def rows():
        db = sqlite3.connect(os.path.join(room.dir, 'a', 'catalogue.db'))
        found = {t: sorted(db.execute(f'SELECT * FROM {t}')) for t in tables}
        db.close()
        return found
    before = rows()
    os.unlink(os.path.join(room.dir, 'a', 'catalogue.db'))
    room.sotay('rebuild')
    if rows() != before or not before['page']:
        return 'other rows'
    with open(os.path.join(room.dir, 'a', 'catalogue.db'), 'wb') as f:
        f.write(b'no database at all' * 100)
    room.sotay('add', 'ban')
    if rows() != before or not os.path.exists(os.path.join(room.dir, 'a', 'catalogue.db.damaged')):
        return 'not made again after damage'


def bags(test, env):
    """Objects to another archive and back: whole, in order, and only what may leave."""
    room = Room(env, 'bags')
    bag = os.path.join(room.dir, 'bag')

    def send(*words):
        shutil.rmtree(bag, ignore_errors=True)
        return room.sotay('export', '-o', bag, *words)[1].strip()
    room.fresh()
    room.fresh('other')
    room.sotay('add', 'ban')
    with open(os.path.join(room.dir, 'content', 'mat.vi.md'), 'w', encoding='utf-8') as f:
        f.write(PAGE.replace('id: ban', 'id: mat\nclass: LƯU HÀNH NỘI BỘ').format('Chỉ trong đơn vị.'))
    room.sotay('add', 'mat')
    checks = [
        send().endswith(', 1 left out for their class'),
        bagit.Bag(bag).validate() is True,
        room.sotay('import', bag, root='other')[1] == 'added ban/7 v1\n',
        room.sotay('import', bag, root='other')[1] == 'same ban/7 v1\n',
        not send('--class', 'LƯU HÀNH NỘI BỘ').endswith('class'),
        bagit.Bag(bag).validate() is True,
    ]
    room.write('Khác.')
    room.sotay('add', 'ban', '--correction', 'chữ sai')
    send('ban/7')
    checks += [room.sotay('import', bag, root='other')[1] == 'added ban/7 v2\n',
               room.sotay('verify', root='other')[1].endswith(' 0 findings\n'), not room.foreign('other')]
    # Another history under the same id, a changed byte, a path out of the bag: nothing comes in.
    room.fresh('third')
    room.write('Lần khác.')
    room.sotay('add', 'ban', root='third')
    log = open(os.path.join(room.dir, 'third', 'log.jsonl')).read()
    checks += ['[archive-other]' in room.sotay('import', bag, root='third', ok=False)[2]]
    flip(find(bag, 'ban.pdf'))
    checks += ['[archive-bag]' in room.sotay('import', bag, root='third', ok=False)[2]]
    send('ban/7')
    with open(os.path.join(bag, 'manifest-sha512.txt'), 'a', encoding='utf-8') as f:
        f.write('0' * 128 + '  ../../content/ban.vi.md\n')
    checks += ['[archive-bag]' in room.sotay('import', bag, root='third', ok=False)[2],
               open(os.path.join(room.dir, 'third', 'log.jsonl')).read() == log]
    test.n = len(checks)
    return None if all(checks) else f'checks {[i for i, good in enumerate(checks, 1) if not good]} failed'


PASSWORD = 'mật khẩu 123'
USAGE = 'keyUsage=critical,digitalSignature,nonRepudiation'


class Key:
    """A key and its certificate in NAME.p12."""

    def __init__(self, folder, name, *kind, usage=USAGE, days=30):
        self.path, self.cert = os.path.join(folder, name + '.p12'), os.path.join(folder, name + '.pem')
        with open(os.path.join(folder, 'password'), 'w', encoding='utf-8') as f:
            f.write(PASSWORD + '\n')
        openssl(folder, 'req', '-x509', *(kind or ('-newkey', 'rsa:2048')), '-nodes', '-days', str(days), '-utf8', '-subj',
                '/O=Đảng ủy/CN=Văn thư', '-keyout', name + '.key', '-out', name + '.pem', '-addext', usage)
        openssl(folder, 'pkcs12', '-export', '-inkey', name + '.key', '-in', name + '.pem', '-out', name + '.p12', '-passout', 'file:password')
        self.words = ['--sign', self.path, '--password-file', os.path.join(folder, 'password')]


class Authority:
    """A time-stamp authority on this machine: openssl ts behind HTTP."""

    CONFIG = """[tsa]
serial = {0}/serial
crypto_device = builtin
signer_cert = {0}/cert.pem
certs = {0}/cert.pem
signer_key = {0}/key.pem
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ess_cert_id_alg = sha256
"""

    def __init__(self, folder):
        self.dir = folder
        openssl(folder, 'req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '30', '-subj', '/CN=Test', '-keyout', 'key.pem',
                '-out', 'cert.pem', '-addext', 'extendedKeyUsage=critical,timeStamping')
        with open(os.path.join(folder, 'tsa.cnf'), 'w') as f:
            f.write(self.CONFIG.format(folder))
        with open(os.path.join(folder, 'serial'), 'w') as f:
            f.write('01\n')
        authority = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                answer = authority.answer(self.path, self.rfile.read(int(self.headers['Content-Length'])))
                self.send_response(200 if answer else 500)
                self.send_header('Content-Type', 'application/timestamp-reply')
                self.end_headers()
                try:
                    self.wfile.write(answer or b'')
                except OSError:  # who asked has gone
                    pass

            def log_message(self, *words):
                pass
        self.server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f'http://127.0.0.1:{self.server.server_port}'

    def answer(self, path, query):
        if path == '/broken':
            return None
        if path == '/slow':
            time.sleep(4)
        if path == '/rubbish':
            return b'not a time stamp'
        if path == '/other' and os.path.exists(os.path.join(self.dir, 'answer')):
            return open(os.path.join(self.dir, 'answer'), 'rb').read()
        with open(os.path.join(self.dir, 'query'), 'wb') as f:
            f.write(query)
        openssl(self.dir, 'ts', '-reply', '-config', 'tsa.cnf', '-section', 'tsa', '-queryfile', 'query', '-out', 'answer')
        answer = open(os.path.join(self.dir, 'answer'), 'rb').read()
        return answer[:-9] + bytes([answer[-9] ^ 1]) + answer[-8:] if path == '/forged' else answer


def openssl(folder, *words):
    p = subprocess.run(['openssl', *words], cwd=folder, capture_output=True, text=True)
    if p.returncode:
        raise Failure(f'openssl {" ".join(words[:2])}: {p.stderr[:500]}')
    return p.stdout


def proof(test, env):
    """A stamp, a receipt that python and openssl check, and an authority that misbehaves."""
    room = Room(env, 'proof')
    tsa = Authority(env.dir('archive-tsa'))
    room.fresh()
    for i in range(5):
        room.write(f'Lần {i}.')
        room.sotay('add', 'ban', *(['--correction', 'sửa'] if i else []))
    receipt = os.path.join(room.dir, 'receipt')
    stamps = os.path.join(room.dir, 'a', 'stamps')
    checks = [room.sotay('stamp', tsa.url)[1] == 'stamped 5 lines\n',
              room.sotay('stamp', tsa.url)[1] == 'already stamped: 5 lines\n',
              sorted(os.listdir(stamps)) == ['5.head', '5.tsr']]
    room.write('Lần cuối.')
    room.sotay('add', 'ban', '--correction', 'sửa')
    for bad in ('/broken', '/rubbish', '/other', '/forged'):
        status, _, err = room.sotay('stamp', tsa.url + bad, ok=False)
        checks += [status == 1 and '[archive-stamp]' in err, sorted(os.listdir(stamps)) == ['5.head', '5.tsr']]
    checks += [room.sotay('stamp', 'http://127.0.0.1:1/', ok=False)[0] == 1]
    room.sotay('export', '--format', 'pdf', 'ban/7', 'v3', '-o', receipt)
    checks += ['ban.pdf' in os.listdir(receipt) and 'ban.facilitator.pdf' not in os.listdir(receipt)]
    said = subprocess.run(['python3', 'check.py'], cwd=receipt, capture_output=True, text=True)
    checks += [said.returncode == 0 and 'ban/7 v3' in said.stdout,
               'Verification: OK' in subprocess.run(['openssl', 'ts', '-verify', '-data', 'log.head', '-in', 'log.tsr', '-CAfile',
                                                     os.path.join(tsa.dir, 'cert.pem')], cwd=receipt, capture_output=True, text=True).stdout]
    flip(os.path.join(receipt, 'ban.pdf'))
    checks += [subprocess.run(['python3', 'check.py'], cwd=receipt, capture_output=True).returncode != 0]
    # A log written anew is chained and whole, but not the one that was stamped.
    checks += [room.sotay('verify', ok=False)[0] == 0]
    path = os.path.join(room.dir, 'a', 'log.jsonl')
    previous, lines = '0' * 64, []
    for line in open(path, encoding='utf-8').read().splitlines():
        entry = json.loads(line)
        entry.update(previous=previous, time=entry['time'].replace('2026', '2020'))
        lines.append(json.dumps(entry, separators=(',', ':'), ensure_ascii=False))
        previous = hashlib.sha256(lines[-1].encode()).hexdigest()
    open(path, 'w', encoding='utf-8').write('\n'.join(lines) + '\n')
    status, _, err = room.sotay('verify', ok=False)
    checks += [status == 1 and 'not the one that was stamped' in err]
    tsa.server.shutdown()
    test.n = len(checks)
    return None if all(checks) else f'checks {[i for i, good in enumerate(checks, 1) if not good]} failed'


QUIZ = """
```quiz title="Chọn"
1. Ai?
   - [ ] Một
   - [x] Hai

   > Lời giải bí mật.
```
"""


def searched(test, env):
    """With marks and without, phrases, fields, Lao by its words; the excerpt around the rarest word."""
    room = Room(env, 'searched')
    room.fresh()
    room.write('Bộ đội biên phòng. ' * 30 + 'Đồn Đa Lộc họp. ' + 'Biên phòng. ' * 30 + '\n\nເຂດຊາຍແດນລາວ-ຫວຽດນາມ ປອດໄພ.')
    room.sotay('add', 'ban')

    def hits(*words):
        return room.sotay('search', *words)[1]
    checks = ['page 1' in hits('bien', 'phong'), 'page 1' in hits('Biên', 'phòng'), 'page 1' in hits('da loc'), 'page 1' in hits('đa lộc'),
              hits('loc da') == '', hits('bien', 'khong-co') == '', 'ban/7' in hits('kind:handout', 'lang:vi', 'date:2026-11'),
              hits('kind:bulletin', 'bien') == '', 'Đa Lộc' in hits('biên', 'phòng', 'lộc'),
              'ຊາຍແດນ' in hits('ຊາຍແດນ'), hits('ຊາຍແດນລາວ') != '', hits('ແດນລາ') == '']
    test.n = len(checks)
    return None if all(checks) else f'checks {[i for i, good in enumerate(checks, 1) if not good]} failed: {hits("ຊາຍແດນ")}'


def kit(test, env):
    """The parts of a kit are kept, and what has their answers leaves neither by site nor by receipt."""
    room = Room(env, 'kit')
    room.fresh()
    room.write('Chữ.\n' + QUIZ)
    with open(os.path.join(room.dir, 'content', 'ban.vi.md'), encoding='utf-8') as f:
        text = f.read().replace('kind: handout', 'kind: handout\nkit: [quiz, cards]')
    with open(os.path.join(room.dir, 'content', 'ban.vi.md'), 'w', encoding='utf-8') as f:
        f.write(text)
    room.sotay('add', 'ban')
    shown = json.loads(room.sotay('show', 'ban')[1])
    pdfs = {n[4:] for names in shown['versions']['v1']['state'].values() for n in names if n.startswith('pdf/')}
    keys = {n for n in pdfs if '.facilitator.' in n}
    site_folder, receipt = os.path.join(room.dir, 'site'), os.path.join(room.dir, 'receipt')
    room.sotay('export', '--format', 'site', '-o', site_folder)
    room.sotay('export', '--format', 'pdf', 'ban/7', '-o', receipt)
    out = {f for d, _, files in os.walk(site_folder) for f in files if f.endswith('.pdf')}
    text = ''.join(open(os.path.join(d, f), encoding='utf-8').read() for d, _, files in os.walk(site_folder) for f in files if not f.endswith('.pdf'))
    for name in out:
        text += subprocess.run(['pdftotext', os.path.join(room.dir, 'receipt', name), '-'], capture_output=True, text=True).stdout
    checks = [{'ban.pdf', 'ban.quiz.pdf', 'ban.quiz.facilitator.pdf', 'ban.cards.pdf'} <= pdfs, len(keys) >= 3, out == pdfs - keys,
              {f for f in os.listdir(receipt) if f.endswith('.pdf')} == out, 'bí mật' not in text, 'Chữ' in text,
              'bí mật' in room.sotay('search', 'bí mật')[1],
              all(line.startswith('same ') for line in room.sotay('rebuild', 'ban', 'v1')[1].splitlines())]
    test.n = len(checks)
    return None if all(checks) else f'checks {[i for i, good in enumerate(checks, 1) if not good]} failed: {sorted(pdfs)} {sorted(out)}'


def site(test, env):
    """The web site in a real browser, from a disk: what it finds, and what is not in it."""
    room = Room(env, 'site')
    folder = os.path.join(room.dir, 'site')
    room.fresh()
    room.write('Đồn biên phòng Đa Lộc.\n\n```facilitator\nChỉ người điều hành biết: mật khẩu.\n```')
    room.sotay('add', 'ban')
    with open(os.path.join(room.dir, 'content', 'mat.vi.md'), 'w', encoding='utf-8') as f:
        f.write(PAGE.replace('id: ban', 'id: mat\nclass: LƯU HÀNH NỘI BỘ').replace('Bản tin thử', '<Kín> & riêng').format('Đa Lộc, nội bộ.'))
    room.sotay('add', 'mat')
    said = room.sotay('export', '--format', 'site', '-o', folder)[1]
    written = '\n'.join(open(os.path.join(d, f), 'rb').read().decode('utf-8', 'replace') for d, _, files in os.walk(folder) for f in files)

    def browse(page):
        p = subprocess.run(['chromium', '--headless', '--no-sandbox', '--disable-gpu', '--virtual-time-budget=4000', '--dump-dom',
                            '--user-data-dir=' + os.path.join(room.dir, 'chromium'), f'file://{folder}/{page}'],
                           capture_output=True, text=True, timeout=120)
        return p.stdout
    hits = r'<a href="(\.\./)?d/ban-7-[0-9a-f]{8}/pdf/ban\.pdf#page=1">Bản tin thử, (trang|page) 1</a><p>.*Đồn biên phòng Đa Lộc'
    checks = [', 1 left out for their class' in said, 'mật khẩu' not in written, 'nội bộ' not in written,
              '.facilitator.' not in written,
              re.search(hits, browse('index.html#q=da%20loc')), re.search(hits, browse('en/index.html#q=%22%C4%90a%20l%E1%BB%99c%22')),
              'Không có trang nào' in browse('index.html#q=mat%20khau').split('data-page="trang">')[1][:30]]
    shutil.rmtree(folder)
    room.sotay('export', '--format', 'site', '-o', folder, '--class', 'all')
    checks += ['&lt;Kín&gt; &amp; riêng' in browse('index.html').split('<main>')[1]]
    for d, _, files in os.walk(folder):  # well-formed, each with language and title
        for f in files:
            if f.endswith('.html'):
                page = html.fromstring(open(os.path.join(d, f), 'rb').read())
                checks += [page.get('lang') in ('vi', 'en') and page.findtext('.//title') and page.find('.//main/h1') is not None]
    test.n = len(checks)
    return None if all(checks) else f'checks {[i for i, good in enumerate(checks, 1) if not good]} failed'


def accessible(test, env):
    """Two years of 62 pages each, through axe-core; the search reads a year when it needs it."""
    import pymupdf
    room, old = Room(env, 'accessible'), env.dir('archive-accessible-old')
    rows = ['id,file,kind,date,organisation,title']
    for year in (2019, 2020):
        pdf = pymupdf.open()
        for i in range(62):
            text = 'Biên phòng ' * 40 + f'trang {i}'
            pdf.new_page().insert_htmlbox(pymupdf.Rect(50, 50, 500, 700), text)
        pdf.save(os.path.join(old, f'{year}.pdf'))
        rows.append(f'o/{year},{year}.pdf,bản tin,{year}-02-05,Đồn Đa Lộc,Tập {year}')
    with open(os.path.join(old, 'list.csv'), 'w', encoding='utf-8') as f:
        f.write('\n'.join(rows))
    room.fresh()
    room.sotay('import', old, '--verapdf', 'none')
    room.sotay('export', '--format', 'site', '-o', os.path.join(room.dir, 'site'))
    p = subprocess.run([sys.executable, os.path.join(TESTS, 'browser_axe.py'), os.path.join(room.dir, 'site')], capture_output=True, text=True, timeout=200)
    return None if p.returncode == 0 else (p.stdout + p.stderr)[:2000]


class Sanitized:
    """The same environment with the sanitized program."""

    def __init__(self, env):
        self.env, self.temp, self.sotay = env, env.temp, env.programs[1][1]

    def dir(self, name):
        return self.env.dir('san-' + name)


def each_program(env):
    """(prefix of tests' names, environment) for the program and its sanitized twin."""
    return [('', env)] + ([('san/', Sanitized(env))] if len(env.programs) > 1 else [])


def tests(env):
    if env.sanitized:
        return []
    found = [Test(f'archive/{mode}-{"swap" if exchange else "piecewise"}', faults, env, mode, exchange)
             for mode in ('kill', 'lose', 'error') for exchange in (True, False)]
    found += [Test('archive/accessible', accessible, env), Test('archive/error-io', faults, env, 'error', True, 5)]
    found += [Test(f'archive/{prefix}{name}', function, e) for prefix, e in each_program(env) for name, function in (
        ('tampering', tampering), ('rebuilt', rebuilt), ('bags', bags), ('proof', proof), ('site', site), ('waiting', waiting), ('searched', searched), ('kit', kit), ('damaged', damaged))]
    from . import intake, signing, verifying  # which use what is above
    return found + intake.tests(env) + signing.tests(env) + verifying.tests(env)
