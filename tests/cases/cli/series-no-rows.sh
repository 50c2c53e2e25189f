# status: 1
# stderr: ^content/thu/series.yaml:1:1: warning: no document comes of this series: its table has 0 rows \[series-none\]$
cp -R "$CASES/../source/series/content" .
cp -R "$ROOT/styles" .
head -1 content/thu/units.csv >one && cat one >content/thu/units.csv
"$SOTAY" plan 2>/dev/null
"$SOTAY" check
