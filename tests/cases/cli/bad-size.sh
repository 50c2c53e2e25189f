# status: 2
# stderr: --limit-memory takes a size
"$SOTAY" fo in.fo -o out.pdf --limit-memory=much
