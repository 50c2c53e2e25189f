# status: 1
# stderr: ^content/ba/series.yaml:2:6: error: the table has no column “ma” \[series-column\]
# stderr: ^content/hai/t.csv:1:1: error: this file is UTF-16
# Nothing is built when it is not known what.
cp -R "$CASES/../source/series-table/content" .
s=0
"$SOTAY" build --progress=none || s=$?
test -z "$(find out -name '*.pdf')"
exit $s
