# status: 2
# stderr: no output
"$SOTAY" fo in.fo
