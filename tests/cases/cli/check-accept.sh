# stderr: ^[1-9][0-9]* translations confirmed
# stderr: 04-noi-dung.en.md:9:1: warning: the original of “n1.1” changed after this was confirmed.*\[edition-stale\]
# stderr: 04-noi-dung.vi.md:9:1: note: the original is here
# stderr: ^1 translations confirmed
cp -R "$ROOT/content" "$ROOT/styles" .
lock=content/so-tay-nghi-quyet/edition.lock
"$SOTAY" check --accept all so-tay-nghi-quyet
cp $lock first
sed -i 's/Tham mưu cho Đảng ủy/Luôn tham mưu cho Đảng ủy/' content/so-tay-nghi-quyet/04-noi-dung.vi.md
"$SOTAY" check --progress none so-tay-nghi-quyet && exit 9
cmp first $lock
"$SOTAY" check --accept n1.1 so-tay-nghi-quyet
test "$(diff first $lock | grep -c '^>')" = 1
"$SOTAY" check --progress none so-tay-nghi-quyet
# confirmed before: nothing is written
stamp=$(stat -c %i $lock)
"$SOTAY" check -q --accept all so-tay-nghi-quyet
test "$stamp" = "$(stat -c %i $lock)"
