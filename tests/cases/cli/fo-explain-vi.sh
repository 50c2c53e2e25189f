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
    còn 66 pt, được ngắt; trước fo:block explain.fo:11:7 “two”
    còn 54 pt, được ngắt; trước fo:block explain.fo:12:7 “three*”
    còn 18 pt, keep-with-next (fo:block explain.fo:13:7); trước fo:block explain.fo:14:7 “aaaa aaaa aaaa aaaa aaaa aaaa”
    còn 6 pt, orphans=2 (fo:block explain.fo:14:7); trước fo:block explain.fo:14:7 “aaaa bbbb bbbb bbbb bbbb bbbb”
    tràn 6 pt, widows=2 (fo:block explain.fo:14:7); trước fo:block explain.fo:14:7 “bbbb bbbb cccc cccc cccc”
    tràn 18 pt, được ngắt; trước fo:block explain.fo:15:7 “x”
END
