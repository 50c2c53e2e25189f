# status: 1
# stderr: ^content/thu/series.yaml:1:1: warning: no row of the table gives a document \[series-none\]$
cp -R "$CASES/../source/series/content" .
cp -R "$ROOT/styles" .
head -1 content/thu/units.csv >one && cat one >content/thu/units.csv
"$SOTAY" plan 2>/dev/null
"$SOTAY" check
