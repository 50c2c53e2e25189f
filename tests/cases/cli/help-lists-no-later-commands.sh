# stderr:
"$SOTAY" --help >help.txt
! grep -qE '^  rules' help.txt
