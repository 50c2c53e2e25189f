<?xml version="1.0" encoding="UTF-8"?>
<!-- Edition XML to XSL-FO 1.1: what all kinds of publication share.

     A kind is a file KIND.xsl that imports this one and says what is its own: page size and margins (variables), its
     pages (templates "masters" and "pages"), and whatever it wants to look different (attribute sets, templates).
     Everything not written there comes from here.

     Parts: attributes.xsl (how things look), common/page.xsl (masters, running titles, metadata, bookmarks),
     common/unit.xsl (languages side by side or one after another), common/block.xsl, common/inline.xsl,
     common/table.xsl, common/note.xsl (footnotes), common/citation.xsl, common/directive.xsl, common/quiz.xsl,
     common/chart.xsl, common/data.xsl and common/plan.xsl (tables from XML), common/words.xml (the styles' own words). -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:fo="http://www.w3.org/1999/XSL/Format"
    xmlns:fox="http://xmlgraphics.apache.org/fop/extensions"
    xmlns:e="urn:sotay:edition"
    xmlns:src="urn:sotay:source"
    xmlns:exsl="http://exslt.org/common"
    xmlns:str="http://exslt.org/strings"
    exclude-result-prefixes="e exsl str">

  <xsl:import href="attributes.xsl"/>
  <xsl:import href="common/page.xsl"/>
  <xsl:import href="common/unit.xsl"/>
  <xsl:import href="common/block.xsl"/>
  <xsl:import href="common/inline.xsl"/>
  <xsl:import href="common/table.xsl"/>
  <xsl:import href="common/note.xsl"/>
  <xsl:import href="common/directive.xsl"/>
  <xsl:import href="common/quiz.xsl"/>
  <xsl:import href="common/chart.xsl"/>
  <xsl:import href="common/data.xsl"/>
  <xsl:import href="common/plan.xsl"/>
  <xsl:import href="common/citation.xsl"/>

  <xsl:output method="xml" encoding="UTF-8" indent="no"/>

  <!-- Which copy: '' is the members', 'facilitator' shows answers, timing and what is for the facilitator. -->
  <xsl:param name="variant" select="''"/>
  <!-- Which of several copies: a version of the quiz ("1"), a size of cards ("a6"); '' where there is one. -->
  <xsl:param name="copy" select="''"/>
  <!-- Languages to show, in order ("vi en" or "vi,en"); '' is all of the edition's. -->
  <xsl:param name="languages" select="''"/>
  <!-- The date to print; '' is the edition's own. -->
  <xsl:param name="edition-date" select="''"/>
  <!-- columns, facing, interleaved, sequential; '' is the edition's own, else the kind's. -->
  <xsl:param name="layout" select="''"/>
  <!-- Whether columns and facing are made of lanes (urn:sotay:fo); 'no': of plain tables, side by side in both, for an
       FO processor that has no lanes. -->
  <xsl:param name="lanes" select="'yes'"/>

  <xsl:variable name="kind-layout" select="'columns'"/>

  <xsl:variable name="edition" select="/e:edition"/>
  <xsl:variable name="data" select="$edition/e:data"/>
  <xsl:variable name="facilitator" select="$variant = 'facilitator'"/>
  <xsl:variable name="date">
    <xsl:choose>
      <xsl:when test="$edition-date != ''"><xsl:value-of select="$edition-date"/></xsl:when>
      <xsl:otherwise><xsl:value-of select="$edition/@date"/></xsl:otherwise>
    </xsl:choose>
  </xsl:variable>

  <!-- The languages, as nodes: those asked for that the edition has. -->
  <xsl:variable name="own-languages" select="str:tokenize($edition/@languages)"/>
  <xsl:variable name="asked-languages" select="str:tokenize($languages, ' ,')"/>
  <xsl:variable name="langs"
      select="$own-languages[not($asked-languages)] | $asked-languages[. = $own-languages]"/>
  <xsl:variable name="lang1" select="string($langs[1])"/>

  <!-- How several languages stand together. -->
  <xsl:variable name="mode">
    <xsl:variable name="wish">
      <xsl:choose>
        <xsl:when test="$layout != ''"><xsl:value-of select="$layout"/></xsl:when>
        <xsl:when test="$edition/@layout"><xsl:value-of select="$edition/@layout"/></xsl:when>
        <xsl:otherwise><xsl:value-of select="$kind-layout"/></xsl:otherwise>
      </xsl:choose>
    </xsl:variable>
    <xsl:choose>
      <xsl:when test="count($langs) &lt; 2">single</xsl:when>
      <xsl:when test="$wish = 'facing' and $lanes = 'no'">columns</xsl:when>
      <xsl:otherwise><xsl:value-of select="$wish"/></xsl:otherwise>
    </xsl:choose>
  </xsl:variable>

  <xsl:variable name="in-lanes" select="$lanes != 'no' and ($mode = 'columns' or $mode = 'facing')"/>
  <xsl:variable name="facing" select="$mode = 'facing'"/>

  <xsl:template match="/e:edition">
    <fo:root xsl:use-attribute-sets="root" xml:lang="{$lang1}">
      <fo:layout-master-set><xsl:call-template name="masters"/></fo:layout-master-set>
      <xsl:call-template name="declarations"/>
      <xsl:call-template name="bookmarks"/>
      <xsl:call-template name="pages"/>
    </fo:root>
  </xsl:template>

  <!-- The author's place, for messages: on every object that came from a source. -->
  <xsl:template name="place">
    <xsl:param name="node" select="."/>
    <xsl:copy-of select="$node/@src:at"/>
  </xsl:template>

  <!-- A word of the styles' own. -->
  <xsl:variable name="words" select="document('common/words.xml')/words"/>
  <xsl:key name="word" match="w" use="@id"/>
  <xsl:template name="word">
    <xsl:param name="id"/>
    <xsl:param name="lang" select="$lang1"/>
    <xsl:for-each select="$words">
      <xsl:variable name="all" select="key('word', $id)/l"/>
      <xsl:value-of select="($all[lang($lang)] | $all[lang('en')][not($all[lang($lang)])])[1]"/>
    </xsl:for-each>
  </xsl:template>

  <!-- A date in words: 5 June 2021, ngày 05 tháng 6 năm 2021 (a leading 0 for days below 10 and months 1 and 2). -->
  <xsl:template name="date">
    <xsl:param name="lang" select="$lang1"/>
    <xsl:param name="value" select="string($date)"/>
    <xsl:variable name="y" select="number(substring($value, 1, 4))"/>
    <xsl:variable name="m" select="number(substring($value, 6, 2))"/>
    <xsl:variable name="d" select="number(substring($value, 9, 2))"/>
    <xsl:choose>
      <xsl:when test="$value = ''"/>
      <xsl:when test="$lang = 'vi'">
        <xsl:text>ngày&#160;</xsl:text><xsl:value-of select="format-number($d, '00')"/>
        <xsl:text> tháng&#160;</xsl:text>
        <xsl:if test="$m &lt; 3">0</xsl:if><xsl:value-of select="$m"/>
        <xsl:text> năm&#160;</xsl:text><xsl:value-of select="$y"/>
      </xsl:when>
      <xsl:when test="$lang = 'lo'"><xsl:value-of select="concat('ວັນທີ&#160;', $d, ' ເດືອນ&#160;', $m, ' ປີ&#160;', $y)"/></xsl:when>
      <xsl:when test="$lang = 'en'">
        <xsl:value-of select="concat($d, '&#160;', $words/months/m[$m], ' ', $y)"/>
      </xsl:when>
      <xsl:otherwise><xsl:value-of select="concat(format-number($d, '00'), '/', format-number($m, '00'), '/', $y)"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- A deadline: a year, a month of a year, or a day. -->
  <xsl:template name="deadline">
    <xsl:param name="lang" select="$lang1"/>
    <xsl:param name="value"/>
    <xsl:choose>
      <xsl:when test="string-length($value) = 10">
        <xsl:call-template name="date">
          <xsl:with-param name="lang" select="$lang"/><xsl:with-param name="value" select="$value"/>
        </xsl:call-template>
      </xsl:when>
      <xsl:when test="string-length($value) = 7">
        <xsl:call-template name="month"><xsl:with-param name="lang" select="$lang"/><xsl:with-param name="value" select="$value"/></xsl:call-template>
      </xsl:when>
      <xsl:when test="$lang = 'vi'"><xsl:value-of select="concat('năm&#160;', $value)"/></xsl:when>
      <xsl:otherwise><xsl:value-of select="$value"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- The month of a date: tháng 6 năm 2021, June 2021. -->
  <xsl:template name="month">
    <xsl:param name="lang" select="$lang1"/>
    <xsl:param name="value" select="string($date)"/>
    <xsl:variable name="m" select="number(substring($value, 6, 2))"/>
    <xsl:choose>
      <xsl:when test="$value = ''"/>
      <xsl:when test="$lang = 'vi'"><xsl:value-of select="concat('tháng&#160;', $m, ' năm&#160;', substring($value, 1, 4))"/></xsl:when>
      <xsl:when test="$lang = 'lo'"><xsl:value-of select="concat('ເດືອນ&#160;', $m, ' ປີ&#160;', substring($value, 1, 4))"/></xsl:when>
      <xsl:when test="$lang = 'en'"><xsl:value-of select="concat($words/months/m[$m], ' ', substring($value, 1, 4))"/></xsl:when>
      <xsl:otherwise><xsl:value-of select="concat(format-number($m, '00'), '/', substring($value, 1, 4))"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- A word of the metadata in a language, or the one without language. -->
  <xsl:template name="field">
    <xsl:param name="name"/>
    <xsl:param name="lang" select="$lang1"/>
    <xsl:variable name="all" select="$edition/e:meta/*[local-name() = $name or @name = $name]"/>
    <xsl:call-template name="bind">
      <xsl:with-param name="text" select="string(($all[@xml:lang = $lang] | $all[not(@xml:lang)])[1])"/>
    </xsl:call-template>
  </xsl:template>
</xsl:stylesheet>
