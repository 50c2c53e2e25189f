# stderr: 2[0-9]* texts: 0 changed, 1 in doubt, 0 not translated
# A stale translation goes out as fuzzy, and stays stale when it comes back so.
cp -R "$ROOT/content" "$ROOT/styles" .
id=so-tay-nghi-quyet
"$SOTAY" check -q --accept all $id
sed -i 's/Tham mưu cho Đảng ủy/Luôn tham mưu cho Đảng ủy/' content/$id/04-noi-dung.vi.md
cp content/$id/edition.lock before
"$SOTAY" export po $id
grep -A1 '^#, fuzzy' out/$id/$id.en.po | grep -q 'msgctxt "n1.1"'
test "$(grep -c '^#, fuzzy' out/$id/$id.en.po)" = 1
"$SOTAY" import po $id
cmp before content/$id/edition.lock
"$SOTAY" export xliff $id
grep -A3 '<trans-unit id="n1.1"' out/$id/$id.en.xlf | grep -q 'state="needs-review-translation"'
"$SOTAY" import -q xliff $id
cmp before content/$id/edition.lock
# the translator says it is right
sed -i 's/^#, fuzzy, /#, /' out/$id/$id.en.po
"$SOTAY" import -q po $id
"$SOTAY" check -q --progress none $id
test "$(diff before content/$id/edition.lock | grep -c '^>')" = 1
