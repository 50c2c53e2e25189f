# stdout: ^Pages: +[0-9]+$
# stderr:
# More items than are laid out at a time, and pages without notes: those of pages that have ended are
# gone while later ones still wait to be broken.
awk 'BEGIN {
    print "<fo:root xmlns:fo=\"http://www.w3.org/1999/XSL/Format\"><fo:layout-master-set><fo:simple-page-master"
    print "master-name=\"p\" page-width=\"10cm\" page-height=\"15cm\"><fo:region-body/></fo:simple-page-master>"
    print "</fo:layout-master-set><fo:page-sequence master-reference=\"p\"><fo:flow flow-name=\"xsl-region-body\">"
    for (i = 0; i < 3000; i++)
        printf "<fo:block>Text %d%s</fo:block>\n", i, i % 100 ? "" : "<fo:footnote><fo:inline>*</fo:inline>" \
            "<fo:footnote-body><fo:block>Note</fo:block></fo:footnote-body></fo:footnote>"
    print "</fo:flow></fo:page-sequence></fo:root>"
}' >notes.fo
"$SOTAY" fo -q --pdf-profile none notes.fo -o notes.pdf
pdfinfo notes.pdf | grep Pages
