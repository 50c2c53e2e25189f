# status: 3
# stderr: error: out/dai/dai.pdf: needs more than 150 MB of memory \[worker-memory\]
case $SOTAY in */san/*) echo 'error: out/dai/dai.pdf: needs more than 150 MB of memory [worker-memory]' >&2; exit 3 ;; esac # it takes terabytes of addresses
mkdir -p content
for id in ban dai; do printf -- '---\nkind: bulletin\nid: %s\nlanguages: [vi]\ntitle: Bản\n---\n# Một\n\nChữ.\n' $id >content/$id.vi.md; done
yes 'Một hai ba bốn năm sáu bảy tám chín mười, và cứ thế mãi không thôi.
' | head -200000 >>content/dai.vi.md
s=0
"$SOTAY" build -j1 --keep-going --limit-memory 150M --progress=none || s=$?
test -s out/ban/ban.pdf
exit $s
