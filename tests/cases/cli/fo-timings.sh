# stderr: one.pdf: layout: \d+\.\d+ ms, \d+ kB at most
# stderr: one.pdf: pdf: 
"$SOTAY" fo -v -v "$CASES/one-page.fo" -o one.pdf
