# stderr: content/buoi/bien-ban\.yaml:1:1: warning: left blank, to be filled in by hand: venue, purpose, .*, closed \[minutes-blank\]
# Minutes with a roll of 300: its header on each page, the blanks told; a change of the record makes them again.
mkdir content
cp -R "$ROOT/styles" .
"$SOTAY" new minutes buoi >/dev/null
"$SOTAY" build -q
sed -i 's/^# record/record/' content/buoi/publication.yaml
{
    printf 'opened: 14 giờ 00\nmembers: 302\npresent:\n'
    seq -f '  - {name: "Đảng viên thứ %.0f", post: tổ viên}' 300
    printf 'excused:\n  - {name: Người vắng, reason: đi công tác}\nabsent: Người không đến\n'
} >content/buoi/bien-ban.yaml
"$SOTAY" build --progress=none
pdftotext -layout out/buoi/buoi.pdf text
test "$(grep -c 'Đảng viên thứ' text)" = 300
grep -q 'có mặt.300' text
grep -q 'Vắng có lý do: Người vắng (đi công tác)\.' text
grep -q 'Vắng không có lý do: Người không đến\.' text
first=$(pdftotext out/buoi/buoi.pdf - | awk -v RS='\f' '/DANH SÁCH/ { print NR }')
pages=$(pdfinfo out/buoi/buoi.pdf | sed -n 's/Pages: *//p')
test "$pages" -gt "$((first + 7))"
for n in $(seq "$first" "$pages"); do
    pdftotext -f "$n" -l "$n" out/buoi/buoi.pdf - | grep -q 'Họ và tên'
done
sed -i 's/đi công tác/đi học/' content/buoi/bien-ban.yaml
"$SOTAY" build -q 2>/dev/null
pdftotext -layout out/buoi/buoi.pdf - | grep -q 'Người vắng (đi học)'
