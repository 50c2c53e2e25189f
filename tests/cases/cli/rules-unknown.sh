# status: 2
# stderr: there is no rule pack “nd31”; there are: hd05, hd36, nd30 \[unknown-pack\]$
# stdout:
"$SOTAY" rules nd31
