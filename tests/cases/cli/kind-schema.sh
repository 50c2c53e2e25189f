# A kind's schema narrows the edition's: what it does not allow is told at the author's place, a schema that is not one at its own.
# status: 1
# stderr: ^content/to-roi\.vi\.md:9:1: error: leaflet: Did not expect element facilitator there
# stderr: ^schema-without-start$
# stderr: kinds/leaflet\.rng:2: error: .*could not load .*no-such\.rng
# stdout: ^good$
mkdir -p content styles/schemas/kinds
cp -r "$ROOT/styles/common" "$ROOT/styles/common.xsl" "$ROOT/styles/attributes.xsl" styles/
cp "$ROOT/styles/fonts.xml" styles/
cp "$ROOT/styles/schemas/edition.rng" styles/schemas/
cat >styles/leaflet.xsl <<'X'
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"><xsl:import href="common.xsl"/></xsl:stylesheet>
X
cat >styles/schemas/kinds/leaflet.rng <<'X'
<grammar xmlns="http://relaxng.org/ns/structure/1.0" ns="urn:sotay:edition">
  <include href="../edition.rng">
    <define name="kind"><attribute name="kind"><value>leaflet</value></attribute></define>
    <define name="directive"><choice><ref name="notes"/><ref name="include"/></choice></define>
  </include>
</grammar>
X
printf -- '---\nkind: leaflet\ntitle: Tờ rơi\n---\n# Một\n\nHai.\n' >content/to-roi.vi.md
"$SOTAY" build -q to-roi 2>/dev/null && echo good
printf '\n```facilitator\nBa.\n```\n' >>content/to-roi.vi.md
"$SOTAY" build -q to-roi 2>errors || test $? = 1
cat errors >&2
test "$(grep -c 'error:' errors)" = 1
echo schema-without-start >&2
sed -i 's/edition\.rng/no-such.rng/' styles/schemas/kinds/leaflet.rng
"$SOTAY" check to-roi >&2
