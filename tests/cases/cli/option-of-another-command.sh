# status: 2
# stderr: build has no option --limit-pages
"$SOTAY" build --limit-pages 3
