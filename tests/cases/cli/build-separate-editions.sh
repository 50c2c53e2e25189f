# Each language a document of its own: by the publication, not where a layout of several is asked for.
# status: 2
# stderr: one-output
cp -R "$ROOT/content" "$ROOT/styles" .
for lang in vi en; do
    sed -i 's/^kind: handout/kind: handout\neditions: separate/' content/ket-nghia-hua-phan.$lang.md
done
"$SOTAY" build ket-nghia-hua-phan --progress=none
test "$(ls out/ket-nghia-hua-phan | tr '\n' ' ')" = "ket-nghia-hua-phan.en.facilitator.pdf ket-nghia-hua-phan.en.pdf ket-nghia-hua-phan.vi.facilitator.pdf ket-nghia-hua-phan.vi.pdf "
pdfinfo out/ket-nghia-hua-phan/ket-nghia-hua-phan.en.pdf | grep -q 'Title: *Neighbours across the border'
pdftotext out/ket-nghia-hua-phan/ket-nghia-hua-phan.vi.pdf - | grep -q 'Láng giềng'
! pdftotext out/ket-nghia-hua-phan/ket-nghia-hua-phan.vi.pdf - | grep -q Neighbours
"$SOTAY" build ket-nghia-hua-phan --lang en -o english --progress=none
test "$(ls english/ket-nghia-hua-phan | wc -l)" = 2
"$SOTAY" build ket-nghia-hua-phan --layout facing -o facing --progress=none
test -f facing/ket-nghia-hua-phan/ket-nghia-hua-phan.pdf
"$SOTAY" build ket-nghia-hua-phan -o one.pdf --progress=none
