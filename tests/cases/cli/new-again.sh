# status: 2
# stderr: is already there
mkdir content
"$SOTAY" new handout ban >/dev/null
"$SOTAY" new handout ban
