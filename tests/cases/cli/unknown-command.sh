# status: 2
# stderr: unknown command biuld; did you mean build\?
"$SOTAY" biuld
