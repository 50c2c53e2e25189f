# status: 1
# stderr: so-1.en.md
cp -R "$ROOT/content" "$ROOT/styles" .
rm content/ban-tin-01/so-1.en.md
mkdir content/ban-tin-01/so-1.en.md
"$SOTAY" check ban-tin-01 --progress=none || s=$?
case $s in 1|3) exit 1 ;; esac
exit 9
