# stderr:
cp -R "$ROOT/content" "$ROOT/styles" .
cd content/ban-tin-01
"$SOTAY" build . --progress=none
test -s ../../out/ban-tin-01/ban-tin-01.pdf
