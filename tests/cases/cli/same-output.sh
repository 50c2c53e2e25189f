# status: 1
# stderr: error: out/thu/thu.pdf would be written by two documents: thu/a and thu/b \[same-output\]
mkdir -p content/thu
printf 'kind: bulletin\nid: thu\nlanguages: [vi]\ntitle: T\nparts: [t]\n' >content/thu/publication.yaml
printf 'units:\n  - {code: a}\n  - {code: b}\noutput: thu\n' >content/thu/series.yaml
echo Chữ. >content/thu/t.vi.md
s=0
"$SOTAY" build --progress=none || s=$?
test -z "$(find out -name '*.pdf')"
exit $s
