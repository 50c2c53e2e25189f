# status: 3
# stderr: error: out/dai/dai.pdf: not done after 1 s, twice \[worker-late\]
# One publication takes too long; the others are made.
mkdir -p content
for id in ban dai; do printf -- '---\nkind: bulletin\nid: %s\nlanguages: [vi]\ntitle: Bản\n---\n# Một\n\nChữ.\n' $id >content/$id.vi.md; done
yes 'Một hai ba bốn năm sáu bảy tám chín mười, và cứ thế mãi không thôi.
' | head -300000 >>content/dai.vi.md
s=0
"$SOTAY" build -j1 --keep-going --timeout 1 --progress=none || s=$?
test -s out/ban/ban.pdf
test ! -e out/dai/dai.pdf
exit $s
