# status: 3
# stderr: error: out/ban/ban.pdf: its worker ended by signal 9 \(.*\), twice \[worker-crashed\]
mkdir -p content
printf -- '---\nkind: handout\nid: ban\nlanguages: [vi]\ntitle: Bản\n---\n# Một\n\nChữ.\n' >content/ban.vi.md
yes 'Một hai ba bốn năm sáu bảy tám chín mười.
' | head -40000 >>content/ban.vi.md
mkdir -p out/ban
echo old >out/ban/ban.pdf
# The leak checker of a sanitizer is a child too, and would wait for ever when it is killed.
ASAN_OPTIONS=detect_leaks=0 "$SOTAY" build -j1 --progress=none &
pid=$!
while kill -0 $pid 2>/dev/null; do
    for child in $(pgrep -P $pid); do kill -KILL $child 2>/dev/null || true; done
done
s=0
wait $pid || s=$?
test "$(cat out/ban/ban.pdf)" = old
exit $s
