# stderr: page.fo:\d+:\d+: warning: unknown property “colour” \[unknown-property\]
sed 's|<fo:block>|<fo:block colour="red">|' "$CASES/one-page.fo" >page.fo
"$SOTAY" fo page.fo -o page.pdf
