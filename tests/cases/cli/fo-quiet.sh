# stderr:
sed 's|<fo:block>|<fo:block colour="red">|' "$CASES/one-page.fo" >page.fo
"$SOTAY" fo -q page.fo -o page.pdf
