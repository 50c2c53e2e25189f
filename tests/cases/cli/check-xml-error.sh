# status: 1
# stderr: content/plan.xml:\d+:\d+: error: .*\[xml-error\]
cp -R "$ROOT/content" "$ROOT/styles" .
sed -i 's|</plan>|</plam>|' content/plan.xml
"$SOTAY" check so-tay-nghi-quyet --progress=none
