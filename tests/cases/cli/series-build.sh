# stdout: ^\{"id":"thu","unit":"don-01","month":"2026-01","kind":"bulletin",.*"content/thu/series.yaml","content/thu/thu.en.md".*"content/thu/units.csv".*"output":"out/thu/quan-son/don-01-2026-01.pdf","key":"[0-9a-f]{64}"\}$
# stderr:
cp -R "$CASES/../source/series/content" .
cp -R "$ROOT/styles" .
"$SOTAY" plan >plan.txt
cat plan.txt
test "$(wc -l <plan.txt)" = 4
sort -c plan.txt
"$SOTAY" build --progress=none
test "$(cd out/thu && find . -name '*.pdf' | sort | tr '\n' ' ')" = "./nghi-son/don-03-2026-01.pdf ./nghi-son/don-03-2026-02.pdf ./quan-son/don-01-2026-01.pdf ./quan-son/don-01-2026-02.pdf "
pdftotext out/thu/quan-son/don-01-2026-02.pdf - | grep -q 'Đồn \*Na Mèo\*'
# One row changes one unit.
sed -i 's/Hải Hòa;Hải/Hải Hoà;Hải/' content/thu/units.csv
"$SOTAY" build --progress=plain 2>&1 | grep -qx '2 built, 2 unchanged'
"$SOTAY" build --progress=plain --force thu/don-01 2>&1 | grep -q '^\[2/2\]'
"$SOTAY" build --progress=plain --force --series bulletin --month 2026-02 2>&1 | grep -q '^\[1/2\] out/thu/quan-son/don-01-2026-02.pdf'
# As alone, so among all.
"$SOTAY" build --progress=none -o alone thu/don-01 -j1
cmp alone/thu/quan-son/don-01-2026-01.pdf out/thu/quan-son/don-01-2026-01.pdf
