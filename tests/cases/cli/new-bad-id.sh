# status: 2
# stderr: an id is of small letters
mkdir content
"$SOTAY" new handout 'Bản một'
