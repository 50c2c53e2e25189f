# status: 1
# stderr: edition.lock:3:1: error: a merge is unfinished here.*\[edition-lock\]
# stderr: ^    3 . <<<<<<< ours
cp -R "$ROOT/content" "$ROOT/styles" .
lock=content/ban-tin-01/edition.lock
printf '# sotay edition.lock 1 vi\n\n<<<<<<< ours\nx en 0000000000000001 0000000000000002\n=======\n>>>>>>> theirs\n' >$lock
cp $lock before
"$SOTAY" check --accept all ban-tin-01 || status=$?
cmp before $lock
exit $status
