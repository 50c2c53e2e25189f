# status: 2
# stderr: \x1b\[1;31merror:\x1b\[0m
"$SOTAY" build --color=always
