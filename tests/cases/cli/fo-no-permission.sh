# status: 3
# stderr: cannot write .*one.pdf
mkdir -p /proc/self/nothing 2>/dev/null && exit 9
"$SOTAY" fo "$CASES/one-page.fo" -o /proc/self/nothing/one.pdf
