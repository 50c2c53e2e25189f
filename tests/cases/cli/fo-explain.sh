# stderr:
LC_ALL=C "$SOTAY" fo --explain 1 "$CASES/explain.fo" >>got
LC_ALL=C "$SOTAY" fo --explain 2 "$CASES/explain.fo" >>got
LC_ALL=C "$SOTAY" fo --explain 3 "$CASES/explain.fo" >>got
LC_ALL=C "$SOTAY" fo --explain 4 "$CASES/explain.fo" >>got
diff got - <<'END'
page 1 (number 1, master page)
  column 1/1: room 84 pt, footnotes 12 pt, left 30 pt
    fo:block explain.fo:10:7: 1 lines, 12 pt “one”
    fo:block explain.fo:11:7: 1 lines, 12 pt “two”
    fo:block explain.fo:12:7: 1 lines, 12 pt “three*”
  ends before fo:block explain.fo:13:7 “head”: no break is allowed before what would not fit
  spaces: before the break, after it, without it: 0 pt, 0 pt, 0 pt
  other places:
    left 66 pt (36 pt more than now), a break is allowed; before fo:block explain.fo:11:7 “two”
    left 54 pt (24 pt more than now), a break is allowed; before fo:block explain.fo:12:7 “three*”
    left 18 pt (12 pt less than now), must stay with what follows (keep-with-next, fo:block explain.fo:13:7); before fo:block explain.fo:14:7 “aaaa aaaa aaaa aaaa aaaa aaaa”
    left 6 pt (24 pt less than now), too few lines of the paragraph before the break (orphans=2, fo:block explain.fo:14:7); before fo:block explain.fo:14:7 “aaaa bbbb bbbb bbbb bbbb bbbb”
    overflows by 6 pt, too few lines of the paragraph after the break (widows=2, fo:block explain.fo:14:7); before fo:block explain.fo:14:7 “bbbb bbbb cccc cccc cccc”
    overflows by 18 pt, a break is allowed; before fo:block explain.fo:15:7 “x”
  styles:
    "monospace" 10pt/12pt, start, #000000; orphans 2; widows 2
        = fo:block explain.fo:10:7, fo:block explain.fo:12:7
    "monospace" 10pt/12pt, start, #000000; orphans 2; widows 2; space-before 6pt
        = fo:block explain.fo:11:7
page 2 (number 2, master page)
  column 1/1: room 84 pt, left 36 pt
    fo:block explain.fo:13:7: 1 lines, 12 pt “head”
    fo:block explain.fo:14:7: 3 lines, 36 pt “aaaa aaaa aaaa aaaa aaaa aaaa”
  ends before fo:block explain.fo:15:7 “x”: a break is asked for (fo:block explain.fo:15:7)
  spaces: before the break, after it, without it: 0 pt, 0 pt, 0 pt
  other places:
    left 72 pt (36 pt more than now), must stay with what follows (keep-with-next, fo:block explain.fo:13:7); before fo:block explain.fo:14:7 “aaaa aaaa aaaa aaaa aaaa aaaa”
    left 60 pt (24 pt more than now), too few lines of the paragraph before the break (orphans=2, fo:block explain.fo:14:7); before fo:block explain.fo:14:7 “aaaa bbbb bbbb bbbb bbbb bbbb”
    left 48 pt (12 pt more than now), too few lines of the paragraph after the break (widows=2, fo:block explain.fo:14:7); before fo:block explain.fo:14:7 “bbbb bbbb cccc cccc cccc”
  styles:
    "monospace" 10pt/12pt, start, #000000; orphans 2; widows 2; keep-with-next.within-line always; keep-with-next.within-column always; keep-with-next.within-page always
        = fo:block explain.fo:13:7
    "monospace" 10pt/12pt, start, #000000; orphans 2; widows 2
        = fo:block explain.fo:14:7
page 3 (number 3, master page)
  column 1/1: room 84 pt, left 60 pt
    fo:block explain.fo:15:7: 1 lines, 12 pt “x”
    fo:block explain.fo:16:7: 1 lines, 12 pt “y”
  ends: the flow ends
  other places:
    left 72 pt, a break is allowed; before fo:block explain.fo:16:7 “y”
  styles:
    "monospace" 10pt/12pt, start, #000000; orphans 2; widows 2; break-before page
        = fo:block explain.fo:15:7
    "monospace" 10pt/12pt, start, #000000; orphans 2; widows 2
        = fo:block explain.fo:16:7
page 4: there is no such page (3)
END
