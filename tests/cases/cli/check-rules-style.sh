# status: 1
# stderr: ^content/nghi-quyet/publication\.yaml:1:1: warning: page 1, .*: text: first line indented 8 mm; hd05 asks: first line indented by 10 mm \[rule\]$|^content/nghi-quyet/.*\.md:\d+:\d+: warning: page 1, .*: text: first line indented 8 mm; hd05 asks: first line indented by 10 mm \[rule\]$
# stdout:
# A publication of a form is held against the pack of its kind: at first in order, then with a wrong style.
mkdir content
cp -R "$ROOT/styles" .
"$SOTAY" new resolution nghi-quyet -q >/dev/null 2>&1
"$SOTAY" check -q --progress=none || exit 9
sed -i 's/<xsl:attribute name="text-indent">10mm/<xsl:attribute name="text-indent">8mm/' styles/common/form.xsl
"$SOTAY" check --progress=none
