# stdout: ^"Language: en.n"$
# stdout: ^msgctxt "n1"$
# stderr:
"$SOTAY" export po so-tay-nghi-quyet -C "$ROOT" -o -
