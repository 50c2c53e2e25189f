# status: 2
# stderr: nothing to build: --series thu --month 2027-01 \[no-documents\]
cp -R "$CASES/../source/series/content" .
"$SOTAY" build --progress=none --series thu --month 2027-01
