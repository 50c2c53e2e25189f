# stderr: page.fo:\d+:\d+: warning: no object has the id
sed 's|Sổ tay|<fo:page-number-citation ref-id="nowhere"/>|' "$CASES/one-page.fo" >page.fo
"$SOTAY" fo page.fo -o page.pdf
test -s page.pdf
