# status: 2
# stderr: there is no rule pack “nd31”
# stdout:
"$SOTAY" rules nd31
