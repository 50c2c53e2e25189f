<?xml version="1.0" encoding="UTF-8"?>
<!-- Nghị quyết: party headings, with form=state articles. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:import href="common.xsl"/>
  <xsl:import href="common/form.xsl"/>
  <xsl:variable name="form-code">NQ</xsl:variable>
  <xsl:variable name="form-name">form-resolution</xsl:variable>
  <xsl:variable name="kind-numbering"><xsl:choose><xsl:when test="$party">headings</xsl:when><xsl:otherwise>articles</xsl:otherwise></xsl:choose></xsl:variable>
</xsl:stylesheet>
