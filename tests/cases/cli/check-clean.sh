# stdout:
# stderr:
"$SOTAY" check -C "$ROOT" --progress=none
test -z "$(ls)"
