<?xml version="1.0" encoding="UTF-8"?>
<!-- Sections and units: the languages side by side and level unit by unit, one under another, or alone.

     Mode "flow" goes through the body in the languages `in`; blocks inside a v know their language from it.  In lanes it
     makes rows, a unit a row and a language a cell; without lanes each pair is a table. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:fo="http://www.w3.org/1999/XSL/Format"
    xmlns:s="urn:sotay:fo"
    xmlns:e="urn:sotay:edition"
    xmlns:src="urn:sotay:source"
    exclude-result-prefixes="e src">

  <!-- Where the title of the publication is the first heading, its sections begin at 2. -->
  <xsl:variable name="heading-offset" select="0"/>

  <!-- A unit of fewer characters is not cut by a page break. -->
  <xsl:variable name="short" select="170"/>

  <!-- The id of a section or unit in a sequence: each language apart has its own. -->
  <xsl:template name="id">
    <xsl:param name="id"/>
    <xsl:param name="in"/>
    <xsl:value-of select="$id"/>
    <xsl:if test="$mode = 'sequential' and string($in[1]) != $lang1"><xsl:value-of select="concat('-', $in[1])"/></xsl:if>
  </xsl:template>

  <xsl:template name="side-padding">
    <xsl:if test="position() > 1"><xsl:attribute name="padding-start"><xsl:value-of select="$half-gutter"/></xsl:attribute></xsl:if>
    <xsl:if test="position() != last()"><xsl:attribute name="padding-end"><xsl:value-of select="$half-gutter"/></xsl:attribute></xsl:if>
  </xsl:template>

  <!-- What each cell of a pair begins with: indents of the box around do not reach into it. -->
  <xsl:template name="pair-columns">
    <xsl:for-each select="$langs"><fo:table-column column-width="proportional-column-width(1)"/></xsl:for-each>
  </xsl:template>

  <!-- Sections and headings -->
  <xsl:template match="e:section" mode="flow">
    <xsl:param name="in"/>
    <xsl:variable name="depth" select="count(ancestor-or-self::e:section)"/>
    <xsl:apply-templates select="e:unit[1]" mode="heading">
      <xsl:with-param name="in" select="$in"/><xsl:with-param name="depth" select="$depth"/>
    </xsl:apply-templates>
    <xsl:apply-templates select="*[position() > 1]" mode="flow"><xsl:with-param name="in" select="$in"/></xsl:apply-templates>
  </xsl:template>

  <!-- A kind says which sections begin a page ("page"). -->
  <xsl:template match="e:section" mode="break">auto</xsl:template>

  <xsl:template match="e:unit" mode="heading">
    <xsl:param name="in"/>
    <xsl:param name="depth"/>
    <xsl:variable name="unit" select="."/>
    <xsl:variable name="break"><xsl:apply-templates select=".." mode="break"/></xsl:variable>
    <xsl:variable name="id"><xsl:call-template name="id"><xsl:with-param name="id" select="../@id"/><xsl:with-param name="in" select="$in"/></xsl:call-template></xsl:variable>
    <xsl:choose>
      <xsl:when test="$in-lanes">
        <xsl:variable name="cells">
          <xsl:for-each select="$in">
            <xsl:variable name="lang" select="string(.)"/>
            <xsl:for-each select="$unit[e:v[@xml:lang = $lang]]">
              <s:cell lane="{$lang}">
                <xsl:call-template name="language"><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
                <xsl:call-template name="heading-block"><xsl:with-param name="depth" select="$depth"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
              </s:cell>
            </xsl:for-each>
          </xsl:for-each>
        </xsl:variable>
        <xsl:call-template name="spaced-heading">
          <xsl:with-param name="element" select="'s:row'"/><xsl:with-param name="id" select="$id"/>
          <xsl:with-param name="depth" select="$depth"/><xsl:with-param name="break" select="$break"/><xsl:with-param name="content" select="$cells"/>
        </xsl:call-template>
      </xsl:when>
      <xsl:when test="$mode = 'columns' and $depth > 1">
        <xsl:variable name="table">
          <fo:table id="{$id}" table-layout="fixed" width="100%" role="NonStruct" keep-with-next.within-page="always">
            <xsl:call-template name="place"/>
            <xsl:call-template name="pair-columns"/>
            <fo:table-body role="NonStruct">
              <fo:table-row role="NonStruct" keep-together.within-page="always">
                <xsl:for-each select="$in">
                  <xsl:variable name="lang" select="string(.)"/>
                  <fo:table-cell role="Div">
                    <xsl:call-template name="language"><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
                    <xsl:call-template name="side-padding"/>
                    <xsl:for-each select="$unit">
                      <xsl:call-template name="heading-block"><xsl:with-param name="depth" select="$depth"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
                    </xsl:for-each>
                  </fo:table-cell>
                </xsl:for-each>
              </fo:table-row>
            </fo:table-body>
          </fo:table>
        </xsl:variable>
        <xsl:call-template name="spaced-heading">
          <xsl:with-param name="depth" select="$depth"/><xsl:with-param name="break" select="$break"/><xsl:with-param name="content" select="$table"/>
        </xsl:call-template>
      </xsl:when>
      <xsl:otherwise>
        <xsl:variable name="blocks">
          <xsl:for-each select="$in">
            <xsl:variable name="lang" select="string(.)"/>
            <xsl:variable name="second" select="position() > 1"/>
            <xsl:for-each select="$unit">
              <xsl:call-template name="heading-block">
                <xsl:with-param name="depth" select="$depth"/><xsl:with-param name="lang" select="$lang"/><xsl:with-param name="second" select="$second"/>
                <xsl:with-param name="id"><xsl:if test="not($second)"><xsl:value-of select="$id"/></xsl:if></xsl:with-param>
              </xsl:call-template>
            </xsl:for-each>
          </xsl:for-each>
        </xsl:variable>
        <xsl:call-template name="spaced-heading">
          <xsl:with-param name="depth" select="$depth"/><xsl:with-param name="break" select="$break"/><xsl:with-param name="content" select="$blocks"/>
        </xsl:call-template>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- The space before a heading, around what it is made of. -->
  <xsl:template name="spaced-heading">
    <xsl:param name="element" select="'fo:block'"/>
    <xsl:param name="id"/>
    <xsl:param name="depth"/>
    <xsl:param name="break"/>
    <xsl:param name="content"/>
    <xsl:choose>
      <xsl:when test="$depth = 1">
        <xsl:element name="{$element}" use-attribute-sets="before-heading-1"><xsl:call-template name="heading-row"><xsl:with-param name="id" select="$id"/><xsl:with-param name="break" select="$break"/><xsl:with-param name="content" select="$content"/></xsl:call-template></xsl:element>
      </xsl:when>
      <xsl:when test="$depth = 2">
        <xsl:element name="{$element}" use-attribute-sets="before-heading-2"><xsl:call-template name="heading-row"><xsl:with-param name="id" select="$id"/><xsl:with-param name="break" select="$break"/><xsl:with-param name="content" select="$content"/></xsl:call-template></xsl:element>
      </xsl:when>
      <xsl:otherwise>
        <xsl:element name="{$element}" use-attribute-sets="before-heading-3"><xsl:call-template name="heading-row"><xsl:with-param name="id" select="$id"/><xsl:with-param name="break" select="$break"/><xsl:with-param name="content" select="$content"/></xsl:call-template></xsl:element>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="heading-row">
    <xsl:param name="id"/>
    <xsl:param name="break"/>
    <xsl:param name="content"/>
    <xsl:attribute name="keep-with-next.within-page">always</xsl:attribute>
    <xsl:attribute name="break-before"><xsl:value-of select="$break"/></xsl:attribute>
    <xsl:if test="$id != ''"><xsl:attribute name="id"><xsl:value-of select="$id"/></xsl:attribute><xsl:call-template name="place"/></xsl:if>
    <xsl:copy-of select="$content"/>
  </xsl:template>

  <!-- A heading in one language.  Deeper than three levels they look alike. -->
  <xsl:template name="heading-block">
    <xsl:param name="depth"/>
    <xsl:param name="lang"/>
    <xsl:param name="second" select="false()"/>
    <xsl:param name="id"/>
    <xsl:choose>
      <xsl:when test="$second">
        <fo:block xsl:use-attribute-sets="heading heading-second">
          <xsl:call-template name="heading-content"><xsl:with-param name="depth" select="$depth"/><xsl:with-param name="lang" select="$lang"/><xsl:with-param name="id" select="$id"/></xsl:call-template>
        </fo:block>
      </xsl:when>
      <xsl:when test="$depth = 1">
        <fo:block xsl:use-attribute-sets="heading-1">
          <xsl:call-template name="heading-content"><xsl:with-param name="depth" select="$depth"/><xsl:with-param name="lang" select="$lang"/><xsl:with-param name="id" select="$id"/></xsl:call-template>
        </fo:block>
      </xsl:when>
      <xsl:when test="$depth = 2">
        <fo:block xsl:use-attribute-sets="heading-2">
          <xsl:call-template name="heading-content"><xsl:with-param name="depth" select="$depth"/><xsl:with-param name="lang" select="$lang"/><xsl:with-param name="id" select="$id"/></xsl:call-template>
        </fo:block>
      </xsl:when>
      <xsl:otherwise>
        <fo:block xsl:use-attribute-sets="heading-3">
          <xsl:call-template name="heading-content"><xsl:with-param name="depth" select="$depth"/><xsl:with-param name="lang" select="$lang"/><xsl:with-param name="id" select="$id"/></xsl:call-template>
        </fo:block>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- Role, id, place, marker and text of a heading, inside its block. -->
  <xsl:template name="heading-content">
    <xsl:param name="depth"/>
    <xsl:param name="lang"/>
    <xsl:param name="id"/>
    <xsl:variable name="v" select="e:v[@xml:lang = $lang]"/>
    <xsl:variable name="level" select="$depth + $heading-offset"/>
    <xsl:if test="$v">
      <xsl:attribute name="role"><xsl:value-of select="concat('H', ($level &lt; 7) * $level + ($level > 6) * 6)"/></xsl:attribute>
      <xsl:attribute name="xml:lang"><xsl:value-of select="$lang"/></xsl:attribute>
    </xsl:if>
    <xsl:if test="$id != ''"><xsl:attribute name="id"><xsl:value-of select="$id"/></xsl:attribute></xsl:if>
    <xsl:call-template name="place"><xsl:with-param name="node" select="$v | self::*[not($v)]"/></xsl:call-template>
    <xsl:if test="$depth = 1">
      <fo:marker marker-class-name="title-{$lang}"><xsl:apply-templates select="$v" mode="plain"/></fo:marker>
    </xsl:if>
    <xsl:apply-templates select="$v/node()"/>
  </xsl:template>

  <!-- Units.  What is only for the facilitator is not there at all in the members' copy. -->
  <xsl:template match="e:unit[@directive = 'facilitator']" mode="flow" priority="3">
    <xsl:param name="in"/>
    <xsl:if test="$facilitator">
      <xsl:call-template name="unit"><xsl:with-param name="in" select="$in"/></xsl:call-template>
    </xsl:if>
  </xsl:template>

  <xsl:template match="e:unit" mode="flow">
    <xsl:param name="in"/>
    <xsl:call-template name="unit"><xsl:with-param name="in" select="$in"/></xsl:call-template>
  </xsl:template>

  <!-- Units that are one thing for all languages (class "spanned" in mode kind-of) are printed across. -->
  <xsl:template name="unit">
    <xsl:param name="in"/>
    <xsl:variable name="unit" select="."/>
    <xsl:variable name="across"><xsl:apply-templates select="." mode="across"/></xsl:variable>
    <xsl:choose>
      <xsl:when test="$in-lanes">
        <xsl:variable name="box"><xsl:apply-templates select="." mode="box"/></xsl:variable>
        <xsl:call-template name="row"><xsl:with-param name="in" select="$in"/><xsl:with-param name="box" select="string($box)"/><xsl:with-param name="across" select="$across != '' and not($facing)"/></xsl:call-template>
      </xsl:when>
      <xsl:when test="$across != '' and count($in) > 1">
        <fo:block xsl:use-attribute-sets="before-block">
          <xsl:call-template name="unit-id"><xsl:with-param name="in" select="$in"/></xsl:call-template>
          <xsl:apply-templates select="e:v[@xml:lang = $lang1]/*" mode="across"><xsl:with-param name="in" select="$in"/></xsl:apply-templates>
        </fo:block>
      </xsl:when>
      <xsl:when test="$mode = 'columns'">
        <xsl:variable name="box"><xsl:apply-templates select="." mode="box"/></xsl:variable>
        <fo:block xsl:use-attribute-sets="before-block">
          <xsl:call-template name="keep-lead"/>
          <xsl:call-template name="unit-id"><xsl:with-param name="in" select="$in"/></xsl:call-template>
          <xsl:call-template name="pair"><xsl:with-param name="in" select="$in"/><xsl:with-param name="box" select="string($box)"/></xsl:call-template>
        </fo:block>
      </xsl:when>
      <xsl:otherwise>
        <xsl:for-each select="$in">
          <xsl:variable name="lang" select="string(.)"/>
          <xsl:variable name="second" select="position() > 1"/>
          <xsl:variable name="nr" select="position()"/>
          <xsl:variable name="followed" select="$mode = 'interleaved' and $unit/e:v[@xml:lang = $in[position() > $nr]]"/>
          <xsl:for-each select="$unit[e:v[@xml:lang = $lang]]">
            <fo:block xsl:use-attribute-sets="before-block">
              <xsl:call-template name="language"><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
              <xsl:call-template name="keep-lead"/>
              <xsl:if test="not($second)"><xsl:call-template name="unit-id"><xsl:with-param name="in" select="$in"/></xsl:call-template></xsl:if>
              <xsl:if test="$second"><xsl:attribute name="color"><xsl:value-of select="$grey"/></xsl:attribute></xsl:if>
              <xsl:if test="$mode = 'interleaved'"><xsl:call-template name="keep-short"/></xsl:if>
              <!-- its translation begins on the page where it ends -->
              <xsl:if test="$followed"><xsl:attribute name="keep-with-next.within-page">always</xsl:attribute></xsl:if>
              <xsl:apply-templates select="e:v[@xml:lang = $lang]/*"/>
            </fo:block>
          </xsl:for-each>
        </xsl:for-each>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- A paragraph that ends in a colon stays with what it leads to. -->
  <xsl:template name="keep-lead">
    <xsl:variable name="text" select="normalize-space(e:v[1])"/>
    <xsl:if test="@type = 'p' and substring($text, string-length($text)) = ':'">
      <xsl:attribute name="keep-with-next.within-page">always</xsl:attribute>
    </xsl:if>
  </xsl:template>

  <!-- Text in this language; Lao stacks vowels and tone marks and needs room between its lines. -->
  <xsl:template name="language">
    <xsl:param name="lang"/>
    <xsl:attribute name="xml:lang"><xsl:value-of select="$lang"/></xsl:attribute>
    <xsl:if test="$lang = 'lo'"><xsl:attribute name="line-height">1.6</xsl:attribute></xsl:if>
  </xsl:template>

  <xsl:template name="unit-id">
    <xsl:param name="in"/>
    <xsl:variable name="id"><xsl:apply-templates select="." mode="id"/></xsl:variable>
    <xsl:if test="$id != ''">
      <xsl:attribute name="id"><xsl:call-template name="id"><xsl:with-param name="id" select="$id"/><xsl:with-param name="in" select="$in"/></xsl:call-template></xsl:attribute>
    </xsl:if>
    <xsl:call-template name="place"/>
  </xsl:template>

  <!-- A unit in lanes: what is one for all languages across them, else a cell for each; in a box or not. -->
  <xsl:template name="row">
    <xsl:param name="in"/>
    <xsl:param name="box"/>
    <xsl:param name="across"/>
    <xsl:variable name="unit" select="."/>
    <xsl:variable name="content">
      <xsl:choose>
        <xsl:when test="$across">
          <s:all><xsl:apply-templates select="e:v[@xml:lang = $lang1]/*" mode="across"><xsl:with-param name="in" select="$in"/></xsl:apply-templates></s:all>
        </xsl:when>
        <xsl:otherwise>
          <xsl:for-each select="$in">
            <xsl:variable name="lang" select="string(.)"/>
            <xsl:for-each select="$unit/e:v[@xml:lang = $lang]">
              <s:cell lane="{$lang}">
                <xsl:call-template name="language"><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
                <xsl:call-template name="hyphenation"><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
                <xsl:apply-templates select="*"><xsl:with-param name="boxed" select="$box != ''"/></xsl:apply-templates>
              </s:cell>
            </xsl:for-each>
          </xsl:for-each>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:variable>
    <xsl:choose>
      <xsl:when test="$box = 'box'">
        <s:row xsl:use-attribute-sets="before-block box box-inside" margin-left="0pt" margin-right="0pt"><xsl:call-template name="row-content"><xsl:with-param name="in" select="$in"/><xsl:with-param name="content" select="$content"/></xsl:call-template></s:row>
      </xsl:when>
      <xsl:when test="$box = 'facilitator'">
        <s:row xsl:use-attribute-sets="before-block facilitator-box box-inside" margin-left="0pt" margin-right="0pt"><xsl:call-template name="row-content"><xsl:with-param name="in" select="$in"/><xsl:with-param name="content" select="$content"/></xsl:call-template></s:row>
      </xsl:when>
      <xsl:otherwise>
        <s:row xsl:use-attribute-sets="before-block"><xsl:call-template name="row-content"><xsl:with-param name="in" select="$in"/><xsl:with-param name="content" select="$content"/></xsl:call-template></s:row>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="keep-short">
    <xsl:if test="@type != 'directive' and @type != 'table' and string-length(normalize-space(e:v[1])) &lt; $short"><xsl:attribute name="keep-together.within-page">always</xsl:attribute></xsl:if>
  </xsl:template>

  <xsl:template name="row-content">
    <xsl:param name="in"/>
    <xsl:param name="content"/>
    <xsl:call-template name="keep-lead"/>
    <xsl:call-template name="unit-id"><xsl:with-param name="in" select="$in"/></xsl:call-template>
    <xsl:call-template name="keep-short"/>
    <xsl:copy-of select="$content"/>
  </xsl:template>

  <!-- The languages of a unit beside one another, in a box or not. -->
  <xsl:template name="pair">
    <xsl:param name="in"/>
    <xsl:param name="box"/>
    <xsl:variable name="unit" select="."/>
    <xsl:variable name="table">
      <fo:table table-layout="fixed" width="100%" role="NonStruct">
        <xsl:call-template name="pair-columns"/>
        <fo:table-body role="NonStruct">
          <fo:table-row role="NonStruct">
            <xsl:if test="string-length(normalize-space(e:v[1])) &lt; $short"><xsl:attribute name="keep-together.within-page">always</xsl:attribute></xsl:if>
            <xsl:for-each select="$in">
              <xsl:variable name="lang" select="string(.)"/>
              <fo:table-cell role="Div">
                <xsl:call-template name="language"><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
                <xsl:call-template name="side-padding"/>
                <xsl:call-template name="hyphenation"><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
                <xsl:for-each select="$unit">
                  <xsl:apply-templates select="e:v[@xml:lang = $lang]/*"><xsl:with-param name="boxed" select="$box != ''"/></xsl:apply-templates>
                  <xsl:if test="not(e:v[@xml:lang = $lang]/*)"><fo:block/></xsl:if>
                </xsl:for-each>
              </fo:table-cell>
            </xsl:for-each>
          </fo:table-row>
        </fo:table-body>
      </fo:table>
    </xsl:variable>
    <xsl:call-template name="boxed"><xsl:with-param name="box" select="$box"/><xsl:with-param name="content" select="$table"/></xsl:call-template>
  </xsl:template>

  <!-- A box around finished content: "box" or "facilitator"; without a name, none. -->
  <xsl:template name="boxed">
    <xsl:param name="box"/>
    <xsl:param name="content"/>
    <xsl:choose>
      <xsl:when test="$box = 'box'">
        <fo:table table-layout="fixed" width="100%" role="Div" xsl:use-attribute-sets="box"><xsl:call-template name="box-cell"><xsl:with-param name="content" select="$content"/></xsl:call-template></fo:table>
      </xsl:when>
      <xsl:when test="$box = 'facilitator'">
        <fo:table table-layout="fixed" width="100%" role="Div" xsl:use-attribute-sets="facilitator-box"><xsl:call-template name="box-cell"><xsl:with-param name="content" select="$content"/></xsl:call-template></fo:table>
      </xsl:when>
      <xsl:otherwise><xsl:copy-of select="$content"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="box-cell">
    <xsl:param name="content"/>
    <fo:table-column column-width="proportional-column-width(1)"/>
    <fo:table-body role="NonStruct">
      <fo:table-row role="NonStruct">
        <fo:table-cell role="NonStruct" xsl:use-attribute-sets="box-inside"><xsl:copy-of select="$content"/></fo:table-cell>
      </fo:table-row>
    </fo:table-body>
  </xsl:template>

  <!-- Which box a unit stands in. -->
  <xsl:template match="e:unit" mode="box"/>
  <xsl:template match="e:unit[@type = 'quote' or contains(concat(' ', @class, ' '), ' box ')]" mode="box">box</xsl:template>
  <xsl:template match="e:unit[@directive = 'facilitator']" mode="box">facilitator</xsl:template>

  <!-- Which units are printed across all languages (a word), and which are not (nothing). -->
  <xsl:template match="e:unit" mode="across"/>
  <xsl:template match="e:unit[@directive = 'include' or @directive = 'roll' or @directive = 'notes' or @directive = 'discussion' or @directive = 'quiz' or @directive = 'case' or @directive = 'timeline' or @directive = 'signature']" mode="across">yes</xsl:template>
  <!-- Tables of one shape become one table. -->
  <xsl:template match="e:unit[@type = 'table']" mode="across">
    <xsl:variable name="rows" select="count(e:v[1]//e:tr)"/>
    <xsl:variable name="cells" select="count(e:v[1]//e:tr/*)"/>
    <xsl:if test="not(e:v[count(.//e:tr) != $rows or count(.//e:tr/*) != $cells])">yes</xsl:if>
  </xsl:template>
  <!-- The same picture is shown once. -->
  <xsl:template match="e:unit[@type = 'figure']" mode="across">
    <xsl:variable name="src" select="e:v[1]/e:figure/@src"/>
    <xsl:if test="not(e:v[e:figure/@src != $src])">yes</xsl:if>
  </xsl:template>
  <xsl:template match="e:unit[@type = 'rule']" mode="across">yes</xsl:template>
</xsl:stylesheet>
