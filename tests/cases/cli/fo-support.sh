# stdout: ^fo:block
# stderr:
"$SOTAY" fo --support
