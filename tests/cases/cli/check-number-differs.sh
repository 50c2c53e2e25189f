# status: 1
# stderr: content/ban-tin-01/so-1.en.md:\d+:\d+: 
# stderr: content/ban-tin-01/so-1.vi.md:\d+:\d+: note:
cp -R "$ROOT/content" "$ROOT/styles" .
sed -i 's/2025/2026/' content/ban-tin-01/so-1.en.md
"$SOTAY" check ban-tin-01 --progress=none
