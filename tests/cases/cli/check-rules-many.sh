# status: 1
# stderr: ^5 places$
# stderr: : note: and 4 more like it$
# stdout:
# Of one rule the first places are told, the others counted.
sed '/s:component="point"/s/>\(.\)) />\1. /' "$CASES/../rules/nd30.fo" >x.fo
"$SOTAY" check x.fo --rules nd30 2>found.txt && exit 9
echo "$(grep -c 'nd30 asks: points: “a)” \[rule\]' found.txt) places" >&2
cat found.txt >&2
exit 1
