# stdout: ^sinh-hoat-chi-bo.edition.xml
# stderr:
"$SOTAY" build -C "$ROOT" sinh-hoat-chi-bo -o out --progress=none
qpdf --list-attachments out/sinh-hoat-chi-bo/sinh-hoat-chi-bo.pdf
qpdf --show-attachment=sinh-hoat-chi-bo.edition.xml out/sinh-hoat-chi-bo/sinh-hoat-chi-bo.pdf >members.xml
qpdf --show-attachment=sinh-hoat-chi-bo.edition.xml out/sinh-hoat-chi-bo/sinh-hoat-chi-bo.facilitator.pdf >all.xml
! grep -qE '<facilitator|right="|<explain' members.xml
grep -q '<facilitator' all.xml
grep -q 'right="true"' all.xml
xmllint --noout --relaxng "$ROOT/styles/schemas/edition.rng" members.xml 2>&1 | grep -qx 'members.xml validates'
xmllint --noout --relaxng "$ROOT/styles/schemas/edition.rng" all.xml 2>&1 | grep -qx 'all.xml validates'
