# status: 2
# stderr: error: there is no publication “nothing” \[no-publication\]
mkdir content
"$SOTAY" build nothing
