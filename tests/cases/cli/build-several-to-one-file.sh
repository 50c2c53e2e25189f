# status: 2
# stderr: several publications cannot go to one file: all.pdf
"$SOTAY" build -C "$ROOT" -o all.pdf
