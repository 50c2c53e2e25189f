# status: 1
# stderr: there is no translated unit “n1.77”.*\[no-unit\]
cp -R "$ROOT/content" "$ROOT/styles" .
"$SOTAY" check --accept n1.77 so-tay-nghi-quyet
