# status: 1
# stderr: content/ban-tin-01/so-1.vi.md:\d+:\d+: error: .*\[unknown-directive\]
# stderr: ^\[\d+/\d+\] out/ban-tin-01/ban-tin-01.pdf: failed$
cp -R "$ROOT/content" "$ROOT/styles" .
mkdir -p out/ban-tin-01
echo old >out/ban-tin-01/ban-tin-01.pdf
printf '\n```nonsense\nx\n```\n' >>content/ban-tin-01/so-1.vi.md
"$SOTAY" build -j1 2>/dev/null && exit 9
test ! -e out/so-tay-nghi-quyet
s=0
"$SOTAY" build --keep-going -j2 || s=$?
test -s out/so-tay-nghi-quyet/so-tay-nghi-quyet.pdf
test "$(cat out/ban-tin-01/ban-tin-01.pdf)" = old
exit $s
