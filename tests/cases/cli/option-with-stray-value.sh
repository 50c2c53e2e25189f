# status: 2
# stderr: --quiet takes no value
"$SOTAY" build --quiet=yes
