# stdout: --limit-pages N
# stderr:
for c in build fo check new plan doctor; do
    "$SOTAY" $c --help >help.txt
    grep -q "^usage: sotay $c " help.txt
    grep -q -- --message-format help.txt
done
"$SOTAY" fo --help
