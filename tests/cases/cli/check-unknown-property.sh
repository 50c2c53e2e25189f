# status: 1
# stderr: unknown property “colour” \[unknown-property\]
cp -R "$ROOT/content" "$ROOT/styles" .
sed -i 's/<fo:root /<fo:root colour="red" /' styles/*.xsl styles/common/*.xsl
"$SOTAY" check so-tay-nghi-quyet --progress=none
