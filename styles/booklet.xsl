<?xml version="1.0" encoding="UTF-8"?>
<!-- Booklet: A5, mirrored margins, a cover, contents; each first-level section begins a page. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:fo="http://www.w3.org/1999/XSL/Format"
    xmlns:svg="http://www.w3.org/2000/svg"
    xmlns:fox="http://xmlgraphics.apache.org/fop/extensions"
    xmlns:e="urn:sotay:edition"
    exclude-result-prefixes="e">
  <xsl:import href="common.xsl"/>

  <xsl:variable name="page-width">148mm</xsl:variable>
  <xsl:variable name="page-height">210mm</xsl:variable>
  <xsl:variable name="mirrored" select="true()"/>
  <xsl:variable name="margin-top">9mm</xsl:variable>
  <xsl:variable name="margin-bottom">8mm</xsl:variable>
  <xsl:variable name="margin-inner">16mm</xsl:variable>
  <xsl:variable name="margin-outer">12mm</xsl:variable>
  <xsl:variable name="header-room"><xsl:value-of select="10 + 4 * (count($langs) > 2)"/>mm</xsl:variable>
  <xsl:variable name="footer-room">10mm</xsl:variable>
  <xsl:variable name="gutter">6mm</xsl:variable>
  <xsl:variable name="half-gutter">3mm</xsl:variable>
  <xsl:variable name="size">9.3</xsl:variable>
  <xsl:variable name="leading">1.38</xsl:variable>
  <xsl:variable name="column-measure" select="161"/>
  <xsl:variable name="page-measure" select="340"/>
  <xsl:variable name="lines-per-page" select="18"/>

  <xsl:template match="e:body/e:section" mode="break">page</xsl:template>

  <xsl:template name="masters">
    <fo:simple-page-master master-name="cover" page-width="{$page-width}" page-height="{$page-height}">
      <fo:region-body background-color="{$green}"/>
    </fo:simple-page-master>
    <xsl:call-template name="simple-master"><xsl:with-param name="name" select="'front'"/><xsl:with-param name="side" select="'verso'"/><xsl:with-param name="header" select="'no-header'"/></xsl:call-template>
    <xsl:call-template name="simple-master"><xsl:with-param name="name" select="'recto'"/><xsl:with-param name="side" select="'recto'"/></xsl:call-template>
    <xsl:call-template name="simple-master"><xsl:with-param name="name" select="'verso'"/><xsl:with-param name="side" select="'verso'"/></xsl:call-template>
    <xsl:call-template name="blank-master"/>
    <fo:page-sequence-master master-name="text">
      <fo:repeatable-page-master-alternatives>
        <fo:conditional-page-master-reference blank-or-not-blank="blank" master-reference="blank"/>
        <fo:conditional-page-master-reference odd-or-even="odd" master-reference="recto"/>
        <fo:conditional-page-master-reference odd-or-even="even" master-reference="verso"/>
      </fo:repeatable-page-master-alternatives>
    </fo:page-sequence-master>
  </xsl:template>

  <xsl:template name="pages">
    <xsl:call-template name="cover"/>
    <xsl:call-template name="imprint"/>
    <fo:page-sequence master-reference="text" xml:lang="{$lang1}">
      <xsl:call-template name="statics"><xsl:with-param name="in" select="$langs"/><xsl:with-param name="apart" select="false()"/></xsl:call-template>
      <fo:flow flow-name="xsl-region-body">
        <xsl:choose>
          <xsl:when test="$mode = 'sequential'">
            <xsl:variable name="self" select="."/>
            <xsl:for-each select="$langs">
              <xsl:variable name="lang" select="."/>
              <fo:block xml:lang="{$lang}">
                <xsl:if test="position() > 1"><xsl:attribute name="break-before">page</xsl:attribute></xsl:if>
                <xsl:for-each select="$self"><xsl:call-template name="contents-of"><xsl:with-param name="in" select="$lang"/></xsl:call-template></xsl:for-each>
              </fo:block>
            </xsl:for-each>
          </xsl:when>
          <xsl:otherwise><xsl:call-template name="contents-of"><xsl:with-param name="in" select="$langs"/></xsl:call-template></xsl:otherwise>
        </xsl:choose>
      </fo:flow>
    </fo:page-sequence>
    <xsl:call-template name="body-pages"/>
  </xsl:template>

  <!-- The contents in the languages `in`, under their title. -->
  <xsl:template name="contents-of">
    <xsl:param name="in"/>
    <fo:block space-after="{$size}pt">
      <xsl:for-each select="$in">
        <xsl:variable name="title"><xsl:call-template name="word"><xsl:with-param name="id" select="'contents'"/><xsl:with-param name="lang" select="string(.)"/></xsl:call-template></xsl:variable>
        <xsl:choose>
          <xsl:when test="position() = 1">
            <fo:block role="H1" xml:lang="{.}" xsl:use-attribute-sets="heading-1">
              <xsl:attribute name="id"><xsl:text>contents</xsl:text><xsl:if test="string(.) != $lang1"><xsl:value-of select="concat('-', .)"/></xsl:if></xsl:attribute>
              <xsl:for-each select="$langs">
                <fo:marker marker-class-name="title-{.}"><xsl:call-template name="word"><xsl:with-param name="id" select="'contents'"/><xsl:with-param name="lang" select="string(.)"/></xsl:call-template></fo:marker>
              </xsl:for-each>
              <xsl:value-of select="$title"/>
            </fo:block>
          </xsl:when>
          <xsl:otherwise><fo:block role="H1" xml:lang="{.}" xsl:use-attribute-sets="heading heading-second"><xsl:value-of select="$title"/></fo:block></xsl:otherwise>
        </xsl:choose>
      </xsl:for-each>
    </fo:block>
    <xsl:call-template name="contents"><xsl:with-param name="in" select="$in"/></xsl:call-template>
  </xsl:template>

  <!-- The text after cover and contents. -->
  <xsl:template name="body-pages">
    <xsl:variable name="self" select="."/>
    <xsl:for-each select="$langs[$mode = 'sequential' or position() = 1]">
      <xsl:variable name="lang" select="string(.)"/>
      <xsl:for-each select="$self">
        <xsl:call-template name="sequence">
          <xsl:with-param name="id"><xsl:text>pages</xsl:text><xsl:if test="$mode = 'sequential'"><xsl:value-of select="concat('-', $lang)"/></xsl:if></xsl:with-param>
          <xsl:with-param name="in" select="$langs[$mode != 'sequential' or . = $lang]"/>
        </xsl:call-template>
      </xsl:for-each>
    </xsl:for-each>
  </xsl:template>

  <!-- Cover: the two border lines, land and sea, under the title. -->
  <xsl:template name="cover">
    <fo:page-sequence master-reference="cover" xml:lang="{$lang1}">
      <fo:flow flow-name="xsl-region-body">
        <fo:block-container absolute-position="absolute" left="0mm" top="118mm" width="{$page-width}" height="92.5mm">
          <fo:block line-height="1" font-size="1pt">
            <fo:instream-foreign-object role="artifact" fox:alt-text=" " content-width="{$page-width}" content-height="91.8mm" scaling="non-uniform">
              <svg:svg width="148" height="92" viewBox="0 0 148 92">
                <svg:path d="M0 44 L16 24 L29 35 L44 10 L60 34 L71 25 L104 62 L120 92 L0 92 Z" fill="#2f7259"/>
                <svg:path d="M0 58 L13 42 L27 53 L41 32 L58 54 L74 44 L96 62 L96 92 L0 92 Z" fill="#164a39"/>
                <svg:path d="M148 58 C140 55 132 61 120 59 S104 56 94 62 C86 67 80 74 74 86 L148 90 Z" fill="#3b7a96"/>
                <svg:path d="M94 70 C104 65 112 72 124 68 S142 64 148 67" fill="none" stroke="#dcebf2" stroke-width="0.7"/>
                <svg:path d="M86 78 C98 73 110 80 124 76 S142 72 148 75" fill="none" stroke="#dcebf2" stroke-width="0.7"/>
                <svg:circle cx="120" cy="26" r="9" fill="#e3b341"/>
                <svg:path d="M0 79.5 C40 76 90 84 148 78 L148 92 L0 92 Z" fill="#f7f1e1"/>
              </svg:svg>
            </fo:instream-foreign-object>
          </fo:block>
        </fo:block-container>
        <fo:block-container absolute-position="absolute" left="16mm" top="16mm" width="116mm" height="104mm" color="#ffffff" font-family="{$sans}">
          <xsl:for-each select="$langs">
            <fo:block xml:lang="{.}" font-size="8pt" line-height="1.4">
              <xsl:if test="position() > 1"><xsl:attribute name="color">#d5e6dd</xsl:attribute></xsl:if>
              <xsl:call-template name="field"><xsl:with-param name="name" select="'organisation'"/><xsl:with-param name="lang" select="string(.)"/></xsl:call-template>
            </fo:block>
          </xsl:for-each>
          <xsl:for-each select="$langs">
            <fo:block xml:lang="{.}" line-height="1.25" hyphenate="false">
              <xsl:choose>
                <xsl:when test="position() = 1"><xsl:attribute name="font-size">23pt</xsl:attribute><xsl:attribute name="font-weight">bold</xsl:attribute><xsl:attribute name="space-before">20mm</xsl:attribute></xsl:when>
                <xsl:otherwise><xsl:attribute name="font-size">14pt</xsl:attribute><xsl:attribute name="color">#d5e6dd</xsl:attribute><xsl:attribute name="space-before">2mm</xsl:attribute></xsl:otherwise>
              </xsl:choose>
              <xsl:call-template name="document-title"><xsl:with-param name="lang" select="string(.)"/></xsl:call-template>
            </fo:block>
          </xsl:for-each>
          <fo:block line-height="1" space-before="6mm" role="artifact"><fo:leader leader-pattern="rule" leader-length="22mm" rule-thickness="1.6pt" color="#e3b341"/></fo:block>
          <xsl:for-each select="$langs">
            <fo:block xml:lang="{.}" font-size="10pt" line-height="1.4" hyphenate="false">
              <xsl:attribute name="space-before"><xsl:value-of select="4 - 2 * (position() > 1)"/>mm</xsl:attribute>
              <xsl:if test="position() > 1"><xsl:attribute name="color">#d5e6dd</xsl:attribute></xsl:if>
              <xsl:call-template name="field"><xsl:with-param name="name" select="'subtitle'"/><xsl:with-param name="lang" select="string(.)"/></xsl:call-template>
            </fo:block>
          </xsl:for-each>
        </fo:block-container>
        <fo:block-container absolute-position="absolute" left="16mm" top="200mm" width="116mm" height="7mm" color="{$ink}" font-family="{$sans}" font-size="7.5pt">
          <fo:block line-height="1.4">
            <xsl:for-each select="$langs">
              <xsl:if test="position() > 1"> · </xsl:if>
              <fo:inline xml:lang="{.}"><xsl:call-template name="issue"><xsl:with-param name="lang" select="string(.)"/></xsl:call-template></fo:inline>
            </xsl:for-each>
          </fo:block>
        </fo:block-container>
        <fo:block/>
      </fo:flow>
    </fo:page-sequence>
  </xsl:template>

  <!-- Place and month. -->
  <xsl:template name="issue">
    <xsl:param name="lang"/>
    <xsl:call-template name="field"><xsl:with-param name="name" select="'place'"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
    <xsl:if test="$date != ''">
      <xsl:if test="$edition/e:meta/e:field[@name = 'place']">, </xsl:if>
      <xsl:call-template name="month"><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
    </xsl:if>
  </xsl:template>

  <!-- Inside the cover: what it is, for whom, number and date. -->
  <xsl:template name="imprint">
    <xsl:variable name="self" select="."/>
    <fo:page-sequence master-reference="front" xml:lang="{$lang1}">
      <fo:flow flow-name="xsl-region-body">
        <fo:block-container height="150mm" display-align="after" font-size="{$size * 0.95}pt">
          <xsl:for-each select="$langs">
            <xsl:variable name="lang" select="string(.)"/>
            <fo:block xml:lang="{$lang}" space-before="4mm" start-indent="0mm" end-indent="40mm">
              <xsl:if test="position() > 1"><xsl:attribute name="color"><xsl:value-of select="$grey"/></xsl:attribute></xsl:if>
              <fo:block font-family="{$sans}" font-weight="bold"><xsl:call-template name="document-title"><xsl:with-param name="lang" select="$lang"/></xsl:call-template></fo:block>
              <xsl:for-each select="$self/e:meta/e:field[@name = 'audience' or @name = 'summary' or @name = 'note'][@xml:lang = $lang or not(@xml:lang)]">
                <fo:block><xsl:call-template name="bind"><xsl:with-param name="text" select="string(.)"/></xsl:call-template></fo:block>
              </xsl:for-each>
              <fo:block space-before="1mm">
                <xsl:if test="$self/@number">
                  <xsl:call-template name="word"><xsl:with-param name="id" select="'number'"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
                  <xsl:text>&#160;</xsl:text><xsl:value-of select="$self/@number"/>
                  <xsl:if test="$date != ''">, </xsl:if>
                </xsl:if>
                <xsl:call-template name="date"><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
              </fo:block>
              <fo:block><xsl:call-template name="field"><xsl:with-param name="name" select="'organisation'"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template></fo:block>
            </fo:block>
          </xsl:for-each>
        </fo:block-container>
      </fo:flow>
    </fo:page-sequence>
  </xsl:template>
</xsl:stylesheet>
