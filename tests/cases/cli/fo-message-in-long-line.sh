# stderr: ^long.fo:1:[0-9]+: warning: .*padding-start
# stderr: ^    1 \| .*</fo:block><fo:block padding-start="wrong">
# stderr: ^      \| {76}\^$
head='<fo:root xmlns:fo="http://www.w3.org/1999/XSL/Format"><fo:layout-master-set><fo:simple-page-master master-name="p" page-width="99pt" page-height="99pt"><fo:region-body/></fo:simple-page-master></fo:layout-master-set><fo:page-sequence master-reference="p"><fo:flow flow-name="xsl-region-body">'
{
    printf '%s' "$head"
    for i in $(seq 300); do printf '<fo:block>đồn %s</fo:block>' "$i"; done
    printf '<fo:block padding-start="wrong">x</fo:block></fo:flow></fo:page-sequence></fo:root>'
} >long.fo
"$SOTAY" fo long.fo -o long.pdf
