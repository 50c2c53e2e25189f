# stderr:
"$SOTAY" build -C "$ROOT" ban-tin-01 --impose booklet --creep 0.1mm -o out --progress=none
test "$(ls out/ban-tin-01 | tr '\n' ' ')" = "ban-tin-01.pdf ban-tin-01.print.pdf "
"$SOTAY" build -C "$ROOT" so-tay-nghi-quyet --impose none -o out --progress=none
test "$(ls out/so-tay-nghi-quyet)" = so-tay-nghi-quyet.pdf
