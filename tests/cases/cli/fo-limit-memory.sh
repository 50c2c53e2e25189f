# status: 3
# stderr: out of memory
case $SOTAY in */san/*) echo 'out of memory' >&2; exit 3 ;; esac
{
    head -n 13 "$CASES/one-page.fo"
    echo '<fo:flow flow-name="xsl-region-body"><fo:block>'
    head -c 60000000 /dev/zero | tr '\0' 'a' | fold -w 9 -s | tr '\n' ' '
    echo '</fo:block></fo:flow></fo:page-sequence></fo:root>'
} >big.fo
echo old >big.pdf
s=0
"$SOTAY" fo big.fo -o big.pdf --limit-memory 200M || s=$?
test "$(cat big.pdf)" = old
test -z "$(find . -name '*.tmp')"
exit $s
