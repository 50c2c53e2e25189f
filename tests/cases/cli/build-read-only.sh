# status: 3
# stderr: cannot write .*nothing/ban-tin-01/ban-tin-01.pdf
"$SOTAY" build -C "$ROOT" ban-tin-01 -o /proc/nothing
