# stderr: nowhere: error: not an archive of ours: No such file
# stderr: empty: error: not an archive of ours: no archive is there
# stderr: newer: error: not an archive of ours: a newer sotay made it
# stderr: bare: error: not an archive of ours: it is an OCFL storage root without a log
# stderr: other: error: not an archive of ours: ocfl/ has another layout
# stderr: full: error: the folder is not empty
# stderr: good: error: another process is writing to this archive
# stderr: no object “nothing” in the archive
# stderr: “x” has no version v3|no object “x”
mkdir empty newer bare full
touch newer/0=sotay_archive_2 bare/0=ocfl_1.1 full/x
"$SOTAY" archive init --root good
cp -r good other
sed -i 's/"tupleSize": 3/"tupleSize": 2/' other/ocfl/extensions/*/config.json
failed() {
    want=$1
    shift
    "$SOTAY" archive "$@" && exit 9 || test $? = "$want"
}
for root in nowhere empty newer bare other; do failed 1 list --root $root; done
failed 1 init --root full
failed 1 show nothing --root good
failed 1 get x v3 --root good
failed 2 get x 0 --root good
failed 2 burn --root good
mkdir content
flock good/lock "$SOTAY" archive add x --root good -C . && exit 9 || test $? = 75
# Half a line at the log's end, as a power cut leaves it, is no damage.
printf '{"n":1' >>good/log.jsonl
"$SOTAY" archive verify --root good | grep -q '0 findings'
