<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:template match="/">
    <xsl:message>kiểm tra</xsl:message>
    <out/>
  </xsl:template>
</xsl:stylesheet>
