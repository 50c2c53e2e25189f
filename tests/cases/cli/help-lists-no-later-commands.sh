# stderr:
"$SOTAY" --help >help.txt
! grep -qE '^  (kit|rules)' help.txt
