# stderr:
"$SOTAY" --help >help.txt
! grep -qE '^  (watch|kit|rules)' help.txt
