# status: 3
# stderr: cannot read there-is-none.fo: No such file or directory
"$SOTAY" fo there-is-none.fo -o out.pdf
