# status: 3
# stderr: ended unexpectedly
# Each worker there is crashes; new ones build the rest.
cp -R "$ROOT/content" "$ROOT/styles" .
for i in $(seq 30); do
    sed "s/^id: .*/id: nhieu-$i/" content/ket-nghia-hua-phan.vi.md >content/nhieu-$i.vi.md
    sed "s/^id: .*/id: nhieu-$i/" content/ket-nghia-hua-phan.en.md >content/nhieu-$i.en.md
done
"$SOTAY" build -j2 --keep-going --progress=none &
pid=$!
until ls out/*/*.pdf >/dev/null 2>&1; do sleep 0.01; done
kill -KILL $(pgrep -P $pid)
s=0
wait $pid || s=$?
test "$(find out -name '*.pdf' | wc -l)" -ge 60
exit $s
