# status: 2
# stdout:
# stderr: --explain writes no document
"$SOTAY" fo --explain 1 -o x.pdf "$CASES/explain.fo"
