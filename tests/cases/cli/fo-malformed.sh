# status: 1
# stderr: bad.fo:2:\d+: error: .* \[xml-error\]
# stderr: ^    2 \| <a></b>$
# stderr: ^      \| +\^
printf '<?xml version="1.0"?>\n<a></b>\n' >bad.fo
echo old >out.pdf
s=0
"$SOTAY" fo bad.fo -o out.pdf || s=$?
test "$(cat out.pdf)" = old
test "$(ls | tr '\n' ' ')" = "bad.fo out.pdf "
exit $s
