# status: 3
# stderr: cannot write out.pdf: File too large
echo old >out.pdf
s=0
(ulimit -f 1; "$SOTAY" fo "$CASES/one-page.fo" -o out.pdf) || s=$?
test "$(cat out.pdf)" = old
test "$(ls)" = out.pdf
exit $s
