# status: 2
# stdout:
# stderr: ^sotay: no command$
# stderr: ^Try: sotay --help$
"$SOTAY"
