# stdout: ^PDF header: 1\.7$|Sổ tay
# stderr:
"$SOTAY" fo - -o - <"$CASES/one-page.fo" >one.pdf
pdftotext one.pdf -
