# status: 1
cp -R "$ROOT/content" "$ROOT/styles" .
for f in ban-tin-01/so-1 ban-tin-02/so-2 sinh-hoat-chi-bo/buoi-sinh-hoat; do printf '\n```nonsense\n```\n' >>content/$f.vi.md; done
"$SOTAY" build -k -j1 2>one.txt && exit 9
"$SOTAY" build -k -j3 2>three.txt || true
cmp one.txt three.txt
exit 1
