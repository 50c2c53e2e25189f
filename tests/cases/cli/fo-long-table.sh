# stdout: ^Pages: +1[0-9]{3}$
# stderr:
# Rows are forgotten when their page has ended: held whole, their tree alone would not fit.
awk 'BEGIN {
    print "<fo:root xmlns:fo=\"http://www.w3.org/1999/XSL/Format\"><fo:layout-master-set><fo:simple-page-master"
    print "master-name=\"p\" page-width=\"10cm\" page-height=\"15cm\"><fo:region-body/></fo:simple-page-master>"
    print "</fo:layout-master-set><fo:page-sequence master-reference=\"p\"><fo:flow flow-name=\"xsl-region-body\">"
    print "<fo:table><fo:table-header><fo:table-row><fo:table-cell><fo:block>Head</fo:block></fo:table-cell>"
    print "</fo:table-row></fo:table-header><fo:table-body>"
    for (i = 0; i < 40000; i++)
        printf "<fo:table-row><fo:table-cell><fo:block>Row %d</fo:block></fo:table-cell><fo:table-cell border=\"1pt solid\">" \
            "<fo:block>cell</fo:block></fo:table-cell></fo:table-row>\n", i % 100
    print "</fo:table-body></fo:table></fo:flow></fo:page-sequence></fo:root>"
}' >rows.fo
memory="--limit-memory 120M"
case $SOTAY in */san/*) memory= ;; esac
"$SOTAY" fo -q --pdf-profile none $memory rows.fo -o rows.pdf
pdfinfo rows.pdf | grep Pages
