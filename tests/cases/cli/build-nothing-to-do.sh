# stderr: ^0 built, \d+ unchanged$
# stderr: content/ban-tin-01/so-1.vi.md:\d+:\d+: warning: .*\[image-missing\]
# What was said is said again, and no output is touched.
cp -R "$ROOT/content" "$ROOT/styles" .
rm -r content/so-tay* content/huu*
printf '\n![Hình](khong-co.png)\n' >>content/ban-tin-01/so-1.vi.md
printf '\n![Figure](khong-co.png)\n' >>content/ban-tin-01/so-1.en.md
"$SOTAY" build --progress=none 2>one.txt
find out -name '*.pdf' -printf '%p %T@ %i\n' | sort >before.txt
"$SOTAY" build --progress=none 2>two.txt
cmp one.txt two.txt
"$SOTAY" build --progress=none -j1 ban-tin-01 2>three.txt
cmp one.txt three.txt
find out -name '*.pdf' -printf '%p %T@ %i\n' | sort | cmp before.txt -
"$SOTAY" build --progress=plain
LC_ALL=vi_VN.UTF-8 "$SOTAY" build --progress=none 2>&1 | grep -q 'cảnh báo: không đọc được hình'
