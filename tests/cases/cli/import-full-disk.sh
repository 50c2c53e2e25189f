# status: 3
# stderr: cannot write .*ban-tin-01/so-1.en.md: File too large
# Nothing is lost when a file cannot be written.
cp -R "$ROOT/content" "$ROOT/styles" .
"$SOTAY" export po ban-tin-01
sed -i 's/^msgstr "\([A-Z]\)/msgstr "X\1/' out/ban-tin-01/ban-tin-01.en.po
cp -R content before
s=0
(ulimit -f 1; "$SOTAY" import po ban-tin-01) || s=$?
diff -r before content
exit $s
