<?xml version="1.0" encoding="UTF-8"?>
<!-- Trace: A4 across.  The matrix of targets and contents, and a sheet for each unit to keep or to hang up
     (common/plan.xsl).  Prose in two languages stands side by side. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:fo="http://www.w3.org/1999/XSL/Format"
    xmlns:e="urn:sotay:edition"
    exclude-result-prefixes="e">
  <xsl:import href="handout.xsl"/>

  <xsl:variable name="page-width">297mm</xsl:variable>
  <xsl:variable name="page-height">210mm</xsl:variable>
  <xsl:variable name="margin-inner">18mm</xsl:variable>
  <xsl:variable name="margin-outer">18mm</xsl:variable>
  <xsl:variable name="margin-top">10mm</xsl:variable>
  <xsl:variable name="margin-bottom">8mm</xsl:variable>
  <xsl:variable name="header-room">9mm</xsl:variable>
  <xsl:variable name="footer-room">9mm</xsl:variable>
  <xsl:variable name="column-measure" select="358"/>
  <xsl:variable name="page-measure" select="740"/>
  <!-- A sheet begins a page, which a row of lanes cannot. -->
  <xsl:variable name="in-lanes" select="false()"/>
  <xsl:variable name="facing" select="false()"/>

  <xsl:attribute-set name="table"><xsl:attribute name="font-size"><xsl:value-of select="$size * 0.82"/>pt</xsl:attribute></xsl:attribute-set>

  <xsl:template match="e:body/e:section[position() > 1][not(e:unit/e:v/e:include[@ref = 'plan' and @view = 'units'])]" mode="break">page</xsl:template>

  <!-- One line each: the matrix has its page with it. -->
  <xsl:template name="opening">
    <xsl:param name="in"/>
    <fo:block border-after-style="solid" border-after-width="1.2pt" border-after-color="{$green}" padding-after="4pt" font-family="{$sans}">
      <xsl:call-template name="organisations"><xsl:with-param name="in" select="$in"/></xsl:call-template>
      <xsl:for-each select="$in">
        <fo:block xml:lang="{.}" role="H1" hyphenate="false" line-height="1.3">
          <xsl:attribute name="font-size"><xsl:value-of select="$size * (1.2 + 0.5 * (position() = 1))"/>pt</xsl:attribute>
          <xsl:attribute name="color"><xsl:choose><xsl:when test="position() = 1"><xsl:value-of select="$green"/></xsl:when><xsl:otherwise><xsl:value-of select="$grey"/></xsl:otherwise></xsl:choose></xsl:attribute>
          <xsl:if test="position() = 1"><xsl:attribute name="font-weight">bold</xsl:attribute><xsl:attribute name="space-before">2mm</xsl:attribute></xsl:if>
          <xsl:call-template name="field"><xsl:with-param name="name" select="'title'"/><xsl:with-param name="lang" select="string(.)"/></xsl:call-template>
        </fo:block>
      </xsl:for-each>
      <fo:block font-size="{$size * 0.86}pt" color="{$grey}">
        <xsl:for-each select="$in">
          <xsl:variable name="lang" select="string(.)"/>
          <xsl:if test="position() > 1"> · </xsl:if>
          <fo:inline xml:lang="{$lang}">
            <xsl:call-template name="field"><xsl:with-param name="name" select="'subtitle'"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
            <xsl:if test="$edition/e:meta/e:field[@name = 'subtitle'] and $date != ''">, </xsl:if>
            <xsl:call-template name="date"><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
          </fo:inline>
        </xsl:for-each>
      </fo:block>
    </fo:block>
  </xsl:template>
</xsl:stylesheet>
