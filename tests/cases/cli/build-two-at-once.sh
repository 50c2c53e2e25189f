# status: 75
# stderr: ^sotay: note: another build is at work in out: try again later, or --wait \[busy\]$
cp -R "$ROOT/content" "$ROOT/styles" .
rm -r content/*/
for i in $(seq 30); do
    sed "s/^id: .*/id: nhieu-$i/" content/ket-nghia-hua-phan.vi.md >content/nhieu-$i.vi.md
    sed "s/^id: .*/id: nhieu-$i/" content/ket-nghia-hua-phan.en.md >content/nhieu-$i.en.md
done
"$SOTAY" build -j1 --progress=none &
until ls out/*/*.pdf >/dev/null 2>&1; do sleep 0.01; done
s=0
"$SOTAY" build --progress=none || s=$?
"$SOTAY" build --progress=plain --wait 2>&1 | grep -qx '0 built, [0-9]* unchanged'
wait
exit $s
