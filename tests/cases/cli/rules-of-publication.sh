# stdout: ^nghi-quyet: \d+ rules hold$
# stdout: ^hd05\.body-pitch: line pitch 18, 19 or 20 pt
# stdout: ^hd05\.body-size: turned off: the committee asks for 15 pt$
# stdout: ^so-tay: 0 rules hold$
# stdout: "off":"hd05\.body-size","reason":"the committee asks for 15 pt"
# stderr:
mkdir content
cp -R "$ROOT/styles" .
"$SOTAY" new resolution nghi-quyet -q >/dev/null 2>&1
"$SOTAY" new booklet so-tay -q >/dev/null 2>&1
printf 'rules-off:\n  hd05.body-size: the committee asks for 15 pt\n' >>content/nghi-quyet/publication.yaml
"$SOTAY" rules nghi-quyet >list.txt
grep '^hd05.body-size: size' list.txt && exit 9
cat list.txt
"$SOTAY" rules so-tay
"$SOTAY" rules nghi-quyet --message-format json
