# status: 1
# stderr: content/ban-tin-01/so-1.vi.md:\d+:\d+: warning: .*\[missing-translation\]
cp -R "$ROOT/content" "$ROOT/styles" .
printf '\nThêm một đoạn.\n' >>content/ban-tin-01/so-1.vi.md
"$SOTAY" check ban-tin-01 --progress=none
