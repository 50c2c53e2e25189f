# stderr: \[image-missing\]$
# The page about a build: all documents, findings with links to their sources, pictures of pages.
cp -R "$ROOT/content" "$ROOT/styles" .
find content -mindepth 1 -maxdepth 1 -type d ! -name 'ban-tin-*' -exec rm -r {} +
printf '\n![Hình](khong-co.png)\n' >>content/ban-tin-01/so-1.vi.md
printf '\n![Figure](khong-co.png)\n' >>content/ban-tin-01/so-1.en.md
"$SOTAY" build --progress=none --report
grep -q '<html lang="en">' out/report.html
test "$(grep -c '<th scope="row">' out/report.html)" = "$(find out -name '*.pdf' | wc -l)"
grep -q 'href="../content/ban-tin-01/so-1.vi.md">content/ban-tin-01/so-1.vi.md:' out/report.html
grep -q 'href="ban-tin-01/ban-tin-01.pdf"' out/report.html
grep -q '4 documents: 4 built, 0 unchanged, 0 failed, 0 not reached' out/report.html
grep -q 'src=".sotay/pages/ban-tin-01/ban-tin-01.pdf.png"' out/report.html
LC_ALL=vi_VN.UTF-8 "$SOTAY" build --progress=none --report 2>/dev/null
grep -q '<html lang="vi">' out/report.html
grep -q '4 tài liệu: 0 đã dựng, 4 không đổi' out/report.html
