# stdout: ^added ban/7 v1$
# stdout: ^same ban/7 v1$
# stdout: ^added ban/7 v2$
# stdout: ^ban/7 +v2 +2026-11-05 +handout +Bản tin thử$
# stderr: “ban/7” was issued with other bytes \(.*content/ban.vi.md.*\): a correction needs --correction
mkdir -p content
page() {
    printf -- '---\nkind: handout\nid: ban\ndate: 2026-11-05\nnumber: 7\nlanguages: [vi]\ntitle: Bản tin thử\n---\n\n# Một\n\n%s\n' "$1" >content/ban.vi.md
}
page 'Đồn biên phòng.'
"$SOTAY" archive init
"$SOTAY" archive add ban
"$SOTAY" archive add ban
page 'Đồn biên phòng Đa Lộc.'
if "$SOTAY" archive add ban; then exit 9; fi
"$SOTAY" archive add ban --correction 'thiếu tên đồn'
"$SOTAY" archive list
"$SOTAY" archive verify >verified
grep -q '^1 objects, .* 0 findings$' verified
# Both versions are there; the first one's PDF comes out of its sources again.
"$SOTAY" archive get ban v1 -o one
"$SOTAY" archive get ban v2 -o two
! cmp -s one/pdf/ban.pdf two/pdf/ban.pdf
pdftotext two/pdf/ban.pdf - | grep -q 'Đa Lộc'
test "$("$SOTAY" archive rebuild ban v1)" = "same ban.pdf
same ban.facilitator.pdf"
"$SOTAY" archive show ban | grep -q '"message": "thiếu tên đồn"'
test "$("$SOTAY" archive log | wc -l)" = 2
