# stdout: <page
# stderr:
"$SOTAY" fo "$CASES/one-page.fo" --emit=areas -o -
