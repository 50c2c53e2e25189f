# stdout: ^  build 
# stdout: ^  doctor 
# stdout: ^Exit status:
# stderr:
"$SOTAY" --help
