# status: 2
# stderr: no project here or above
"$SOTAY" build
