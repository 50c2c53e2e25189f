# stderr:
"$SOTAY" build -C "$ROOT" -o a -j1 --progress=none
"$SOTAY" build -C "$ROOT" -o b -j7 --progress=none
diff -r -x .sotay a b
