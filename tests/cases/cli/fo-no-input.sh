# status: 2
# stderr: no input
"$SOTAY" fo -o out.pdf
