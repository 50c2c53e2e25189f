# status: 130
cp -R "$ROOT/content" "$ROOT/styles" .
for i in $(seq 60); do
    sed "s/^id: .*/id: nhieu-$i/" content/ket-nghia-hua-phan.vi.md >content/nhieu-$i.vi.md
    sed "s/^id: .*/id: nhieu-$i/" content/ket-nghia-hua-phan.en.md >content/nhieu-$i.en.md
done
"$SOTAY" build -j2 --progress=none &
pid=$!
until ls out/*/*.pdf >/dev/null 2>&1; do sleep 0.02; done
kill -INT $pid
s=0
wait $pid || s=$?
sleep 0.3
test -z "$(find out -name '*.tmp')"
exit $s
