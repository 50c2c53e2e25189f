# stderr:
# A source that changes while it is used: what stands there in the end is of its last form.
cp -R "$ROOT/content" "$ROOT/styles" .
for i in $(seq 8); do
    "$SOTAY" build ban-tin-01 --progress=none --force &
    pid=$!
    for k in 1 2 3 4 5 6; do
        sed "s/{#mo-dau}/{#mo-dau-$i-$k}/" "$ROOT/content/ban-tin-01/so-1.vi.md" >content/ban-tin-01/so-1.vi.md
        sed "s/{#mo-dau}/{#mo-dau-$i-$k}/" "$ROOT/content/ban-tin-01/so-1.en.md" >content/ban-tin-01/so-1.en.md
        sleep 0.01
    done
    wait $pid || true
done 2>/dev/null
"$SOTAY" build ban-tin-01 --progress=none 2>/dev/null
"$SOTAY" build ban-tin-01 --progress=none -o clean
diff -r -x .sotay clean/ban-tin-01 out/ban-tin-01
