# stderr: content/bb/a\.yaml:1:1: warning: left blank
# stderr: content/bb/b\.yaml:1:1: warning: left blank
# Minutes of each cell: a record of its own; what changes makes that cell's anew.
mkdir content
cp -R "$ROOT/styles" .
"$SOTAY" new minutes bb >/dev/null
sed -i 's/^parts:/organisation: Chi bộ ${unit.name}\nsignature: {post: Chủ trì, name: "${unit.chair}"}\nrecord: ${unit.code}.yaml\nparts:/' content/bb/publication.yaml
printf 'key: code\nunits:\n  - {code: a, name: Một, chair: Nguyễn A}\n  - {code: b, name: Hai, chair: Trần B}\n' >content/bb/series.yaml
printf 'opened: 8 giờ\n' >content/bb/a.yaml
printf 'opened: 9 giờ\n' >content/bb/b.yaml
"$SOTAY" build --progress=none
pdftotext out/bb/a.pdf - | grep -q 'CHI BỘ MỘT'
pdftotext out/bb/a.pdf - | grep -q 'lúc.8 giờ'
pdftotext out/bb/b.pdf - | grep -q 'lúc.9 giờ'
pdftotext out/bb/b.pdf - | grep -q 'Trần B'
cp out/bb/a.pdf before.pdf
printf 'opened: 10 giờ\n' >content/bb/b.yaml
"$SOTAY" build --progress=none 2>/dev/null
cmp out/bb/a.pdf before.pdf
pdftotext out/bb/b.pdf - | grep -q 'lúc.10 giờ'
