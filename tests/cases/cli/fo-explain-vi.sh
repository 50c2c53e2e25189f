# stderr:
LC_ALL=vi_VN.UTF-8 "$SOTAY" fo --explain 1 "$CASES/explain.fo" >>got
diff got - <<'END'
trang 1 (số 1, khuôn page)
  cột 1/1: chỗ 84 pt, chú thích 12 pt, còn 30 pt
    fo:block explain.fo:10:7: 1 dòng, 12 pt “one”
    fo:block explain.fo:11:7: 1 dòng, 12 pt “two”
    fo:block explain.fo:12:7: 1 dòng, 12 pt “three*”
  hết trước fo:block explain.fo:13:7 “head”: không được ngắt trước phần không còn vừa
  khoảng trống: trước chỗ ngắt, sau chỗ ngắt, nếu không ngắt: 0 pt, 0 pt, 0 pt
  các chỗ khác:
    còn 66 pt (36 pt nhiều hơn hiện nay), được ngắt; trước fo:block explain.fo:11:7 “two”
    còn 54 pt (24 pt nhiều hơn hiện nay), được ngắt; trước fo:block explain.fo:12:7 “three*”
    còn 18 pt (12 pt ít hơn hiện nay), phải đi liền phần sau (keep-with-next, fo:block explain.fo:13:7); trước fo:block explain.fo:14:7 “aaaa aaaa aaaa aaaa aaaa aaaa”
    còn 6 pt (24 pt ít hơn hiện nay), trước chỗ ngắt còn quá ít dòng của đoạn (orphans=2, fo:block explain.fo:14:7); trước fo:block explain.fo:14:7 “aaaa bbbb bbbb bbbb bbbb bbbb”
    tràn 6 pt, sau chỗ ngắt còn quá ít dòng của đoạn (widows=2, fo:block explain.fo:14:7); trước fo:block explain.fo:14:7 “bbbb bbbb cccc cccc cccc”
    tràn 18 pt, được ngắt; trước fo:block explain.fo:15:7 “x”
  kiểu trình bày:
    "monospace" 10pt/12pt, start, #000000; orphans 2; widows 2
        = fo:block explain.fo:10:7, fo:block explain.fo:12:7
    "monospace" 10pt/12pt, start, #000000; orphans 2; widows 2; space-before 6pt
        = fo:block explain.fo:11:7
END
