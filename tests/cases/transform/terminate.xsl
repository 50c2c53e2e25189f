<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:template match="/">
    <xsl:message terminate="yes">dừng</xsl:message>
    <out/>
  </xsl:template>
</xsl:stylesheet>
