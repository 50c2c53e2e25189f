# stderr:
cp -R "$ROOT/content" "$ROOT/styles" .
"$SOTAY" plan >one.txt
"$SOTAY" plan >two.txt
cmp one.txt two.txt
(cd content && "$SOTAY" plan) >three.txt
cmp one.txt three.txt
echo '<!-- -->' >>styles/bulletin.xsl
"$SOTAY" plan >four.txt
! cmp -s one.txt four.txt
test "$(wc -l <one.txt)" = "$(wc -l <four.txt)"
sort -c one.txt
