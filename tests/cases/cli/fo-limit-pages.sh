# status: 1
# stderr: \[layout-limit\]
sed 's|<fo:flow .*|<fo:flow flow-name="xsl-region-body"><fo:block break-after="page">1</fo:block><fo:block break-after="page">2</fo:block><fo:block>3</fo:block></fo:flow>|' "$CASES/one-page.fo" >three.fo
"$SOTAY" fo three.fo -o three.pdf --limit-pages 3
test -s three.pdf
"$SOTAY" fo three.fo -o two.pdf --limit-pages 2
