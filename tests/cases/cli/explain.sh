# stdout: ^page 2 \(number
# stdout: ^  ends before fo:
# stdout: ^        styles/common/unit.xsl:\d+ \+ heading-1 \(styles/bulletin.xsl:\d+\), heading-1 \(styles/attributes.xsl:\d+\), heading \(styles/attributes.xsl:\d+\)
# stdout: ^        in fo:block styles/common/unit.xsl:\d+ \+ before-block \(styles/attributes.xsl:\d+\): space-before
# stdout: ^      [a-z0-9-]+\.1 \(p\): en content/ban-tin-01/so-1.en.md:\d+:1$
# stdout: ^  no rules of form hold: the layout is free
# stderr:
cd "$ROOT"
LC_ALL=C "$SOTAY" explain ban-tin-01 2
