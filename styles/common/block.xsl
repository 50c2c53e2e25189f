<?xml version="1.0" encoding="UTF-8"?>
<!-- Blocks inside a unit: paragraphs, lists, quotations, code, pictures. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:fo="http://www.w3.org/1999/XSL/Format"
    xmlns:fox="http://xmlgraphics.apache.org/fop/extensions"
    xmlns:svg="http://www.w3.org/2000/svg"
    xmlns:e="urn:sotay:edition"
    xmlns:src="urn:sotay:source"
    exclude-result-prefixes="e src">

  <!-- Space between blocks: the unit has its own before it, so the first block has none; tight lists have none. -->
  <xsl:template name="before-block">
    <xsl:if test="preceding-sibling::* and not(parent::e:li[../@tight = 'true'])">
      <xsl:attribute name="space-before"><xsl:value-of select="$size * 0.5"/>pt</xsl:attribute>
    </xsl:if>
  </xsl:template>

  <!-- The id an author gave to a block inside a unit. -->
  <xsl:template name="own-id">
    <xsl:if test="@id">
      <xsl:attribute name="id">
        <xsl:value-of select="@id"/>
        <xsl:if test="string(ancestor::e:v[1]/@xml:lang) != $lang1"><xsl:value-of select="concat('-', ancestor::e:v[1]/@xml:lang)"/></xsl:if>
      </xsl:attribute>
    </xsl:if>
  </xsl:template>

  <xsl:template match="e:p">
    <fo:block xsl:use-attribute-sets="paragraph">
      <xsl:call-template name="before-block"/>
      <xsl:call-template name="own-id"/>
      <xsl:call-template name="place"/>
      <xsl:apply-templates/>
    </fo:block>
  </xsl:template>

  <!-- In a box a first paragraph that is all strong is its title. -->
  <xsl:template match="e:quote/e:p[1][count(*) = 1 and e:strong and normalize-space(text()) = '']">
    <fo:block xsl:use-attribute-sets="box-title">
      <xsl:call-template name="place"/>
      <xsl:apply-templates select="e:strong/node()"/>
    </fo:block>
  </xsl:template>

  <!-- Lists -->
  <xsl:template match="e:ul | e:ol">
    <fo:list-block xsl:use-attribute-sets="list">
      <xsl:call-template name="before-block"/>
      <xsl:call-template name="own-id"/>
      <xsl:call-template name="place"/>
      <!-- Two-digit numbers need more room. -->
      <xsl:if test="self::e:ol and @start + count(e:li) > 10">
        <xsl:attribute name="provisional-distance-between-starts"><xsl:value-of select="$size * 1.9"/>pt</xsl:attribute>
      </xsl:if>
      <xsl:apply-templates/>
    </fo:list-block>
  </xsl:template>

  <xsl:template match="e:li">
    <fo:list-item>
      <xsl:if test="position() > 1">
        <xsl:attribute name="space-before"><xsl:value-of select="$size * (0.15 + 0.35 * (../@tight = 'false'))"/>pt</xsl:attribute>
      </xsl:if>
      <xsl:call-template name="own-id"/>
      <xsl:call-template name="place"/>
      <fo:list-item-label end-indent="label-end()"><fo:block xsl:use-attribute-sets="label"><xsl:apply-templates select="." mode="label"/></fo:block></fo:list-item-label>
      <fo:list-item-body start-indent="body-start()">
        <xsl:apply-templates/>
        <xsl:if test="not(*)"><fo:block/></xsl:if>
      </fo:list-item-body>
    </fo:list-item>
  </xsl:template>

  <xsl:template match="e:ul/e:li" mode="label">•</xsl:template>
  <xsl:template match="e:ul//e:ul/e:li" mode="label">–</xsl:template>
  <xsl:template match="e:ol/e:li" mode="label">
    <xsl:value-of select="../@start + count(preceding-sibling::e:li)"/>
    <xsl:value-of select="../@delimiter"/>
  </xsl:template>
  <xsl:template match="e:li[@checked]" mode="label" priority="2">
    <xsl:variable name="lang" select="ancestor::e:v[1]/@xml:lang"/>
    <xsl:call-template name="check-box">
      <xsl:with-param name="checked" select="@checked = 'true'"/>
      <xsl:with-param name="alt">
        <xsl:choose>
          <xsl:when test="@checked = 'true'"><xsl:call-template name="word"><xsl:with-param name="id" select="'done'"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template></xsl:when>
          <xsl:otherwise><xsl:call-template name="word"><xsl:with-param name="id" select="'to-do'"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template></xsl:otherwise>
        </xsl:choose>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template name="check-box">
    <xsl:param name="checked" select="false()"/>
    <xsl:param name="alt"/>
    <fo:instream-foreign-object fox:alt-text="{$alt}" alignment-baseline="alphabetic" content-width="{$size * 0.8}pt" content-height="{$size * 0.8}pt">
      <svg:svg width="10" height="10" viewBox="0 0 10 10">
        <svg:rect x="0.6" y="0.6" width="8.8" height="8.8" fill="none" stroke="{$green}" stroke-width="0.9"/>
        <xsl:if test="$checked"><svg:path d="M2.2 5.2 L4.3 7.4 L8 2.6" fill="none" stroke="{$green}" stroke-width="1.4"/></xsl:if>
      </svg:svg>
    </fo:instream-foreign-object>
  </xsl:template>

  <!-- A quotation is a box.  `boxed`: the box is already around both languages. -->
  <xsl:template match="e:quote">
    <xsl:param name="boxed"/>
    <xsl:choose>
      <xsl:when test="$boxed"><xsl:apply-templates/></xsl:when>
      <xsl:otherwise>
        <xsl:call-template name="boxed"><xsl:with-param name="box" select="'box'"/><xsl:with-param name="content"><xsl:apply-templates/></xsl:with-param></xsl:call-template>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="e:pre">
    <fo:block xsl:use-attribute-sets="pre">
      <xsl:call-template name="before-block"/>
      <xsl:call-template name="own-id"/>
      <xsl:call-template name="place"/>
      <xsl:value-of select="."/>
    </fo:block>
  </xsl:template>

  <xsl:template match="e:rule" name="rule">
    <fo:block xsl:use-attribute-sets="rule"><xsl:call-template name="place"/></fo:block>
  </xsl:template>
  <xsl:template match="e:rule" mode="across"><xsl:call-template name="rule"/></xsl:template>

  <!-- Pictures with their caption.  Never wider than the measure. -->
  <xsl:template match="e:figure">
    <fo:block keep-together.within-page="always">
      <xsl:call-template name="before-block"/>
      <xsl:call-template name="own-id"/>
      <xsl:call-template name="picture"/>
      <xsl:if test="@title"><fo:block xsl:use-attribute-sets="figure-caption"><xsl:call-template name="bind"><xsl:with-param name="text" select="@title"/></xsl:call-template></fo:block></xsl:if>
    </fo:block>
  </xsl:template>

  <xsl:template match="e:figure" mode="across">
    <xsl:param name="in"/>
    <xsl:variable name="unit" select="ancestor::e:unit[1]"/>
    <fo:block keep-together.within-page="always">
      <xsl:call-template name="picture"/>
      <xsl:for-each select="$in">
        <xsl:variable name="lang" select="string(.)"/>
        <xsl:variable name="title" select="$unit/e:v[@xml:lang = $lang]/e:figure/@title"/>
        <xsl:if test="$title">
          <fo:block xsl:use-attribute-sets="figure-caption" xml:lang="{$lang}"><xsl:call-template name="bind"><xsl:with-param name="text" select="$title"/></xsl:call-template></fo:block>
        </xsl:if>
      </xsl:for-each>
    </fo:block>
  </xsl:template>

  <xsl:template name="picture">
    <fo:block text-align="center" line-height="1">
      <fo:external-graphic src="url('{@src}')" fox:alt-text="{@alt}" content-height="scale-to-fit" scaling="uniform">
        <xsl:attribute name="width"><xsl:value-of select="@width"/><xsl:if test="not(@width)">100%</xsl:if></xsl:attribute>
        <xsl:attribute name="content-width">scale-to-fit</xsl:attribute>
        <xsl:call-template name="place"/>
      </fo:external-graphic>
    </fo:block>
  </xsl:template>

  <xsl:attribute-set name="figure-caption">
    <xsl:attribute name="font-family"><xsl:value-of select="$sans"/></xsl:attribute>
    <xsl:attribute name="font-size"><xsl:value-of select="$size * 0.82"/>pt</xsl:attribute>
    <xsl:attribute name="color"><xsl:value-of select="$grey"/></xsl:attribute>
    <xsl:attribute name="space-before">2pt</xsl:attribute>
    <xsl:attribute name="keep-with-previous.within-page">always</xsl:attribute>
  </xsl:attribute-set>
</xsl:stylesheet>
