# status: 2
# stderr: --output needs PATH
"$SOTAY" fo in.fo -o
