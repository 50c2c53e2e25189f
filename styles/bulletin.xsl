<?xml version="1.0" encoding="UTF-8"?>
<!-- Bulletin: A4, two columns, a masthead with number and date; the languages one after the other. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:fo="http://www.w3.org/1999/XSL/Format"
    xmlns:e="urn:sotay:edition"
    exclude-result-prefixes="e">
  <xsl:import href="common.xsl"/>

  <!-- Two narrow columns have no room for languages side by side: asked for that, the page has one. -->
  <xsl:variable name="kind-layout" select="'sequential'"/>
  <xsl:variable name="columns">2</xsl:variable>
  <xsl:variable name="margin-inner">18mm</xsl:variable>
  <xsl:variable name="margin-outer">18mm</xsl:variable>
  <xsl:variable name="gutter">8mm</xsl:variable>
  <xsl:variable name="half-gutter">4mm</xsl:variable>
  <xsl:variable name="size">10.4</xsl:variable>
  <xsl:variable name="column-measure" select="235"/>
  <xsl:variable name="page-measure" select="235 + 258 * ($body-columns = 1)"/>
  <xsl:variable name="heading-offset" select="1"/>
  <xsl:variable name="hyphenate" select="true()"/>

  <xsl:attribute-set name="paragraph">
    <xsl:attribute name="text-align">justify</xsl:attribute>
    <xsl:attribute name="hyphenation-ladder-count">2</xsl:attribute>
  </xsl:attribute-set>

  <xsl:attribute-set name="heading-1">
    <xsl:attribute name="font-size"><xsl:value-of select="$size * 1.35"/>pt</xsl:attribute>
    <xsl:attribute name="border-before-style">solid</xsl:attribute>
    <xsl:attribute name="border-before-width">1pt</xsl:attribute>
    <xsl:attribute name="border-before-color"><xsl:value-of select="$green"/></xsl:attribute>
    <xsl:attribute name="padding-before">3pt</xsl:attribute>
    <xsl:attribute name="keep-with-next.within-column">always</xsl:attribute>
  </xsl:attribute-set>
  <xsl:attribute-set name="before-heading-1"><xsl:attribute name="space-before"><xsl:value-of select="$size * 1.2"/>pt</xsl:attribute></xsl:attribute-set>

  <!-- The masthead: of several languages the first is large. -->
  <xsl:template name="opening">
    <xsl:param name="in"/>
    <fo:block span="all" padding-after="4mm" font-family="{$sans}" hyphenate="false">
      <xsl:for-each select="$in">
        <fo:block xml:lang="{.}" font-size="9pt" color="{$grey}"><xsl:call-template name="field"><xsl:with-param name="name" select="'organisation'"/><xsl:with-param name="lang" select="string(.)"/></xsl:call-template></fo:block>
      </xsl:for-each>
      <xsl:for-each select="$in">
        <fo:block xml:lang="{.}" role="H1" line-height="1.25">
          <xsl:choose>
            <xsl:when test="position() = 1"><xsl:attribute name="font-size">30pt</xsl:attribute><xsl:attribute name="font-weight">bold</xsl:attribute><xsl:attribute name="color"><xsl:value-of select="$green"/></xsl:attribute></xsl:when>
            <xsl:otherwise><xsl:attribute name="font-size">16pt</xsl:attribute><xsl:attribute name="color"><xsl:value-of select="$grey"/></xsl:attribute></xsl:otherwise>
          </xsl:choose>
          <xsl:call-template name="field"><xsl:with-param name="name" select="'title'"/><xsl:with-param name="lang" select="string(.)"/></xsl:call-template>
        </fo:block>
      </xsl:for-each>
      <fo:table table-layout="fixed" width="100%" role="NonStruct" background-color="{$green}" color="#ffffff" font-size="9.5pt" space-before="2mm">
        <fo:table-column column-width="proportional-column-width(1)"/>
        <fo:table-column column-width="proportional-column-width(1)"/>
        <fo:table-body role="NonStruct">
          <fo:table-row role="NonStruct">
            <fo:table-cell role="Div" padding="3pt 6pt">
              <xsl:for-each select="$in">
                <xsl:variable name="lang" select="string(.)"/>
                <fo:block xml:lang="{$lang}">
                  <xsl:if test="position() = 1"><xsl:attribute name="font-weight">bold</xsl:attribute></xsl:if>
                  <xsl:if test="$edition/@number">
                    <xsl:call-template name="word"><xsl:with-param name="id" select="'number'"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
                    <xsl:text>&#160;</xsl:text><xsl:value-of select="$edition/@number"/>
                    <xsl:if test="$date != ''"> · </xsl:if>
                  </xsl:if>
                  <xsl:call-template name="date"><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
                </fo:block>
              </xsl:for-each>
            </fo:table-cell>
            <fo:table-cell role="Div" padding="3pt 6pt">
              <xsl:for-each select="$in">
                <fo:block xml:lang="{.}" text-align="end"><xsl:call-template name="field"><xsl:with-param name="name" select="'subtitle'"/><xsl:with-param name="lang" select="string(.)"/></xsl:call-template></fo:block>
              </xsl:for-each>
            </fo:table-cell>
          </fo:table-row>
        </fo:table-body>
      </fo:table>
    </fo:block>
  </xsl:template>

  <!-- A line across at the end: the columns above it come out level. -->
  <xsl:template name="closing">
    <xsl:param name="in"/>
    <fo:block span="all" padding-before="5mm" font-family="{$sans}" font-size="8pt" color="{$grey}" text-align="center">
      <fo:block padding-before="2mm" border-before-style="solid" border-before-width="0.5pt" border-before-color="{$hair}">
        <xsl:for-each select="$in">
          <fo:block xml:lang="{.}">
            <xsl:call-template name="field"><xsl:with-param name="name" select="'organisation'"/><xsl:with-param name="lang" select="string(.)"/></xsl:call-template>
            <xsl:if test="$edition/e:meta/e:field[@name = 'place']"> · <xsl:call-template name="field"><xsl:with-param name="name" select="'place'"/><xsl:with-param name="lang" select="string(.)"/></xsl:call-template></xsl:if>
          </fo:block>
        </xsl:for-each>
      </fo:block>
    </fo:block>
  </xsl:template>
</xsl:stylesheet>
