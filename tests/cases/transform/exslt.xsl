<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:m="http://exslt.org/math" xmlns:s="http://exslt.org/strings" xmlns:d="http://exslt.org/dates-and-times">
  <xsl:template match="/">
    <out max="{m:max(//@start)}" random="{function-available('m:random')}" clock="{function-available('d:date-time')}"><xsl:value-of select="count(s:tokenize('a b c'))"/></out>
  </xsl:template>
</xsl:stylesheet>
