# What gives a quiz's answers away is not in the members' copy: not printed, not in its edition.
# stdout:
# stderr:
mkdir -p content/q
cp "$ROOT"/tests/cases/source/quiz/content/quiz/* content/q/
ln -s "$ROOT/styles" styles
"$SOTAY" build q -o out --progress=none
qpdf --show-attachment=q.edition.xml out/q/q.pdf >members.xml
qpdf --show-attachment=q.edition.xml out/q/q.facilitator.pdf >all.xml
grep -q ' answer="2"' all.xml
grep -q '<answer' all.xml
! grep -qE ' answer="|<answer|right="(true|false)"|<explain|3 to 5%|2025|Why not|Because' members.xml
qpdf --qdf --object-streams=disable out/q/q.pdf - | grep -a -qE '3 to 5|Because|Why not' && echo found || true
pdftotext out/q/q.pdf - | grep -E '2025|3 to 5|Because|Why not' || true
pdftotext out/q/q.facilitator.pdf - | grep -q '3 to 5'
xmllint --noout --relaxng "$ROOT/styles/schemas/edition.rng" members.xml 2>&1 | grep -qx 'members.xml validates'
