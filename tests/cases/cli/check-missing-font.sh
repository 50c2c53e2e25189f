# status: 3
# stderr: font file .* is missing or damaged \[font-missing\]
cp -R "$ROOT/content" "$ROOT/styles" .
sed -i 's|LiberationSerif-Regular.ttf|NoSuchFont.ttf|' styles/fonts.xml
"$SOTAY" check ban-tin-01 --progress=none
