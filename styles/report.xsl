<?xml version="1.0" encoding="UTF-8"?>
<!-- Báo cáo. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:import href="common.xsl"/>
  <xsl:import href="common/form.xsl"/>
  <xsl:variable name="form-code">BC</xsl:variable>
  <xsl:variable name="form-name">form-report</xsl:variable>
</xsl:stylesheet>
