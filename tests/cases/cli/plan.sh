# stdout: ^\{"id":"ban-tin-01","kind":"bulletin","variant":"","languages":\["vi","en"\],.*"output":"out/ban-tin-01/ban-tin-01.pdf","key":"[0-9a-f]{64}"\}$
# stderr:
"$SOTAY" plan -C "$ROOT"
