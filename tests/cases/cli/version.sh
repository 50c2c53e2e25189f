# stdout: ^sotay \d+\.\d+\.\d+$
# stderr:
"$SOTAY" --version
