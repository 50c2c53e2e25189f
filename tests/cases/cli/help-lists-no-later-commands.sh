# stderr:
"$SOTAY" --help >help.txt
! grep -qE '^  (watch|kit|archive|merge|export)' help.txt
