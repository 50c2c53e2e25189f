# status: 1
# stderr: ^content/nghi-quyet/publication\.yaml:\d+:3: error: “hd05\.body-pitch” is turned off without a reason \[rule-off-reason\]$
# stderr: ^content/nghi-quyet/publication\.yaml:\d+:3: error: there is no rule “hd05\.body-pich”: .* \[unknown-rule\]$
# stderr: ^content/nghi-quyet/publication\.yaml:\d+:8: error: there is no rule pack “hd50”; there are: hd05, hd36, nd30 \[unknown-pack\]$
# stdout:
# A rule can be turned off for a reason, by a publication or the project.
mkdir content
cp -R "$ROOT/styles" .
"$SOTAY" new resolution nghi-quyet -q >/dev/null 2>&1
sed -i 's/<xsl:attribute name="text-indent">10mm/<xsl:attribute name="text-indent">8mm/' styles/common/form.xsl
cp content/nghi-quyet/publication.yaml keep.yaml
"$SOTAY" check -q --progress=none 2>/dev/null && exit 8
printf 'rules-off:\n  hd05.body-indent: the printing house sets it so\n' >>content/nghi-quyet/publication.yaml
"$SOTAY" check --progress=none 2>&1 | grep body-indent && exit 7
cp keep.yaml content/nghi-quyet/publication.yaml
printf 'rules-off:\n  hd05.body-indent: the printing house sets it so\n' >content/sotay.yaml
"$SOTAY" check --progress=none 2>&1 | grep body-indent && exit 6
printf 'rules-off:\n  hd05.body-pitch:\n' >>content/nghi-quyet/publication.yaml
"$SOTAY" check --progress=none || true
cp keep.yaml content/nghi-quyet/publication.yaml
printf 'rules-off:\n  hd05.body-pich: "why"\n' >>content/nghi-quyet/publication.yaml
"$SOTAY" check --progress=none || true
cp keep.yaml content/nghi-quyet/publication.yaml
printf 'rules: [hd50]\n' >>content/nghi-quyet/publication.yaml
"$SOTAY" check --progress=none
