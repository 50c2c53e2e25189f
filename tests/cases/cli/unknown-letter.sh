# status: 2
# stderr: unknown option -z
"$SOTAY" build -z
