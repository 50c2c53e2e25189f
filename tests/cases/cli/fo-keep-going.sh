# status: 1
# stderr: bad.fo:1
printf '<a></b>\n' >bad.fo
cp "$CASES/one-page.fo" good.fo
s=0
"$SOTAY" fo bad.fo good.fo --outdir out && exit 9
test ! -e out/good.pdf
"$SOTAY" fo bad.fo good.fo --outdir out --keep-going 2>err.txt || s=$?
cat err.txt >&2
test -s out/good.pdf
exit $s
