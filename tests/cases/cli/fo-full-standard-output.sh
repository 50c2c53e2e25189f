# status: 3
# stderr: cannot write -: No space left on device
"$SOTAY" fo "$CASES/one-page.fo" -o - >/dev/full
