# stderr:
# Killed at any moment, the next build leaves what one build leaves.
cp -R "$ROOT/content" "$ROOT/styles" .
rm -r content/*/
for i in $(seq 12); do
    sed "s/^id: .*/id: nhieu-$i/" content/ket-nghia-hua-phan.vi.md >content/nhieu-$i.vi.md
    sed "s/^id: .*/id: nhieu-$i/" content/ket-nghia-hua-phan.en.md >content/nhieu-$i.en.md
done
"$SOTAY" build --progress=none -o clean
for wait in 0.02 0.1 0.2 0.3 0.5; do
    "$SOTAY" build --progress=none &
    pid=$!
    sleep $wait
    kill -KILL $pid 2>/dev/null || true
    wait $pid 2>/dev/null || true
done
"$SOTAY" build --progress=none
diff -r -x .sotay clean out
"$SOTAY" build --progress=plain 2>&1 | grep -qx '0 built, [0-9]* unchanged'
