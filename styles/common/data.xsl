<?xml version="1.0" encoding="UTF-8"?>
<!-- Tables made from the XML sources: targets, contents and breakthroughs, glossary.  The plan is plan.xsl's, documents
     are citation.xsl's.  A new view is a template of mode "view" here or in a kind's file. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:fo="http://www.w3.org/1999/XSL/Format"
    xmlns:e="urn:sotay:edition"
    xmlns:src="urn:sotay:source"
    xmlns:exsl="http://exslt.org/common"
    exclude-result-prefixes="e src exsl">

  <xsl:template match="e:include" mode="print">
    <xsl:param name="all"/>
    <xsl:param name="in"/>
    <xsl:variable name="source" select="$data/*[local-name() = current()/@ref]"/>
    <xsl:if test="@title">
      <fo:block keep-with-next.within-page="always">
        <xsl:call-template name="place"/>
        <xsl:for-each select="$in">
          <xsl:variable name="title" select="$all[ancestor::e:v[1]/@xml:lang = current()]/@title"/>
          <xsl:choose>
            <xsl:when test="not($title)"/>
            <xsl:when test="position() = 1"><fo:block xml:lang="{.}" xsl:use-attribute-sets="caption"><xsl:if test="last() > 1"><xsl:attribute name="space-after">0pt</xsl:attribute></xsl:if><xsl:call-template name="bind"><xsl:with-param name="text" select="$title"/></xsl:call-template></fo:block></xsl:when>
            <xsl:otherwise><fo:block xml:lang="{.}" xsl:use-attribute-sets="caption caption-second"><xsl:call-template name="bind"><xsl:with-param name="text" select="$title"/></xsl:call-template></fo:block></xsl:otherwise>
          </xsl:choose>
        </xsl:for-each>
      </fo:block>
    </xsl:if>
    <xsl:choose>
      <xsl:when test="$source">
        <xsl:apply-templates select="$source" mode="view">
          <xsl:with-param name="at" select="string(@src:at)"/><xsl:with-param name="view" select="string(@view)"/><xsl:with-param name="by" select="string(@by)"/><xsl:with-param name="in" select="$in"/>
          <xsl:with-param name="level" select="count(ancestor::e:section) + $heading-offset + 1"/>
        </xsl:apply-templates>
      </xsl:when>
      <xsl:otherwise><fo:block xsl:use-attribute-sets="blank">[<xsl:value-of select="@ref"/>]</fo:block></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="*" mode="view">
    <xsl:param name="at"/>
    <xsl:param name="view"/>
    <xsl:call-template name="no-view"><xsl:with-param name="at" select="$at"/><xsl:with-param name="view" select="$view"/></xsl:call-template>
  </xsl:template>

  <!-- An error at the author's place; `views`: those there are. -->
  <xsl:template name="no-view">
    <xsl:param name="at"/>
    <xsl:param name="view"/>
    <xsl:param name="views"/>
    <xsl:message terminate="yes">
      <xsl:value-of select="concat($at, ': there is no view “', $view, '” of ', local-name())"/>
      <xsl:if test="$views != ''">; there are: <xsl:value-of select="$views"/></xsl:if>
    </xsl:message>
  </xsl:template>

  <!-- A thing's words in each language: the first, and the others lighter. -->
  <xsl:template name="in-languages">
    <xsl:param name="words"/>
    <xsl:param name="in"/>
    <xsl:for-each select="$in">
      <xsl:variable name="lang" select="string(.)"/>
      <xsl:variable name="own" select="$words[@xml:lang = $lang]"/>
      <xsl:choose>
        <xsl:when test="not($own)"/>
        <xsl:when test="position() = 1"><fo:block xml:lang="{$lang}"><xsl:copy-of select="$own/@src:at"/><xsl:call-template name="bind"><xsl:with-param name="text" select="normalize-space($own)"/></xsl:call-template></fo:block></xsl:when>
        <xsl:otherwise><fo:block xml:lang="{$lang}" xsl:use-attribute-sets="second"><xsl:copy-of select="$own/@src:at"/><xsl:call-template name="bind"><xsl:with-param name="text" select="normalize-space($own)"/></xsl:call-template></fo:block></xsl:otherwise>
      </xsl:choose>
    </xsl:for-each>
    <xsl:if test="not($words[@xml:lang = $in])"><fo:block/></xsl:if>
  </xsl:template>

  <!-- A field the unit fills in: what to write, small, and room for it. -->
  <xsl:template name="blank">
    <xsl:param name="in"/>
    <xsl:for-each select="$in">
      <fo:block xsl:use-attribute-sets="blank" xml:lang="{.}">
        <xsl:call-template name="word"><xsl:with-param name="id" select="'blank'"/><xsl:with-param name="lang" select="string(.)"/></xsl:call-template>
      </fo:block>
    </xsl:for-each>
  </xsl:template>

  <!-- Targets, contents, breakthroughs -->
  <xsl:template match="resolution" mode="view">
    <xsl:param name="at"/>
    <xsl:param name="view"/>
    <xsl:param name="in"/>
    <xsl:variable name="things" select="*[local-name() = $view]/*"/>
    <xsl:choose>
      <xsl:when test="$view = 'figures'"><xsl:call-template name="figures"><xsl:with-param name="in" select="$in"/></xsl:call-template></xsl:when>
      <xsl:when test="$things"><xsl:call-template name="things"><xsl:with-param name="things" select="$things"/><xsl:with-param name="in" select="$in"/></xsl:call-template></xsl:when>
      <xsl:otherwise>
        <xsl:call-template name="no-view"><xsl:with-param name="at" select="$at"/><xsl:with-param name="view" select="$view"/><xsl:with-param name="views" select="'targets, contents, breakthroughs, figures'"/></xsl:call-template>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- Id, then a column per language. -->
  <xsl:template name="things">
    <xsl:param name="things"/>
    <xsl:param name="in"/>
    <xsl:variable name="word">
      <xsl:choose>
        <xsl:when test="$things[self::content]">contents-of</xsl:when>
        <xsl:otherwise><xsl:value-of select="local-name($things/..)"/></xsl:otherwise>
      </xsl:choose>
    </xsl:variable>
    <fo:table xsl:use-attribute-sets="table">
      <xsl:if test="count($things) &lt; 6"><xsl:attribute name="keep-together.within-page">always</xsl:attribute></xsl:if>
      <fo:table-column column-width="proportional-column-width(9)"/>
      <xsl:for-each select="$in"><fo:table-column column-width="proportional-column-width({91 div last()})"/></xsl:for-each>
      <fo:table-header>
        <fo:table-row>
          <xsl:call-template name="word-cell"><xsl:with-param name="id" select="'code'"/><xsl:with-param name="in" select="$in[1]"/></xsl:call-template>
          <xsl:for-each select="$in"><xsl:call-template name="word-cell"><xsl:with-param name="id" select="$word"/><xsl:with-param name="in" select="."/></xsl:call-template></xsl:for-each>
        </fo:table-row>
      </fo:table-header>
      <fo:table-body>
        <xsl:for-each select="$things">
          <xsl:variable name="thing" select="."/>
          <fo:table-row keep-together.within-page="always">
            <xsl:call-template name="place"/>
            <fo:table-cell xsl:use-attribute-sets="code-cell"><fo:block><xsl:value-of select="@id"/></fo:block></fo:table-cell>
            <xsl:for-each select="$in">
              <xsl:variable name="lang" select="string(.)"/>
              <fo:table-cell xsl:use-attribute-sets="cell" xml:lang="{$lang}">
                <fo:block>
                  <xsl:copy-of select="$thing/text[@xml:lang = $lang]/@src:at"/>
                  <xsl:call-template name="bind"><xsl:with-param name="text" select="normalize-space($thing/text[@xml:lang = $lang])"/></xsl:call-template>
                </fo:block>
              </fo:table-cell>
            </xsl:for-each>
          </fo:table-row>
        </xsl:for-each>
      </fo:table-body>
    </fo:table>
  </xsl:template>

  <!-- Targets that have a figure, as a chart. -->
  <xsl:template name="figures">
    <xsl:param name="in"/>
    <xsl:variable name="lang" select="string($in[1])"/>
    <xsl:variable name="rows">
      <xsl:for-each select="targets/target[figure]">
        <xsl:variable name="target" select="."/>
        <row>
          <xsl:for-each select="$in">
            <label xml:lang="{.}">
              <xsl:if test="position() = 1"><xsl:value-of select="concat($target/@id, '. ')"/></xsl:if>
              <xsl:call-template name="bind"><xsl:with-param name="text" select="normalize-space($target/figure/label[@xml:lang = current()])"/></xsl:call-template>
            </label>
          </xsl:for-each>
          <value number="{figure/@min}" to="{figure/@max}"><xsl:value-of select="figure/@min"/><xsl:if test="figure/@max">–<xsl:value-of select="figure/@max"/></xsl:if></value>
        </row>
      </xsl:for-each>
    </xsl:variable>
    <xsl:variable name="all-words" select="."/>
    <xsl:call-template name="draw-chart">
      <xsl:with-param name="rows" select="exsl:node-set($rows)/row"/>
      <xsl:with-param name="unit" select="string(targets/target/figure/@unit)"/>
      <xsl:with-param name="max"><xsl:if test="targets/target/figure/@unit = '%'">100</xsl:if></xsl:with-param>
      <xsl:with-param name="title" select="string(title[@xml:lang = $lang])"/>
      <xsl:with-param name="width" select="$page-measure"/>
    </xsl:call-template>
  </xsl:template>

  <!-- Glossary: each term with its gloss, and the page of the first unit that uses it -->
  <xsl:variable name="term-places">
    <xsl:if test="$edition/e:body/descendant::e:include[@ref = 'glossary']">
      <xsl:for-each select="$data/glossary/term">
        <xsl:variable name="name" select="string(name[@xml:lang = $lang1])"/>
        <xsl:variable name="unit" select="($edition/e:body/descendant::e:unit[@type != 'heading' and not(@directive)][contains(e:v[@xml:lang = $lang1], $name)])[1]"/>
        <xsl:if test="$unit"><place term="{@id}" unit="{generate-id($unit)}"><xsl:value-of select="$unit/@id"/></place></xsl:if>
      </xsl:for-each>
    </xsl:if>
  </xsl:variable>
  <xsl:variable name="term-place" select="exsl:node-set($term-places)/place"/>

  <!-- The id of a unit: the author's, or that of the first term it is the place of. -->
  <xsl:template match="e:unit" mode="id">
    <xsl:choose>
      <xsl:when test="@id"><xsl:value-of select="@id"/></xsl:when>
      <xsl:when test="$term-place">
        <xsl:variable name="here" select="$term-place[@unit = generate-id(current())]"/>
        <xsl:if test="$here"><xsl:value-of select="concat('term-', $here[1]/@term)"/></xsl:if>
      </xsl:when>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="glossary" mode="view">
    <xsl:param name="in"/>
    <fo:table xsl:use-attribute-sets="table">
      <xsl:for-each select="$in"><fo:table-column column-width="proportional-column-width({90 div last()})"/></xsl:for-each>
      <fo:table-column column-width="proportional-column-width(10)"/>
      <fo:table-header>
        <fo:table-row>
          <xsl:for-each select="$in"><xsl:call-template name="word-cell"><xsl:with-param name="id" select="'term'"/><xsl:with-param name="in" select="."/></xsl:call-template></xsl:for-each>
          <xsl:call-template name="word-cell"><xsl:with-param name="id" select="'page'"/><xsl:with-param name="in" select="$in"/></xsl:call-template>
        </fo:table-row>
      </fo:table-header>
      <fo:table-body>
        <xsl:for-each select="term">
          <xsl:variable name="term" select="."/>
          <fo:table-row keep-together.within-page="always">
            <xsl:call-template name="place"/>
            <xsl:for-each select="$in">
              <xsl:variable name="lang" select="string(.)"/>
              <xsl:variable name="name" select="$term/name[@xml:lang = $lang]"/>
              <fo:table-cell xsl:use-attribute-sets="cell" xml:lang="{$lang}">
                <fo:block font-weight="bold" color="{$green}">
                  <xsl:value-of select="$name"/>
                  <xsl:if test="$name/@short"> (<xsl:value-of select="$name/@short"/>)</xsl:if>
                </fo:block>
                <fo:block><xsl:value-of select="normalize-space($term/gloss[@xml:lang = $lang])"/></fo:block>
              </fo:table-cell>
            </xsl:for-each>
            <fo:table-cell xsl:use-attribute-sets="cell" text-align="end">
              <fo:block>
                <xsl:variable name="place" select="$term-place[@term = $term/@id]"/>
                <xsl:if test="$place">
                  <xsl:variable name="id">
                    <xsl:choose>
                      <xsl:when test="$place != ''"><xsl:value-of select="$place"/></xsl:when>
                      <xsl:otherwise><xsl:value-of select="concat('term-', $term-place[@unit = $place/@unit][1]/@term)"/></xsl:otherwise>
                    </xsl:choose>
                  </xsl:variable>
                  <xsl:variable name="here"><xsl:call-template name="id"><xsl:with-param name="id" select="$id"/><xsl:with-param name="in" select="$in"/></xsl:call-template></xsl:variable>
                  <fo:basic-link internal-destination="{$here}" xsl:use-attribute-sets="link"><fo:page-number-citation ref-id="{$here}"/></fo:basic-link>
                </xsl:if>
              </fo:block>
            </fo:table-cell>
          </fo:table-row>
        </xsl:for-each>
      </fo:table-body>
    </fo:table>
  </xsl:template>
</xsl:stylesheet>
