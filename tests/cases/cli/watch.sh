# status: 130
mkdir -p content
printf -- '---\nkind: bulletin\nid: ban\nlanguages: [vi]\ntitle: Bản\n---\n# Một\n\nChữ.\n' >content/ban.vi.md
"$SOTAY" watch --progress=none 2>log.txt &
pid=$!
# Waits until the log's last lines are as they should be.
until_log() {
    i=0
    until tail -n "$1" log.txt | grep -q "$2"; do
        i=$((i + 1)); test $i -lt 300 || { cat log.txt >&2; kill $pid; exit 9; }
        sleep 0.05
    done
}
shows() { pdftotext "out/$1/$1.pdf" - | grep -q "$2"; }
until_log 1 '^done'
shows ban Chữ
# In place; as editors do it; a new publication in a new folder; an error and its end.
echo 'Thêm nữa.' >>content/ban.vi.md
until_log 2 'content/ban.vi.md'; until_log 1 '^done'
shows ban 'Thêm nữa'
sed 's/Thêm nữa/Thay rồi/' content/ban.vi.md >content/.ban.vi.md.new
mv content/.ban.vi.md.new content/ban.vi.md
sleep 0.1; until_log 1 '^done'
i=0; until shows ban 'Thay rồi'; do i=$((i + 1)); test $i -lt 100; sleep 0.05; done
mkdir content/moi
printf 'kind: bulletin\nid: moi\nlanguages: [vi]\ntitle: T\nparts: [t]\n' >content/moi/publication.yaml
echo Mới. >content/moi/t.vi.md
i=0; until test -s out/moi/moi.pdf; do i=$((i + 1)); test $i -lt 200; sleep 0.05; done
until_log 1 '^done'
printf '\n```nonsense\n```\n' >>content/ban.vi.md
until_log 1 '^ERRORS'
grep -q 'unknown directive “nonsense”' log.txt
shows ban 'Thay rồi'
sed -i '/```/d' content/ban.vi.md
until_log 1 '^done'
kill -INT $pid
s=0
wait $pid || s=$?
exit $s
