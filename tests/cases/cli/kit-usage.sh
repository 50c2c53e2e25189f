# status: 2
# stderr: ^sotay: kit takes a publication$
# stderr: ^sotay: --output must be a folder$
mkdir content
"$SOTAY" kit -o x.pdf buoi && exit 9
"$SOTAY" kit
