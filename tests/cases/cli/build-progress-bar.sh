# stderr: 1/1 \d+\.\d/s 0:00 out/ban-tin-01/ban-tin-01.pdf
cp -R "$ROOT/content" "$ROOT/styles" .
"$SOTAY" build ban-tin-01 --progress=bar
