# stderr:
cp "$CASES/one-page.fo" a.fo
cp "$CASES/one-page.fo" b.fo
"$SOTAY" fo a.fo b.fo --outdir out/deep
cmp out/deep/a.pdf out/deep/b.pdf
"$SOTAY" fo "$CASES/one-page.fo" -o c.pdf
cmp out/deep/b.pdf c.pdf
