"""Signed PDFs (archive add --sign): pdfsig, pyHanko and veraPDF judge them; and
what goes wrong leaves the archive as it was."""
import logging
import os
import shutil
import subprocess
import time

from .archive import PASSWORD, Authority, Key, Room, each_program, find, flip, openssl, state
from .common import Test
from .verapdf import verapdf_all

def pdfsig(path):
    return subprocess.run(['pdfsig', '-nocert', path], capture_output=True, text=True, check=False).stdout


def hanko(path, roots):
    """What pyHanko says of the one signature: its status, and the object ids of its attributes."""
    from pyhanko.keys import load_cert_from_pemder
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext
    logging.getLogger('pyhanko').setLevel(logging.CRITICAL)
    logging.getLogger('pyhanko_certvalidator').setLevel(logging.CRITICAL)
    context = ValidationContext(trust_roots=[load_cert_from_pemder(r) for r in roots], allow_fetching=False)
    with open(path, 'rb') as f:
        signature, = PdfFileReader(f).embedded_signatures
        status = validate_pdf_signature(signature, signer_validation_context=context)
        attributes = {a['type'].native for a in signature.signer_info['signed_attrs']}
        return status, attributes


def whole_root(room):
    return b''.join(open(os.path.join(d, f), 'rb').read() for d, _, files in os.walk(os.path.join(room.dir, 'a')) for f in files)


def settings(room, url):
    with open(os.path.join(room.dir, 'content', 'sotay.yaml'), 'w', encoding='utf-8') as f:
        f.write('languages: [vi]\ncontact: mailto:van-thu@example.org\n' + (f'timestamp: {url}\n' if url else ''))


def signed(test, env):
    """RSA and EC, without and with a time stamp; added again; corrected; made again."""
    room, folder = Room(env, 'signed'), env.dir('archive-signed-keys')
    tsa = Authority(env.dir('archive-signed-tsa'))
    rsa, ec = Key(folder, 'rsa'), Key(folder, 'ec', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256')
    checks, wrong, judged, now = 0, [], [], str(int(time.time()))

    def check(what, good):
        nonlocal checks
        checks += 1
        if not good:
            wrong.append(what)
    for name, key, url in (('rsa', rsa, None), ('ec', ec, None), ('rsa-t', rsa, tsa.url), ('ec-t', ec, tsa.url)):
        room.fresh()
        room.write('Bộ đội Biên phòng.')
        settings(room, url)
        check(name + ': added', room.sotay('add', 'ban', *key.words, SOURCE_DATE_EPOCH=now)[1] == 'added ban/7 v1\n')
        pdf = find(os.path.join(room.dir, 'a', 'ocfl'), 'ban.pdf')
        said = pdfsig(pdf)
        check(name + ': pdfsig', said.count('Signature is Valid') == 1 and 'Total document signed' in said and 'ETSI.CAdES.detached' in said)
        status, attributes = hanko(pdf, [key.cert, os.path.join(tsa.dir, 'cert.pem')])
        check(name + ': pyHanko: ' + status.summary(), status.bottom_line and status.coverage.name == 'ENTIRE_FILE')
        check(name + ': attributes', attributes == {'content_type', 'message_digest', 'signing_certificate_v2'})
        stamped = status.timestamp_validity
        check(name + ': time stamp', (stamped is not None and stamped.trusted) if url else stamped is None)
        check(name + ': added again', room.sotay('add', 'ban', *key.words, SOURCE_DATE_EPOCH=now)[1] == 'same ban/7 v1\n')
        check(name + ': added again, not signed', room.sotay('add', 'ban', SOURCE_DATE_EPOCH=now)[1] == 'same ban/7 v1\n')
        made = room.sotay('rebuild', 'ban', 'v1', SOURCE_DATE_EPOCH=now)[1].splitlines()
        check(name + ': made again', 'same ban.pdf, then signed' in made and all(m.startswith('same ') for m in made))
        judged.append((shutil.copy(pdf, os.path.join(room.dir, name + '.pdf')), '3a,ua1'))
        room.write('Khác.')
        status, out, err = room.sotay('add', 'ban', *key.words, SOURCE_DATE_EPOCH=now, ok=False)
        check(name + ': changed', status == 1 and '[archive-issued]' in err)
        check(name + ': corrected', room.sotay('add', 'ban', '--correction', 'sửa', *key.words, SOURCE_DATE_EPOCH=now)[1] == 'added ban/7 v2\n')
        second = [os.path.join(d, 'ban.pdf') for d, _, files in os.walk(os.path.join(room.dir, 'a', 'ocfl')) if '/v2/' in d and 'ban.pdf' in files]
        check(name + ': corrected, signed', len(second) == 1 and 'Signature is Valid' in pdfsig(second[0]))
        check(name + ': verify', room.sotay('verify', ok=False)[0] == 0 and not room.foreign())
        check(name + ': contact', '"address": "mailto:van-thu@example.org"' in room.sotay('show', 'ban')[1])
        check(name + ': no secret', PASSWORD.encode() not in whole_root(room) and open(key.path, 'rb').read()[100:200] not in whole_root(room))
        flip(pdf, 2000)
        check(name + ': changed byte', 'Signature is Valid' not in pdfsig(pdf))
    for path, said in verapdf_all(judged).items():
        check(f'{path}: {said}', said == 'pass')
    tsa.server.shutdown()
    test.n = checks
    return '\n'.join(wrong) or None


def refused(test, env):
    """Keys and authorities that will not do: told, and the archive as it was."""
    room, folder = Room(env, 'refused'), env.dir('archive-refused-keys')
    tsa = Authority(env.dir('archive-refused-tsa'))
    good, other = Key(folder, 'good'), Key(folder, 'other', usage='keyUsage=critical,keyEncipherment')
    small, edwards = Key(folder, 'small', '-newkey', 'rsa:1024'), Key(folder, 'edwards', '-newkey', 'ed25519')
    openssl(folder, 'pkcs12', '-export', '-nokeys', '-in', 'good.pem', '-out', 'keyless.p12', '-passout', 'file:password')
    secret = ['--password-file', os.path.join(folder, 'password')]
    with open(os.path.join(folder, 'wrong'), 'w', encoding='utf-8') as f:
        f.write('sai\n')
    with open(os.path.join(folder, 'cut.p12'), 'wb') as f:
        f.write(open(good.path, 'rb').read()[:300])
    room.fresh()
    room.sotay('add', 'ban')
    room.write('Khác.')
    settings(room, None)
    # name, words, the authority's path, seconds from now, exit status, what is said
    cases = [
        ('expired', good.words, None, 40 * 86400, 1, 'has expired'),
        ('not yet', good.words, None, -86400, 1, 'not valid yet'),
        ('wrong password', ['--sign', good.path, '--password-file', os.path.join(folder, 'wrong')], None, 0, 1, 'the password is wrong'),
        ('no terminal', ['--sign', good.path], None, 0, 2, 'no terminal to ask'),
        ('no password file', ['--sign', good.path, '--password-file', os.path.join(folder, 'none')], None, 0, 3, 'none'),
        ('no key file', ['--sign', os.path.join(folder, 'none.p12')] + secret, None, 0, 1, 'No such file'),
        ('no PKCS #12', ['--sign', good.cert] + secret, None, 0, 1, 'it is no PKCS #12 file'),
        ('cut', ['--sign', os.path.join(folder, 'cut.p12')] + secret, None, 0, 1, 'it is no PKCS #12 file'),
        ('no key in it', ['--sign', os.path.join(folder, 'keyless.p12')] + secret, None, 0, 1, 'no key with its certificate'),
        ('another usage', other.words, None, 0, 1, 'not for signing'),
        ('short key', small.words, None, 0, 1, 'too short'),
        ('kind of key', edwards.words, None, 0, 1, 'neither RSA nor EC'),
        ('authority: rubbish', good.words, '/rubbish', 0, 1, 'answer is not one'),
        ('authority: error', good.words, '/broken', 0, 1, 'did not answer as it should'),
        ('authority: forged', good.words, '/forged', 0, 1, 'signature of the time-stamp'),
        ('authority: hangs', good.words + ['--timeout', '1'], '/slow', 0, 1, 'did not answer in time'),
        ('authority: not there', good.words, None, 0, 1, 'did not answer as it should'),
    ]
    wrong, before, now = [], state(os.path.join(room.dir, 'a')), int(time.time())
    for name, words, path, later, status, text in cases:
        settings(room, 'http://127.0.0.1:1/' if name.endswith('not there') else tsa.url + path if path else None)
        got, _, err = room.sotay('add', 'ban', '--correction', 'sửa', *words, ok=False, SOURCE_DATE_EPOCH=str(now + later))
        if got != status or text not in err:
            wrong.append(f'{name}: status {got}: {err[:300]}')
        if state(os.path.join(room.dir, 'a')) != before:
            wrong.append(f'{name}: the archive changed')
        if PASSWORD in err:
            wrong.append(f'{name}: tells the password')
    settings(room, None)
    said = room.sotay('add', 'ban', '--correction', 'sửa', '--sign', good.path, SOTAY_SIGN_PASSWORD=PASSWORD, SOURCE_DATE_EPOCH=str(now))[1]
    if said != 'added ban/7 v2\n':
        wrong.append('password from the environment')
    tsa.server.shutdown()
    test.n = len(cases) + 1
    return '\n'.join(wrong) or None


def tests(env):
    if env.sanitized:
        return []
    return [Test(f'archive/{prefix}{name}', function, e) for prefix, e in each_program(env)
            for name, function in (('signed', signed), ('refused', refused))]
