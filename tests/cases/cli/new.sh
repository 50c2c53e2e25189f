# stdout: ^content/buoi-moi/
# stderr:
mkdir content
cp "$ROOT"/content/*.xml content
cp -R "$ROOT/styles" .
"$SOTAY" new handout buoi-moi
"$SOTAY" new booklet quyen-moi >/dev/null
"$SOTAY" new bulletin tin-moi >/dev/null
for kind in resolution plan report minutes; do
    "$SOTAY" new $kind $kind-moi >/dev/null
    test "$(sed -n "s/^kind: //p" content/$kind-moi/publication.yaml)" = $kind
done
! grep -rE '@(ID|DATE)@' content
"$SOTAY" build --progress=none
test -s out/buoi-moi/buoi-moi.pdf
test -s out/buoi-moi/buoi-moi.facilitator.pdf
"$SOTAY" check --progress=none
