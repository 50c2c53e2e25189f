# stderr:
"$SOTAY" --help >help.txt
! grep -qE '^  (watch|kit|merge|rules)' help.txt
