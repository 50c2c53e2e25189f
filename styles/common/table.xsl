<?xml version="1.0" encoding="UTF-8"?>
<!-- Tables: light rules, a header repeated on each page, fields to fill in where a cell holds only dots.
     Tables of one shape in several languages are one table, the languages one under another in each cell. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:fo="http://www.w3.org/1999/XSL/Format"
    xmlns:e="urn:sotay:edition"
    exclude-result-prefixes="e">

  <xsl:template match="e:table">
    <fo:block>
      <xsl:call-template name="before-block"/>
      <xsl:call-template name="own-id"/>
      <xsl:call-template name="table"><xsl:with-param name="tables" select="."/></xsl:call-template>
    </fo:block>
  </xsl:template>

  <xsl:template match="e:table" mode="across">
    <xsl:param name="in"/>
    <xsl:variable name="unit" select="ancestor::e:unit[1]"/>
    <xsl:call-template name="table">
      <xsl:with-param name="tables" select="$unit/e:v[@xml:lang = $in]/e:table"/>
    </xsl:call-template>
  </xsl:template>

  <!-- `tables`: the same table in one or more languages. -->
  <xsl:template name="table">
    <xsl:param name="tables"/>
    <fo:table xsl:use-attribute-sets="table">
      <xsl:call-template name="place"/>
      <xsl:if test="count(e:tbody/e:tr) &lt; 8"><xsl:attribute name="keep-together.within-page">always</xsl:attribute></xsl:if>
      <xsl:for-each select="e:col">
        <xsl:call-template name="column"><xsl:with-param name="tables" select="$tables"/><xsl:with-param name="nr" select="position()"/></xsl:call-template>
      </xsl:for-each>
      <fo:table-header>
        <xsl:apply-templates select="e:thead/e:tr" mode="row"><xsl:with-param name="rows" select="$tables/e:thead"/></xsl:apply-templates>
      </fo:table-header>
      <fo:table-body>
        <xsl:apply-templates select="e:tbody/e:tr" mode="row"><xsl:with-param name="rows" select="$tables/e:tbody"/></xsl:apply-templates>
        <xsl:if test="not(e:tbody/e:tr)"><fo:table-row><fo:table-cell number-columns-spanned="{count(e:col)}"><fo:block/></fo:table-cell></fo:table-row></xsl:if>
      </fo:table-body>
    </fo:table>
  </xsl:template>

  <!-- Widths follow the longest cell, within limits; a column to write in is wide. -->
  <xsl:template name="column">
    <xsl:param name="tables"/>
    <xsl:param name="nr"/>
    <xsl:variable name="blank" select="not(../e:tbody/e:tr/*[position() = $nr][translate(normalize-space(), '.…_ &#160;', '') != '']) and ../e:tbody/e:tr/*[position() = $nr][normalize-space() != '']"/>
    <xsl:variable name="longest">
      <xsl:if test="../*/e:tr/*[position() = $nr]//e:cite">9</xsl:if><!-- and more: a document in full is long -->
      <xsl:for-each select="$tables/e:col[position() = $nr]"><xsl:sort select="@chars" data-type="number" order="descending"/><xsl:if test="position() = 1"><xsl:value-of select="@chars"/></xsl:if></xsl:for-each>
    </xsl:variable>
    <xsl:variable name="most" select="34"/>
    <xsl:variable name="chars" select="($longest &lt; $most) * $longest + ($longest >= $most) * $most"/>
    <!-- where three languages share the width, a word of a narrow column still stands in it -->
    <fo:table-column column-width="proportional-column-width({4 + 2 * (count($langs) > 2) + $chars + $blank * 14})"/>
  </xsl:template>

  <xsl:template match="e:tr" mode="row">
    <xsl:param name="rows"/>
    <xsl:variable name="nr" select="position()"/>
    <fo:table-row keep-together.within-page="always">
      <xsl:call-template name="place"/>
      <xsl:apply-templates select="e:th | e:td" mode="cell"><xsl:with-param name="row" select="$rows/e:tr[$nr]"/></xsl:apply-templates>
    </fo:table-row>
  </xsl:template>

  <xsl:template match="e:th" mode="cell">
    <xsl:param name="row"/>
    <fo:table-cell xsl:use-attribute-sets="header-cell">
      <xsl:call-template name="cell"><xsl:with-param name="row" select="$row"/></xsl:call-template>
    </fo:table-cell>
  </xsl:template>

  <!-- A field to fill in -->
  <xsl:template match="e:td[normalize-space() != '' and translate(normalize-space(), '.…_ &#160;', '') = '']" mode="cell">
    <fo:table-cell xsl:use-attribute-sets="cell"><fo:block line-height="{$writing-line}">&#160;</fo:block></fo:table-cell>
  </xsl:template>

  <xsl:template match="e:td" mode="cell">
    <xsl:param name="row"/>
    <xsl:choose>
      <xsl:when test="position() = 1 and last() > 1 and ancestor::e:table[1]/e:col[1]/@chars &lt; 7">
        <fo:table-cell xsl:use-attribute-sets="code-cell"><xsl:call-template name="cell"><xsl:with-param name="row" select="$row"/></xsl:call-template></fo:table-cell>
      </xsl:when>
      <xsl:otherwise>
        <fo:table-cell xsl:use-attribute-sets="cell"><xsl:call-template name="cell"><xsl:with-param name="row" select="$row"/></xsl:call-template></fo:table-cell>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="cell">
    <xsl:param name="row"/>
    <xsl:variable name="nr" select="position()"/>
    <xsl:variable name="text" select="normalize-space()"/>
    <xsl:choose>
      <xsl:when test="@align = 'center'"><xsl:attribute name="text-align">center</xsl:attribute></xsl:when>
      <xsl:when test="@align = 'right'"><xsl:attribute name="text-align">end</xsl:attribute></xsl:when>
    </xsl:choose>
    <xsl:call-template name="place"/>
    <fo:block><xsl:apply-templates/></fo:block>
    <xsl:for-each select="($row/e:th | $row/e:td)[count(preceding-sibling::*) + 1 = $nr][normalize-space() != $text or .//e:cite]">
      <fo:block xml:lang="{ancestor::e:v[1]/@xml:lang}" xsl:use-attribute-sets="second"><xsl:apply-templates/></fo:block>
    </xsl:for-each>
  </xsl:template>
</xsl:stylesheet>
