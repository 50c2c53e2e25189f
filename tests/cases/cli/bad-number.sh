# status: 2
# stderr: --jobs takes a number of 1 or more \(not 0\)
"$SOTAY" build -j0
