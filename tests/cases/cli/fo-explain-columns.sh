# stderr:
LC_ALL=C "$SOTAY" fo --explain 1 "$CASES/explain-columns.fo" >>got
LC_ALL=C "$SOTAY" fo --explain 2 "$CASES/explain-columns.fo" >>got
LC_ALL=C "$SOTAY" fo --explain 3 "$CASES/explain-columns.fo" >>got
LC_ALL=C "$SOTAY" fo --explain 4 "$CASES/explain-columns.fo" >>got
diff got - <<'END'
page 1 (number 1, master page)
  column 1/2: room 84 pt, left 60 pt
    fo:block explain-columns.fo:10:7: 1 lines, 12 pt “a1”
    fo:block explain-columns.fo:11:7: 1 lines, 12 pt “a2”
  ends before fo:block explain-columns.fo:12:7 “a3”: columns of like height
  spaces: before the break, after it, without it: 0 pt, 0 pt, 0 pt
  other places:
    left 72 pt (12 pt more than now), a break is allowed; before fo:block explain-columns.fo:11:7 “a2”
    left 48 pt (12 pt less than now), a break is allowed; before fo:block explain-columns.fo:13:7 “all”
  styles:
    "monospace" 10pt/12pt, start, #000000; orphans 1; widows 1
        = fo:block explain-columns.fo:10:7, fo:block explain-columns.fo:11:7
  column 2/2: room 84 pt, left 72 pt
    fo:block explain-columns.fo:12:7: 1 lines, 12 pt “a3”
  ends before fo:block explain-columns.fo:13:7 “all”: the span changes
  spaces: before the break, after it, without it: 0 pt, 0 pt, 0 pt
  styles:
    "monospace" 10pt/12pt, start, #000000; orphans 1; widows 1
        = fo:block explain-columns.fo:12:7
  column 1/1: room 60 pt, left 48 pt
    fo:block explain-columns.fo:13:7: 1 lines, 12 pt “all”
  ends before fo:table-row explain-columns.fo:17:7: the span changes
  spaces: before the break, after it, without it: 0 pt, 0 pt, 0 pt
  styles:
    "monospace" 10pt/12pt, start, #000000; orphans 1; widows 1
        = fo:block explain-columns.fo:13:7
  column 1/2: room 48 pt, left 24 pt
    fo:table-row explain-columns.fo:17:7: 1 pieces, 12 pt
  ends before fo:table-row explain-columns.fo:18:7: no break is allowed before what would not fit
  other places:
    left 24 pt, must stay with what follows (keep-with-next, fo:table-row explain-columns.fo:18:7); before fo:table-row explain-columns.fo:19:7
    left 12 pt (12 pt less than now), must stay whole (keep-together, fo:table-row explain-columns.fo:19:7); before fo:table-row explain-columns.fo:19:7
    overflows by 12 pt, a break is allowed; before fo:table-row explain-columns.fo:20:7
    overflows by 12 pt, cannot be divided here; before fo:table-header explain-columns.fo:15:7
  styles:
    "monospace" 10pt/12pt, start, #000000; orphans 1; widows 1
        = fo:block explain-columns.fo:17:36
  column 2/2: room 48 pt, left 0 pt
    fo:table-row explain-columns.fo:18:7: 1 pieces, 12 pt
    fo:table-row explain-columns.fo:19:7: 2 pieces, 24 pt
  ends before fo:table-row explain-columns.fo:20:7: no break is allowed before what would not fit
  other places:
    left 36 pt (36 pt more than now), must stay with what follows (keep-with-next, fo:table-row explain-columns.fo:18:7); before fo:table-row explain-columns.fo:19:7
    left 24 pt (24 pt more than now), must stay whole (keep-together, fo:table-row explain-columns.fo:19:7); before fo:table-row explain-columns.fo:19:7
    left 0 pt, cannot be divided here; before fo:table-header explain-columns.fo:15:7
    overflows by 12 pt, a break is allowed; before fo:block explain-columns.fo:22:7 “col”
  styles:
    "monospace" 10pt/12pt, start, #000000; orphans 1; widows 1
        in fo:table-row : keep-with-next.within-line always; keep-with-next.within-column always; keep-with-next.within-page always
        = fo:block explain-columns.fo:18:60
    "monospace" 10pt/12pt, start, #000000; orphans 1; widows 1
        in fo:table-row : keep-together.within-line always; keep-together.within-column always; keep-together.within-page always
        = fo:block explain-columns.fo:19:59, fo:block explain-columns.fo:19:82
page 2 (number 2, master page)
  column 1/2: room 84 pt, left 60 pt
    fo:table-row explain-columns.fo:20:7: 1 pieces, 12 pt
    fo:table-header explain-columns.fo:15:7: 1 pieces, 12 pt
  ends before fo:block explain-columns.fo:22:7 “col”: a break is asked for (fo:block explain-columns.fo:22:7)
  spaces: before the break, after it, without it: 0 pt, 0 pt, 0 pt
  other places:
    left 72 pt (12 pt more than now), cannot be divided here; before fo:table-header explain-columns.fo:15:7
  styles:
    "monospace" 10pt/12pt, start, #000000; orphans 1; widows 1
        = fo:block explain-columns.fo:20:36, fo:block explain-columns.fo:15:39
  column 2/2: room 84 pt, left 72 pt
    fo:block explain-columns.fo:22:7: 1 lines, 12 pt “col”
  ends before fo:block explain-columns.fo:23:7 “odd”: a break is asked for (fo:block explain-columns.fo:23:7)
  spaces: before the break, after it, without it: 0 pt, 0 pt, 0 pt
  styles:
    "monospace" 10pt/12pt, start, #000000; orphans 1; widows 1; break-before column
        = fo:block explain-columns.fo:22:7
page 3 (number 3, master page)
  column 1/2: room 84 pt, left 72 pt
    fo:block explain-columns.fo:23:7: 1 lines, 12 pt “odd”
  ends before fo:block explain-columns.fo:24:7 “k1”: no break is allowed before what would not fit
  spaces: before the break, after it, without it: 0 pt, 0 pt, 9 pt
  other places:
    left 51 pt (12 pt less than now), must stay whole (keep-together, fo:block explain-columns.fo:24:7); before fo:block explain-columns.fo:24:61 “k2”
    left 39 pt (24 pt less than now), must stay whole (keep-together, fo:block explain-columns.fo:24:7); before fo:block explain-columns.fo:24:84 “k3”
    left 27 pt (36 pt less than now), must stay whole (keep-together, fo:block explain-columns.fo:24:7); before fo:block explain-columns.fo:24:107 “k4”
    left 15 pt (48 pt less than now), must stay whole (keep-together, fo:block explain-columns.fo:24:7); before fo:block explain-columns.fo:24:130 “k5”
  styles:
    "monospace" 10pt/12pt, start, #000000; orphans 1; widows 1; space-after 6pt; break-before odd-page
        = fo:block explain-columns.fo:23:7
  column 2/2: room 84 pt, left 0 pt
    fo:block explain-columns.fo:24:7: 1 lines, 12 pt “k1”
    fo:block explain-columns.fo:24:61: 1 lines, 12 pt “k2”
    fo:block explain-columns.fo:24:84: 1 lines, 12 pt “k3”
    fo:block explain-columns.fo:24:107: 1 lines, 12 pt “k4”
    fo:block explain-columns.fo:24:130: 1 lines, 12 pt “k5”
    fo:block explain-columns.fo:24:153: 1 lines, 12 pt “k6”
    fo:block explain-columns.fo:24:176: 1 lines, 12 pt “k7”
  ends before fo:block explain-columns.fo:25:7 “z”: what follows does not fit
  spaces: before the break, after it, without it: 0 pt, 0 pt, 0 pt
  other places:
    left 36 pt (36 pt more than now), must stay whole (keep-together, fo:block explain-columns.fo:24:7); before fo:block explain-columns.fo:24:130 “k5”
    left 24 pt (24 pt more than now), must stay whole (keep-together, fo:block explain-columns.fo:24:7); before fo:block explain-columns.fo:24:153 “k6”
    left 12 pt (12 pt more than now), must stay whole (keep-together, fo:block explain-columns.fo:24:7); before fo:block explain-columns.fo:24:176 “k7”
  styles:
    "monospace" 10pt/12pt, start, #000000; orphans 1; widows 1; space-before 9pt; keep-together.within-line always; keep-together.within-column always; keep-together.within-page always
        = fo:block explain-columns.fo:24:7
    "monospace" 10pt/12pt, start, #000000; orphans 1; widows 1
        in fo:block : space-before 9pt; keep-together.within-line always; keep-together.within-column always; keep-together.within-page always
        = fo:block explain-columns.fo:24:61, fo:block explain-columns.fo:24:84, fo:block explain-columns.fo:24:107, fo:block explain-columns.fo:24:130, fo:block explain-columns.fo:24:153, fo:block explain-columns.fo:24:176
page 4 (number 4, master page)
  column 1/2: room 84 pt, left 72 pt
    fo:block explain-columns.fo:25:7: 1 lines, 12 pt “z”
  ends: the flow ends
  styles:
    "monospace" 10pt/12pt, start, #000000; orphans 1; widows 1
        = fo:block explain-columns.fo:25:7
END
