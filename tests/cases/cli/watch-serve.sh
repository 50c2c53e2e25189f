# status: 130
# stdout: ^events told$
# Pages as pictures, on this machine only, and told when they change.
mkdir -p content
printf -- '---\nkind: bulletin\nid: ban\nlanguages: [vi]\ntitle: Bản\n---\n# Một\n\nChữ.\n' >content/ban.vi.md
"$SOTAY" watch ban --progress=none --serve 0 2>log.txt &
pid=$!
i=0; until grep -q '^done' log.txt; do i=$((i + 1)); test $i -lt 300; sleep 0.05; done
python3 - "$(sed -n 's|^http://127.0.0.1:\([0-9]*\)/$|\1|p' log.txt)" <<'END'
import http.client, socket, sys
port = int(sys.argv[1])
def get(path, **headers):
    c = http.client.HTTPConnection('127.0.0.1', port, timeout=60)
    c.request('GET', path, headers=headers)
    return c.getresponse()
page = get('/')
assert page.status == 200 and b'/0/1.png' in page.read()
picture = get('/0/1.png')
assert picture.status == 200 and picture.read(8) == b'\x89PNG\r\n\x1a\n'
assert get('/', Host='example.org').status == 403
assert get('/../../etc/passwd').status == 404 and get('/7').status == 404 and get('/0/99.png').status == 404
events = get('/events')
with open('content/ban.vi.md', 'a') as f: f.write('\nThêm.\n')
assert events.fp.readline() == b'data: built\n'
print('events told')
END
kill -INT $pid
s=0
wait $pid || s=$?
exit $s
