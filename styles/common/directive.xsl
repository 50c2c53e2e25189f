<?xml version="1.0" encoding="UTF-8"?>
<!-- Study directives: discussion, quiz, facilitator, roll, notes, qr.

     Each has a template for one language (a block in its v) and, where the languages share what is to be filled in,
     one in mode "across" for all of them.  Both come to the same named template with the languages `in`. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:fo="http://www.w3.org/1999/XSL/Format"
    xmlns:fox="http://xmlgraphics.apache.org/fop/extensions"
    xmlns:svg="http://www.w3.org/2000/svg"
    xmlns:e="urn:sotay:edition"
    xmlns:qr="urn:sotay:qr"
    exclude-result-prefixes="e qr">

  <!-- Lines of a page that holds nothing but lines. -->
  <xsl:variable name="lines-per-page" select="28"/>

  <!-- The same directive in the languages: itself, or its partners in the unit. -->
  <xsl:template match="e:discussion | e:quiz | e:roll | e:notes | e:include">
    <xsl:variable name="lang" select="string(ancestor::e:v[1]/@xml:lang)"/>
    <fo:block>
      <xsl:call-template name="before-block"/>
      <xsl:call-template name="own-id"/>
      <xsl:apply-templates select="." mode="print"><xsl:with-param name="all" select="."/><xsl:with-param name="in" select="$langs[. = $lang]"/></xsl:apply-templates>
    </fo:block>
  </xsl:template>

  <xsl:template match="e:discussion | e:quiz | e:roll | e:notes | e:include" mode="across">
    <xsl:param name="in"/>
    <xsl:variable name="unit" select="ancestor::e:unit[1]"/>
    <xsl:apply-templates select="." mode="print">
      <xsl:with-param name="all" select="$unit/e:v[@xml:lang = $in]/*"/><xsl:with-param name="in" select="$in"/>
    </xsl:apply-templates>
  </xsl:template>

  <!-- Titles in the languages beside one another.  default: a word where the author gave no title. -->
  <xsl:template name="titles">
    <xsl:param name="all"/>
    <xsl:param name="in"/>
    <xsl:param name="default" select="''"/>
    <xsl:variable name="self" select="."/>
    <xsl:if test="$default != '' or $all/@title">
      <xsl:call-template name="level">
        <xsl:with-param name="in" select="$in"/>
        <xsl:with-param name="keep" select="true()"/>
        <xsl:with-param name="cells">
          <xsl:for-each select="$in">
            <xsl:variable name="lang" select="string(.)"/>
            <xsl:variable name="one" select="$all[ancestor::e:v[1]/@xml:lang = $lang]"/>
            <cell xml:lang="{$lang}">
              <fo:block xsl:use-attribute-sets="box-title" space-after="2pt" role="P">
                <xsl:for-each select="$self"><xsl:call-template name="place"/></xsl:for-each>
                <xsl:choose>
                  <xsl:when test="$one/@title"><xsl:call-template name="bind"><xsl:with-param name="text" select="$one/@title"/></xsl:call-template></xsl:when>
                  <xsl:otherwise><xsl:call-template name="word"><xsl:with-param name="id" select="$default"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template></xsl:otherwise>
                </xsl:choose>
                <xsl:if test="$facilitator and $one/@minutes">
                  <fo:inline xsl:use-attribute-sets="second" font-size="{$size * 0.85}pt">
                    <xsl:text> (</xsl:text><xsl:value-of select="$one/@minutes"/><xsl:text>&#160;</xsl:text>
                    <xsl:call-template name="word"><xsl:with-param name="id" select="'minutes'"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
                    <xsl:text>)</xsl:text>
                  </fo:inline>
                </xsl:if>
              </fo:block>
            </cell>
          </xsl:for-each>
        </xsl:with-param>
      </xsl:call-template>
    </xsl:if>
  </xsl:template>

  <!-- Finished cells (cell elements) level with one another; one alone stands without a table. -->
  <xsl:template name="level">
    <xsl:param name="in"/>
    <xsl:param name="cells"/>
    <xsl:param name="keep" select="false()"/>
    <xsl:param name="space" select="'0pt'"/>
    <xsl:variable name="nodes" select="exsl:node-set($cells)/cell" xmlns:exsl="http://exslt.org/common"/>
    <xsl:choose>
      <xsl:when test="count($nodes) = 1">
        <fo:block space-before="{$space}">
          <xsl:if test="$keep"><xsl:attribute name="keep-with-next.within-page">always</xsl:attribute></xsl:if>
          <xsl:copy-of select="$nodes/node()"/>
        </fo:block>
      </xsl:when>
      <xsl:when test="$mode = 'columns'">
        <fo:table table-layout="fixed" width="100%" role="NonStruct" space-before="{$space}">
          <xsl:if test="$keep"><xsl:attribute name="keep-with-next.within-page">always</xsl:attribute></xsl:if>
          <xsl:call-template name="pair-columns"/>
          <fo:table-body role="NonStruct">
            <fo:table-row role="NonStruct" keep-together.within-page="always">
              <xsl:for-each select="$nodes">
                <fo:table-cell role="Div" xml:lang="{@xml:lang}">
                  <xsl:call-template name="side-padding"/>
                  <xsl:call-template name="hyphenation"><xsl:with-param name="lang" select="string(@xml:lang)"/></xsl:call-template>
                  <xsl:copy-of select="node()"/>
                  <xsl:if test="not(*)"><fo:block/></xsl:if>
                </fo:table-cell>
              </xsl:for-each>
            </fo:table-row>
          </fo:table-body>
        </fo:table>
      </xsl:when>
      <xsl:otherwise>
        <xsl:for-each select="$nodes">
          <fo:block xml:lang="{@xml:lang}">
            <xsl:if test="$keep or position() != last()"><xsl:attribute name="keep-with-next.within-page">always</xsl:attribute></xsl:if>
            <xsl:if test="position() > 1"><xsl:attribute name="color"><xsl:value-of select="$grey"/></xsl:attribute></xsl:if>
            <xsl:if test="position() = 1"><xsl:attribute name="space-before"><xsl:value-of select="$space"/></xsl:attribute></xsl:if>
            <xsl:copy-of select="node()"/>
          </fo:block>
        </xsl:for-each>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- Lines to write on, one under another. -->
  <xsl:template name="ruled-lines">
    <xsl:param name="count"/>
    <xsl:if test="$count > 0">
      <fo:block-container height="{$writing-line}" border-after-style="solid" border-after-width="0.4pt" border-after-color="{$hair}" role="artifact"><fo:block/></fo:block-container>
      <xsl:call-template name="ruled-lines"><xsl:with-param name="count" select="$count - 1"/></xsl:call-template>
    </xsl:if>
  </xsl:template>

  <!-- Discussion: each question, then lines to answer on -->
  <xsl:template match="e:discussion" mode="print">
    <xsl:param name="all"/>
    <xsl:param name="in"/>
    <xsl:variable name="self" select="."/>
    <xsl:call-template name="titles"><xsl:with-param name="all" select="$all"/><xsl:with-param name="in" select="$in"/><xsl:with-param name="default" select="'discussion'"/></xsl:call-template>
    <xsl:for-each select="*">
      <xsl:variable name="nr" select="position()"/>
      <xsl:choose>
        <xsl:when test="self::e:ol or self::e:ul">
          <xsl:for-each select="e:li">
            <xsl:variable name="item" select="position()"/>
            <fo:block keep-together.within-page="always">
            <xsl:call-template name="level">
              <xsl:with-param name="in" select="$in"/><xsl:with-param name="keep" select="boolean($self/@lines)"/><xsl:with-param name="space" select="concat($size * 0.6, 'pt')"/>
              <xsl:with-param name="cells">
                <xsl:for-each select="$in">
                  <xsl:variable name="li" select="$all[ancestor::e:v[1]/@xml:lang = current()]/*[$nr]/e:li[$item]"/>
                  <cell xml:lang="{.}"><xsl:if test="$li"><fo:list-block xsl:use-attribute-sets="list"><xsl:apply-templates select="$li"/></fo:list-block></xsl:if></cell>
                </xsl:for-each>
              </xsl:with-param>
            </xsl:call-template>
            <xsl:call-template name="ruled-lines"><xsl:with-param name="count" select="number(concat('0', $self/@lines))"/></xsl:call-template>
            </fo:block>
          </xsl:for-each>
        </xsl:when>
        <xsl:otherwise>
          <xsl:call-template name="level">
            <xsl:with-param name="in" select="$in"/>
            <xsl:with-param name="cells">
              <xsl:for-each select="$in"><cell xml:lang="{.}"><xsl:apply-templates select="$all[ancestor::e:v[1]/@xml:lang = current()]/*[$nr]"/></cell></xsl:for-each>
            </xsl:with-param>
          </xsl:call-template>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:for-each>
  </xsl:template>

  <!-- For the facilitator alone -->
  <xsl:template match="e:facilitator">
    <xsl:param name="boxed"/>
    <xsl:if test="$facilitator">
      <xsl:variable name="content">
        <fo:block xsl:use-attribute-sets="facilitator-title">
          <xsl:call-template name="place"/>
          <xsl:choose>
            <xsl:when test="@title"><xsl:call-template name="bind"><xsl:with-param name="text" select="@title"/></xsl:call-template></xsl:when>
            <xsl:otherwise><xsl:call-template name="word"><xsl:with-param name="id" select="'facilitator'"/><xsl:with-param name="lang" select="string(ancestor::e:v[1]/@xml:lang)"/></xsl:call-template></xsl:otherwise>
          </xsl:choose>
          <xsl:if test="@minutes">
            <xsl:text> (</xsl:text><xsl:value-of select="@minutes"/><xsl:text>&#160;</xsl:text>
            <xsl:call-template name="word"><xsl:with-param name="id" select="'minutes'"/><xsl:with-param name="lang" select="string(ancestor::e:v[1]/@xml:lang)"/></xsl:call-template>
            <xsl:text>)</xsl:text>
          </xsl:if>
        </fo:block>
        <fo:block space-before="2pt"><xsl:apply-templates/></fo:block>
      </xsl:variable>
      <xsl:choose>
        <xsl:when test="$boxed"><xsl:copy-of select="$content"/></xsl:when>
        <xsl:otherwise><xsl:call-template name="boxed"><xsl:with-param name="box" select="'facilitator'"/><xsl:with-param name="content" select="$content"/></xsl:call-template></xsl:otherwise>
      </xsl:choose>
    </xsl:if>
  </xsl:template>

  <!-- Content that stands before a form, in the languages. -->
  <xsl:template name="lead">
    <xsl:param name="all"/>
    <xsl:param name="in"/>
    <xsl:if test="*">
      <xsl:call-template name="level">
        <xsl:with-param name="in" select="$in"/><xsl:with-param name="keep" select="true()"/>
        <xsl:with-param name="cells">
          <xsl:for-each select="$in"><cell xml:lang="{.}"><xsl:apply-templates select="$all[ancestor::e:v[1]/@xml:lang = current()]/*"/></cell></xsl:for-each>
        </xsl:with-param>
      </xsl:call-template>
    </xsl:if>
  </xsl:template>

  <!-- Attendance: a row each -->
  <xsl:template match="e:roll" mode="print">
    <xsl:param name="all"/>
    <xsl:param name="in"/>
    <xsl:call-template name="titles"><xsl:with-param name="all" select="$all"/><xsl:with-param name="in" select="$in"/></xsl:call-template>
    <xsl:call-template name="lead"><xsl:with-param name="all" select="$all"/><xsl:with-param name="in" select="$in"/></xsl:call-template>
    <fo:table xsl:use-attribute-sets="table">
      <xsl:if test="@rows &lt; 25"><xsl:attribute name="keep-together.within-page">always</xsl:attribute></xsl:if>
      <xsl:call-template name="place"/>
      <fo:table-column column-width="proportional-column-width(6)"/>
      <fo:table-column column-width="proportional-column-width(32)"/>
      <fo:table-column column-width="proportional-column-width(12)"/>
      <fo:table-column column-width="proportional-column-width(16)"/>
      <fo:table-column column-width="proportional-column-width(19)"/>
      <fo:table-column column-width="proportional-column-width(15)"/>
      <fo:table-header>
        <fo:table-row>
          <xsl:call-template name="word-cell"><xsl:with-param name="id" select="'roll-number'"/><xsl:with-param name="in" select="$in"/></xsl:call-template>
          <xsl:call-template name="word-cell"><xsl:with-param name="id" select="'roll-name'"/><xsl:with-param name="in" select="$in"/></xsl:call-template>
          <xsl:call-template name="word-cell"><xsl:with-param name="id" select="'roll-present'"/><xsl:with-param name="in" select="$in"/></xsl:call-template>
          <xsl:call-template name="word-cell"><xsl:with-param name="id" select="'roll-excused'"/><xsl:with-param name="in" select="$in"/></xsl:call-template>
          <xsl:call-template name="word-cell"><xsl:with-param name="id" select="'roll-absent'"/><xsl:with-param name="in" select="$in"/></xsl:call-template>
          <xsl:call-template name="word-cell"><xsl:with-param name="id" select="'roll-remark'"/><xsl:with-param name="in" select="$in"/></xsl:call-template>
        </fo:table-row>
      </fo:table-header>
      <fo:table-body><xsl:call-template name="roll-rows"><xsl:with-param name="last" select="number(concat('0', @rows)) + 12 * not(@rows)"/></xsl:call-template></fo:table-body>
    </fo:table>
  </xsl:template>

  <xsl:template name="roll-rows">
    <xsl:param name="nr" select="1"/>
    <xsl:param name="last"/>
    <xsl:if test="$nr &lt;= $last">
      <fo:table-row>
        <fo:table-cell xsl:use-attribute-sets="cell"><fo:block line-height="6.2mm"><xsl:value-of select="$nr"/></fo:block></fo:table-cell>
        <fo:table-cell xsl:use-attribute-sets="cell"><fo:block/></fo:table-cell>
        <fo:table-cell xsl:use-attribute-sets="cell"><fo:block/></fo:table-cell>
        <fo:table-cell xsl:use-attribute-sets="cell"><fo:block/></fo:table-cell>
        <fo:table-cell xsl:use-attribute-sets="cell"><fo:block/></fo:table-cell>
        <fo:table-cell xsl:use-attribute-sets="cell"><fo:block/></fo:table-cell>
      </fo:table-row>
      <xsl:call-template name="roll-rows"><xsl:with-param name="nr" select="$nr + 1"/><xsl:with-param name="last" select="$last"/></xsl:call-template>
    </xsl:if>
  </xsl:template>

  <!-- A header cell with a word of the styles' own in each language. -->
  <xsl:template name="word-cell">
    <xsl:param name="id"/>
    <xsl:param name="in"/>
    <fo:table-cell xsl:use-attribute-sets="header-cell">
      <xsl:for-each select="$in">
        <xsl:variable name="word"><xsl:call-template name="word"><xsl:with-param name="id" select="$id"/><xsl:with-param name="lang" select="string(.)"/></xsl:call-template></xsl:variable>
        <xsl:choose>
          <xsl:when test="position() = 1"><fo:block xml:lang="{.}"><xsl:value-of select="$word"/></fo:block></xsl:when>
          <xsl:otherwise><fo:block xml:lang="{.}" xsl:use-attribute-sets="second"><xsl:value-of select="$word"/></fo:block></xsl:otherwise>
        </xsl:choose>
      </xsl:for-each>
    </fo:table-cell>
  </xsl:template>

  <!-- Ruled space: so many lines, or a page of them -->
  <xsl:template match="e:notes" mode="print">
    <xsl:param name="all"/>
    <xsl:param name="in"/>
    <xsl:call-template name="titles"><xsl:with-param name="all" select="$all"/><xsl:with-param name="in" select="$in"/></xsl:call-template>
    <xsl:call-template name="lead"><xsl:with-param name="all" select="$all"/><xsl:with-param name="in" select="$in"/></xsl:call-template>
    <fo:block keep-together.within-page="always">
      <xsl:call-template name="ruled-lines">
        <xsl:with-param name="count" select="number(concat('0', @lines)) + $lines-per-page * not(@lines)"/>
      </xsl:call-template>
    </fo:block>
  </xsl:template>

  <!-- A QR code: drawn by the program's extension function, else its text alone -->
  <xsl:template match="e:qr">
    <fo:block keep-together.within-page="always">
      <xsl:call-template name="before-block"/>
      <xsl:call-template name="own-id"/>
      <xsl:call-template name="place"/>
      <xsl:if test="@title"><fo:block xsl:use-attribute-sets="box-title"><xsl:value-of select="@title"/></fo:block></xsl:if>
      <xsl:if test="function-available('qr:path')">
        <xsl:variable name="size"><xsl:value-of select="@size"/><xsl:if test="not(@size)">25mm</xsl:if></xsl:variable>
        <xsl:variable name="modules" select="qr:modules(string(@text)) + 8"/>
        <fo:block line-height="1">
          <fo:instream-foreign-object fox:alt-text="{@text}" content-width="{$size}" content-height="{$size}">
            <svg:svg width="{$modules}" height="{$modules}" viewBox="-4 -4 {$modules} {$modules}">
              <svg:rect x="-4" y="-4" width="{$modules}" height="{$modules}" fill="#ffffff"/>
              <svg:path d="{qr:path(string(@text))}" fill="#000000"/>
            </svg:svg>
          </fo:instream-foreign-object>
        </fo:block>
      </xsl:if>
      <fo:block font-family="Liberation Mono" font-size="{$size * 0.8}pt">
        <fo:basic-link external-destination="url('{@text}')" xsl:use-attribute-sets="link"><xsl:value-of select="@text"/></fo:basic-link>
      </fo:block>
      <xsl:apply-templates/>
    </fo:block>
  </xsl:template>

  <xsl:template match="e:chart">
    <fo:block keep-together.within-page="always">
      <xsl:call-template name="before-block"/>
      <xsl:call-template name="own-id"/>
      <xsl:call-template name="place"/>
      <xsl:if test="@title"><fo:block xsl:use-attribute-sets="caption"><xsl:call-template name="bind"><xsl:with-param name="text" select="@title"/></xsl:call-template></fo:block></xsl:if>
      <xsl:call-template name="chart"><xsl:with-param name="lang" select="string(ancestor::e:v[1]/@xml:lang)"/></xsl:call-template>
    </fo:block>
  </xsl:template>
</xsl:stylesheet>
