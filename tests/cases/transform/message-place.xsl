<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:template match="/">
    <xsl:message>content/a.vi.md:12:7: hãy xem lại</xsl:message>
    <out/>
  </xsl:template>
</xsl:stylesheet>
