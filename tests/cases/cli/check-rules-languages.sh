# status: 1
# stderr: ^content/nghi-quyet-dang-uy/nghi-quyet\.vi\.md:.* first line indented 8 mm; hd05 asks
# stdout:
# The form is the Vietnamese document's: a translation is not held against it, alone or before it.
cp -R "$ROOT/content" "$ROOT/styles" .
sed -i 's/<xsl:attribute name="text-indent">10mm/<xsl:attribute name="text-indent">8mm/' styles/common/form.xsl
"$SOTAY" check nghi-quyet-dang-uy --lang en --progress=none || exit 9
sed -i 's|^languages:.*|languages: [en, vi]|' content/nghi-quyet-dang-uy/publication.yaml
"$SOTAY" check nghi-quyet-dang-uy --progress=none 2>found.txt && exit 8
grep '\[rule\]' found.txt | grep -v 'first line indented 8 mm' && exit 7
grep '\[rule\]' found.txt >&2
exit 1
