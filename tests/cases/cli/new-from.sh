# stdout: ^content/ban-tin-08/publication.yaml$
# stderr:
# The next issue: masthead, number + 1, today's date, standing parts with their pictures.
cp -R "$ROOT/content" "$ROOT/styles" .
mkdir content/ban-tin-07
cat >content/ban-tin-07/publication.yaml <<'END'
# The masthead.
kind: bulletin
id: ban-tin-07
date: 2026-10-05
number: 7   # of the year
languages: [vi, en]
title:
  vi: Bản tin
  en: Bulletin
parts: [dau, thang-muoi, cuoi]
standing: [dau, cuoi]
subtitle:
  vi: Mỗi tháng
  en: Monthly
END
for l in vi en; do
    printf '# A\n\n![x](anh.svg)\n' >content/ban-tin-07/dau.$l.md
    printf '# B\n\n![x](khac.svg)\n' >content/ban-tin-07/thang-muoi.$l.md
    printf '# C\n\nx\n' >content/ban-tin-07/cuoi.$l.md
done
cp content/ban-tin-01/hai-tuyen.svg content/ban-tin-07/anh.svg
cp content/ban-tin-01/hai-tuyen.svg content/ban-tin-07/khac.svg
SOURCE_DATE_EPOCH=1793836800 TZ=UTC "$SOTAY" new bulletin ban-tin-08 --from ban-tin-07
cat >expected <<'END'
# The masthead.
kind: bulletin
id: ban-tin-08
date: 2026-11-05
number: 8   # of the year
languages: [vi, en]
title:
  vi: Bản tin
  en: Bulletin
parts:
  - dau
  - tin
  - cuoi
standing: [dau, cuoi]
subtitle:
  vi: Mỗi tháng
  en: Monthly
END
cmp expected content/ban-tin-08/publication.yaml
test "$(ls content/ban-tin-08 | tr '\n' ' ')" = "anh.svg cuoi.en.md cuoi.vi.md dau.en.md dau.vi.md hinh.svg publication.yaml tin.en.md tin.vi.md "
"$SOTAY" build ban-tin-08 --progress=none
"$SOTAY" new handout x --from ban-tin-07 2>&1 | grep -q '“ban-tin-07” is a bulletin'
