# status: 1
# stderr: "id":"edition-number","file":"content/ban-tin-01/so-1.en.md","line":\d+,"column":\d+,"message":".*","related":\[\{"level":"note","id":"edition-says","file":"content/ban-tin-01/so-1.vi.md","line":\d+,"column":\d+,
cp -R "$ROOT/content" "$ROOT/styles" .
sed -i 's/2025/2026/' content/ban-tin-01/so-1.en.md
"$SOTAY" check ban-tin-01 --progress=none --message-format=json
