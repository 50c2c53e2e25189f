# stderr: 250 texts: 1 changed, 0 in doubt, 249 not translated
# stderr: lo edition has no partner
# Lao is begun: one heading is translated.
cp -R "$ROOT/content" "$ROOT/styles" .
id=so-tay-nghi-quyet
sed -i 's/^languages: .*/languages: [vi, en, lo]/' content/$id/publication.yaml
"$SOTAY" export po $id --lang lo
msgfmt -c -o /dev/null out/$id/$id.lo.po
python3 - <<'END'
path = 'out/so-tay-nghi-quyet/so-tay-nghi-quyet.lo.po'
text = open(path, encoding='utf-8').read()
open(path, 'w', encoding='utf-8').write(text.replace('msgid "Hữu nghị với Hủa Phăn"\nmsgstr ""', 'msgid "Hữu nghị với Hủa Phăn"\nmsgstr "ມິດຕະພາບ"'))
END
"$SOTAY" import po $id --lang lo
head -1 content/$id/06-hua-phan.lo.md | grep -qx '# ມິດຕະພາບ {#hua-phan}'
test ! -e content/$id/05-dot-pha.lo.md
"$SOTAY" check --progress none $id 2>&1 | head -200 >&2 || true
