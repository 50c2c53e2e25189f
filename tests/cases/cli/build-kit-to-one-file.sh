# A publication with a kit, to one file: the members' copy.  Editions that are separate are several.
cp -R "$ROOT/content" "$ROOT/styles" .
"$SOTAY" build -q sinh-hoat-chi-bo -o one.pdf
"$SOTAY" build -q sinh-hoat-chi-bo -o out
cmp one.pdf out/sinh-hoat-chi-bo/sinh-hoat-chi-bo.pdf
"$SOTAY" build -q sinh-hoat-chi-bo --emit=fo -o - | head -2 | grep -q '<fo:root '
sed -i 's/^kind: handout/kind: handout\neditions: separate/' content/ket-nghia-hua-phan.*.md
s=0
"$SOTAY" build -q ket-nghia-hua-phan -o two.pdf 2>said || s=$?
test $s = 2
grep -q 'several publications cannot go to one file: two.pdf' said
