# status: 1
# stderr: bad.fo:13:\d+: error: .* \[xml-error\]
# stderr: ^   13 \| <fo:page-sequence></fo:block>$
# stderr: ^      \| +\^
head -n 12 "$CASES/one-page.fo" >bad.fo
echo '<fo:page-sequence></fo:block>' >>bad.fo
echo old >out.pdf
s=0
"$SOTAY" fo bad.fo -o out.pdf || s=$?
test "$(cat out.pdf)" = old
test "$(ls | tr '\n' ' ')" = "bad.fo out.pdf "
exit $s
