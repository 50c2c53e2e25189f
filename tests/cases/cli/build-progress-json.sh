# stderr: ^\{"done":1,"total":1,"output":"out/ban-tin-01/ban-tin-01.pdf","good":true\}$
cp -R "$ROOT/content" "$ROOT/styles" .
"$SOTAY" build ban-tin-01 --progress=json
