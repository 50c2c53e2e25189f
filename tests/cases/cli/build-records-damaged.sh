# stderr: warning: the build records out/.sotay/build.db are damaged: they are now out/.sotay/build.db.damaged-1
cp -R "$ROOT/content" "$ROOT/styles" .
"$SOTAY" build ban-tin-01 ban-tin-02 --progress=none
head -c 5000 /dev/zero | dd of=out/.sotay/build.db bs=1 seek=4000 conv=notrunc 2>/dev/null
"$SOTAY" build ban-tin-01 --progress=none
test -s out/.sotay/build.db.damaged-1
"$SOTAY" build ban-tin-01 --progress=plain 2>&1 | grep -qx '0 built, 1 unchanged'
echo 'not a database, but long enough to be taken for one at first sight, perhaps' >out/.sotay/build.db
"$SOTAY" build ban-tin-01 --progress=plain 2>&1 | grep -q 'damaged-2'
"$SOTAY" build ban-tin-01 --progress=plain 2>&1 | grep -qx '0 built, 1 unchanged'
