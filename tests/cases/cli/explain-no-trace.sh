# stdout: ^ok$
# stderr:
# What explain adds to the stylesheets is in no ordinary build.
cd "$ROOT"
"$SOTAY" build ban-tin-01 --emit=fo -o - --progress=none >"$OLDPWD/a.fo"
! grep -q 's:origin\|sotay-origin' "$OLDPWD/a.fo"
echo ok
