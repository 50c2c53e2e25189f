<?xml version="1.0" encoding="UTF-8"?>
<!-- Handout: A4, for one session.  The title is on the first page; the facilitator's copy says so there. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:fo="http://www.w3.org/1999/XSL/Format"
    xmlns:e="urn:sotay:edition"
    exclude-result-prefixes="e">
  <xsl:import href="common.xsl"/>

  <xsl:variable name="margin-inner">22mm</xsl:variable>
  <xsl:variable name="margin-outer">18mm</xsl:variable>
  <xsl:variable name="gutter">8mm</xsl:variable>
  <xsl:variable name="half-gutter">4mm</xsl:variable>
  <xsl:variable name="column-measure" select="229"/>
  <xsl:variable name="page-measure" select="481"/>
  <xsl:variable name="lines-per-page" select="28"/>
  <xsl:variable name="heading-offset" select="1"/>
  <xsl:variable name="gloss-in-text" select="true()"/>

  <xsl:attribute-set name="heading-1"><xsl:attribute name="font-size"><xsl:value-of select="$size * 1.25"/>pt</xsl:attribute></xsl:attribute-set>
  <xsl:attribute-set name="heading-second"><xsl:attribute name="font-size"><xsl:value-of select="$size"/>pt</xsl:attribute></xsl:attribute-set>

  <xsl:template name="opening">
    <xsl:param name="in"/>
    <fo:block border-after-style="solid" border-after-width="1.2pt" border-after-color="{$green}" padding-after="5pt" space-after="{$size * 0.4}pt" font-family="{$sans}">
      <xsl:call-template name="organisations"><xsl:with-param name="in" select="$in"/></xsl:call-template>
      <xsl:if test="$facilitator">
        <fo:block space-before="4mm" color="{$red}" font-weight="bold" font-size="{$size * 0.95}pt">
          <xsl:for-each select="$in">
            <xsl:if test="position() > 1"> · </xsl:if>
            <fo:inline xml:lang="{.}"><xsl:call-template name="word"><xsl:with-param name="id" select="'facilitator-copy'"/><xsl:with-param name="lang" select="string(.)"/></xsl:call-template></fo:inline>
          </xsl:for-each>
        </fo:block>
      </xsl:if>
      <xsl:for-each select="$in">
        <fo:block xml:lang="{.}" role="H1" hyphenate="false" line-height="1.3">
          <xsl:choose>
            <xsl:when test="position() = 1">
              <xsl:attribute name="font-size"><xsl:value-of select="$size * 2"/>pt</xsl:attribute>
              <xsl:attribute name="font-weight">bold</xsl:attribute>
              <xsl:attribute name="color"><xsl:value-of select="$green"/></xsl:attribute>
              <xsl:attribute name="space-before"><xsl:value-of select="2 + 4 * not($facilitator)"/>mm</xsl:attribute>
            </xsl:when>
            <xsl:otherwise>
              <xsl:attribute name="font-size"><xsl:value-of select="$size * 1.3"/>pt</xsl:attribute>
              <xsl:attribute name="color"><xsl:value-of select="$grey"/></xsl:attribute>
            </xsl:otherwise>
          </xsl:choose>
          <xsl:call-template name="field"><xsl:with-param name="name" select="'title'"/><xsl:with-param name="lang" select="string(.)"/></xsl:call-template>
        </fo:block>
      </xsl:for-each>
      <fo:block space-before="2mm" font-size="{$size * 0.86}pt" color="{$grey}">
        <xsl:for-each select="$in">
          <xsl:variable name="lang" select="string(.)"/>
          <fo:block xml:lang="{$lang}">
            <xsl:variable name="subtitle"><xsl:call-template name="field"><xsl:with-param name="name" select="'subtitle'"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template></xsl:variable>
            <xsl:value-of select="$subtitle"/>
            <xsl:if test="$subtitle != '' and ($date != '' or $edition/@number)"> · </xsl:if>
            <xsl:if test="$edition/@number">
              <xsl:call-template name="word"><xsl:with-param name="id" select="'number'"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
              <xsl:text>&#160;</xsl:text><xsl:value-of select="$edition/@number"/>
              <xsl:if test="$date != ''">, </xsl:if>
            </xsl:if>
            <xsl:call-template name="date"><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
          </fo:block>
        </xsl:for-each>
      </fo:block>
    </fo:block>
  </xsl:template>

  <!-- The organisation's name beside its translation. -->
  <xsl:template name="organisations">
    <xsl:param name="in"/>
    <xsl:for-each select="$in">
      <fo:block xml:lang="{.}" font-size="{$size * 0.82}pt" line-height="1.35">
        <xsl:if test="position() > 1"><xsl:attribute name="color"><xsl:value-of select="$grey"/></xsl:attribute></xsl:if>
        <xsl:call-template name="field"><xsl:with-param name="name" select="'organisation'"/><xsl:with-param name="lang" select="string(.)"/></xsl:call-template>
      </fo:block>
    </xsl:for-each>
  </xsl:template>
</xsl:stylesheet>
