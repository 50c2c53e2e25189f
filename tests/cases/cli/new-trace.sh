# stdout: ^content/plan.xml
# stdout: ^content/resolution.xml
# stdout: ^content/theo-doi/publication.yaml
# stderr:
# A plan and its targets are made where there are none, and kept where there are.
mkdir content
cp -R "$ROOT/styles" .
"$SOTAY" new trace theo-doi
"$SOTAY" check --progress=none
"$SOTAY" build --progress=none
test -s out/theo-doi/theo-doi.pdf
echo '<!-- mine -->' >>content/plan.xml
"$SOTAY" new trace lan-hai >kept
! grep -q xml kept
grep -q mine content/plan.xml
"$SOTAY" check --progress=none
