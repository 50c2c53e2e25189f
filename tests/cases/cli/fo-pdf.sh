# stdout: ^Pages:\s+1$
# stderr:
"$SOTAY" fo "$CASES/one-page.fo" -o one.pdf
pdfinfo one.pdf
test "$(ls)" = one.pdf
