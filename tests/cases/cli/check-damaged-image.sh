# status: 1
# stderr: content/ban-tin-01/so-1..*.md:\d+:\d+: warning: .*hai-tuyen.svg
cp -R "$ROOT/content" "$ROOT/styles" .
echo '<svg' >content/ban-tin-01/hai-tuyen.svg
"$SOTAY" check ban-tin-01 --progress=none
