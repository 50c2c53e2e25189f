# status: 2
# stderr: --emit takes one of: edition fo areas pdf \(not html\)
"$SOTAY" build --emit=html
