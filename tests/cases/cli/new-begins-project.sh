# stdout: ^content/sotay.yaml$
# stdout: ^content/mot/publication.yaml$
# A project begins in an empty folder, with the program's styles; every kind builds there and is found right.
"$SOTAY" new handout mot
for template in "$ROOT"/styles/templates/*/; do "$SOTAY" new "$(basename "$template")" "thu-$(basename "$template")" >/dev/null; done
"$SOTAY" build -q
"$SOTAY" check -q
for template in "$ROOT"/styles/templates/*/; do test -n "$(find "out/thu-$(basename "$template")" -name '*.pdf')"; done
# Elsewhere nothing begins.
mkdir other && echo note >other/note.txt
! "$SOTAY" new handout hai -C other >/dev/null 2>&1 || exit 9
test "$(ls other)" = note.txt
