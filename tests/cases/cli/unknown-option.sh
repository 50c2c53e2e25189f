# status: 2
# stderr: unknown option --keep-goign; did you mean --keep-going\?
# stderr: ^Try: sotay build --help$
"$SOTAY" build --keep-goign
