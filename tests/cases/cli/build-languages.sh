# stderr:
cp -R "$ROOT/content" "$ROOT/styles" .
"$SOTAY" build ket-nghia-hua-phan --lang en --progress=none
test "$(ls out/ket-nghia-hua-phan | tr '\n' ' ')" = "ket-nghia-hua-phan.en.facilitator.pdf ket-nghia-hua-phan.en.pdf "
