# status: 130
mkfifo pipe
echo old >out.pdf
"$SOTAY" fo pipe -o out.pdf &
pid=$!
exec 3>pipe
printf '<fo:root' >&3
sleep 0.3
kill -INT $pid
s=0
wait $pid || s=$?
test "$(cat out.pdf)" = old
exit $s
