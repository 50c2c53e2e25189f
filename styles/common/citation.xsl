<?xml version="1.0" encoding="UTF-8"?>
<!-- Documents cited: in full at the first mention in an edition (kind, number, date, issuer, subject), later by kind and
     number.  Headings name a document in short, and are no first mention. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:fo="http://www.w3.org/1999/XSL/Format"
    xmlns:e="urn:sotay:edition"
    xmlns:src="urn:sotay:source"
    xmlns:exsl="http://exslt.org/common"
    exclude-result-prefixes="e src exsl">

  <xsl:key name="document" match="citations/document" use="@id"/>
  <xsl:key name="cite" match="e:cite[not(ancestor::e:unit[1]/@type = 'heading')]" use="concat(ancestor::e:v[1]/@xml:lang, '|', @ref)"/>

  <!-- The first mention of each document in each language of those a reader of this copy sees. -->
  <xsl:variable name="first-cites">
    <xsl:for-each select="$langs">
      <xsl:variable name="lang" select="string(.)"/>
      <xsl:for-each select="$data/citations/document">
        <xsl:variable name="first" select="key('cite', concat($lang, '|', @id))[$facilitator or not(ancestor::e:facilitator or ancestor::e:explain)][1]"/>
        <xsl:if test="$first"><cite node="{generate-id($first)}" lang="{$lang}" ref="{@id}"/></xsl:if>
      </xsl:for-each>
    </xsl:for-each>
  </xsl:variable>
  <xsl:key name="first-cite" match="cite" use="@node"/>
  <xsl:key name="first-cite-of" match="cite" use="concat(@lang, '|', @ref)"/>

  <xsl:template match="e:cite">
    <xsl:variable name="lang" select="string(ancestor::e:v[1]/@xml:lang)"/>
    <xsl:variable name="document" select="key('document', @ref)"/>
    <xsl:variable name="node" select="generate-id()"/>
    <xsl:variable name="is-first"><xsl:for-each select="exsl:node-set($first-cites)"><xsl:value-of select="boolean(key('first-cite', $node))"/></xsl:for-each></xsl:variable>
    <fo:inline>
      <xsl:call-template name="place"/>
      <xsl:if test="$is-first = 'true'"><xsl:attribute name="id"><xsl:value-of select="concat('cite-', $lang, '-', @ref)"/></xsl:attribute></xsl:if>
      <xsl:choose>
        <xsl:when test="$is-first = 'true'"><xsl:call-template name="citation"><xsl:with-param name="document" select="$document"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template></xsl:when>
        <xsl:otherwise><xsl:apply-templates select="." mode="plain"/></xsl:otherwise>
      </xsl:choose>
      <xsl:if test="@locator">, <xsl:call-template name="bind"><xsl:with-param name="text" select="string(@locator)"/></xsl:call-template></xsl:if>
    </fo:inline>
  </xsl:template>

  <!-- In short; what the registry does not have, as the author wrote it. -->
  <xsl:template match="e:cite" mode="plain">
    <xsl:variable name="lang" select="string(ancestor::e:v[1]/@xml:lang)"/>
    <xsl:variable name="document" select="key('document', @ref)"/>
    <xsl:choose>
      <xsl:when test="$document"><xsl:call-template name="citation-short"><xsl:with-param name="document" select="$document"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template></xsl:when>
      <xsl:otherwise><xsl:value-of select="@ref"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- Words of a document in a language; where it has none the English ones, else the first. -->
  <xsl:template name="document-words">
    <xsl:param name="words"/>
    <xsl:param name="lang"/>
    <xsl:call-template name="bind">
      <xsl:with-param name="text" select="normalize-space(($words[@xml:lang = $lang] | $words[@xml:lang = 'en'][not($words[@xml:lang = $lang])] | $words[1][not($words[@xml:lang = $lang or @xml:lang = 'en'])])[1])"/>
    </xsl:call-template>
  </xsl:template>

  <!-- A word of the styles' and a blank behind it, where the language has the word. -->
  <xsl:template name="cite-word">
    <xsl:param name="id"/>
    <xsl:param name="lang"/>
    <xsl:param name="blank" select="' '"/>
    <xsl:variable name="word"><xsl:call-template name="word"><xsl:with-param name="id" select="$id"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template></xsl:variable>
    <xsl:if test="$word != ''"><xsl:value-of select="concat($word, $blank)"/></xsl:if>
  </xsl:template>

  <!-- Kind and number. -->
  <xsl:template name="kind-and-number">
    <xsl:param name="document"/>
    <xsl:param name="lang"/>
    <xsl:call-template name="document-words"><xsl:with-param name="words" select="$document/kind"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
    <xsl:if test="$document/@number">
      <xsl:if test="$document/kind"><xsl:text> </xsl:text></xsl:if>
      <xsl:call-template name="cite-word"><xsl:with-param name="id" select="'cite-number'"/><xsl:with-param name="lang" select="$lang"/><xsl:with-param name="blank" select="'&#160;'"/></xsl:call-template>
      <xsl:value-of select="$document/@number"/>
    </xsl:if>
  </xsl:template>

  <xsl:template name="citation-short">
    <xsl:param name="document"/>
    <xsl:param name="lang"/>
    <xsl:choose>
      <xsl:when test="$document/short"><xsl:call-template name="document-words"><xsl:with-param name="words" select="$document/short"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template></xsl:when>
      <xsl:when test="$document/@number"><xsl:call-template name="kind-and-number"><xsl:with-param name="document" select="$document"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template></xsl:when>
      <xsl:otherwise><xsl:call-template name="citation-name"><xsl:with-param name="document" select="$document"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- What a document is called where it is named in full. -->
  <xsl:template name="citation-name">
    <xsl:param name="document"/>
    <xsl:param name="lang"/>
    <xsl:choose>
      <xsl:when test="$document/name"><xsl:call-template name="document-words"><xsl:with-param name="words" select="$document/name"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template></xsl:when>
      <xsl:otherwise><xsl:call-template name="kind-and-number"><xsl:with-param name="document" select="$document"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- A document in full: what is known of kind and number, date, issuer, subject. -->
  <xsl:template name="citation">
    <xsl:param name="document"/>
    <xsl:param name="lang"/>
    <xsl:call-template name="citation-name"><xsl:with-param name="document" select="$document"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
    <xsl:if test="$document/@date">
      <xsl:text> </xsl:text>
      <xsl:call-template name="cite-word"><xsl:with-param name="id" select="'cite-date'"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
      <xsl:call-template name="deadline"><xsl:with-param name="value" select="string($document/@date)"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
    </xsl:if>
    <xsl:if test="$document/issuer">
      <xsl:text> </xsl:text>
      <xsl:call-template name="cite-word"><xsl:with-param name="id" select="'cite-issuer'"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
      <xsl:call-template name="document-words"><xsl:with-param name="words" select="$document/issuer"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
    </xsl:if>
    <xsl:if test="$document/subject">
      <xsl:text> </xsl:text>
      <xsl:call-template name="document-words"><xsl:with-param name="words" select="$document/subject"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
    </xsl:if>
  </xsl:template>

  <!-- The documents: all of the registry, or with view=cited those that this copy cites, with the page of the first
       mention.  What is not known is a blank. -->
  <xsl:template match="citations" mode="view">
    <xsl:param name="at"/>
    <xsl:param name="view"/>
    <xsl:param name="in"/>
    <xsl:variable name="cited" select="$view = 'cited'"/>
    <xsl:variable name="documents" select="document[not($cited) or key('cite', concat($in[1], '|', @id))[$facilitator or not(ancestor::e:facilitator or ancestor::e:explain)]]"/>
    <xsl:choose>
      <xsl:when test="not($cited or $view = 'documents')">
        <xsl:call-template name="no-view"><xsl:with-param name="at" select="$at"/><xsl:with-param name="view" select="$view"/><xsl:with-param name="views" select="'documents, cited'"/></xsl:call-template>
      </xsl:when>
      <xsl:when test="$documents"><xsl:call-template name="documents"><xsl:with-param name="documents" select="$documents"/><xsl:with-param name="cited" select="$cited"/><xsl:with-param name="in" select="$in"/></xsl:call-template></xsl:when>
      <xsl:otherwise><fo:block/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="documents">
    <xsl:param name="documents"/>
    <xsl:param name="cited"/>
    <xsl:param name="in"/>
    <fo:table xsl:use-attribute-sets="table">
      <fo:table-column column-width="proportional-column-width(50)"/>
      <fo:table-column column-width="proportional-column-width(22)"/>
      <fo:table-column column-width="proportional-column-width(22)"/>
      <xsl:if test="$cited"><fo:table-column column-width="proportional-column-width(10)"/></xsl:if>
      <fo:table-header>
        <fo:table-row>
          <xsl:call-template name="word-cell"><xsl:with-param name="id" select="'document'"/><xsl:with-param name="in" select="$in"/></xsl:call-template>
          <xsl:call-template name="word-cell"><xsl:with-param name="id" select="'date'"/><xsl:with-param name="in" select="$in"/></xsl:call-template>
          <xsl:call-template name="word-cell"><xsl:with-param name="id" select="'issuer'"/><xsl:with-param name="in" select="$in"/></xsl:call-template>
          <xsl:if test="$cited"><xsl:call-template name="word-cell"><xsl:with-param name="id" select="'page'"/><xsl:with-param name="in" select="$in"/></xsl:call-template></xsl:if>
        </fo:table-row>
      </fo:table-header>
      <fo:table-body>
        <xsl:for-each select="$documents">
          <xsl:variable name="document" select="."/>
          <fo:table-row keep-together.within-page="always">
            <xsl:call-template name="place"/>
            <fo:table-cell xsl:use-attribute-sets="cell">
              <xsl:for-each select="$in">
                <xsl:apply-templates select="$document" mode="entry"><xsl:with-param name="lang" select="string(.)"/><xsl:with-param name="second" select="position() > 1"/></xsl:apply-templates>
              </xsl:for-each>
            </fo:table-cell>
            <fo:table-cell xsl:use-attribute-sets="cell">
              <xsl:choose>
                <xsl:when test="@date">
                  <xsl:for-each select="$in">
                    <fo:block xml:lang="{.}">
                      <xsl:if test="position() > 1"><xsl:attribute name="color"><xsl:value-of select="$grey"/></xsl:attribute></xsl:if>
                      <xsl:call-template name="deadline"><xsl:with-param name="value" select="string($document/@date)"/><xsl:with-param name="lang" select="string(.)"/></xsl:call-template>
                    </fo:block>
                  </xsl:for-each>
                </xsl:when>
                <xsl:otherwise><fo:block/></xsl:otherwise>
              </xsl:choose>
            </fo:table-cell>
            <fo:table-cell xsl:use-attribute-sets="cell"><xsl:call-template name="in-languages"><xsl:with-param name="words" select="issuer"/><xsl:with-param name="in" select="$in"/></xsl:call-template></fo:table-cell>
            <xsl:if test="$cited">
              <fo:table-cell xsl:use-attribute-sets="cell" text-align="end"><fo:block><xsl:call-template name="first-mention"><xsl:with-param name="ref" select="string(@id)"/><xsl:with-param name="lang" select="string($in[1])"/></xsl:call-template></fo:block></fo:table-cell>
            </xsl:if>
          </fo:table-row>
        </xsl:for-each>
      </fo:table-body>
    </fo:table>
  </xsl:template>

  <xsl:template name="first-mention">
    <xsl:param name="ref"/>
    <xsl:param name="lang"/>
    <xsl:variable name="id" select="concat('cite-', $lang, '-', $ref)"/>
    <xsl:for-each select="exsl:node-set($first-cites)">
      <xsl:if test="key('first-cite-of', concat($lang, '|', $ref))">
        <fo:basic-link internal-destination="{$id}" xsl:use-attribute-sets="link"><fo:page-number-citation ref-id="{$id}"/></fo:basic-link>
      </xsl:if>
    </xsl:for-each>
  </xsl:template>

  <!-- A document in a list: name, subject, and whether it is in force. -->
  <xsl:template match="document" mode="entry">
    <xsl:param name="lang"/>
    <xsl:param name="second"/>
    <xsl:variable name="document" select="."/>
    <fo:block xml:lang="{$lang}">
      <xsl:if test="$second"><xsl:attribute name="color"><xsl:value-of select="$grey"/></xsl:attribute></xsl:if>
      <xsl:variable name="name"><xsl:call-template name="citation-name"><xsl:with-param name="document" select="$document"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template></xsl:variable>
      <fo:inline><xsl:if test="not($second)"><xsl:attribute name="font-weight">bold</xsl:attribute></xsl:if><xsl:value-of select="concat(translate(substring($name, 1, 1), 'abcdđefghijklmnopqrstuvwxyz', 'ABCDĐEFGHIJKLMNOPQRSTUVWXYZ'), substring($name, 2))"/></fo:inline>
      <xsl:if test="subject"><xsl:text> </xsl:text><xsl:call-template name="document-words"><xsl:with-param name="words" select="subject"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template></xsl:if>
    </fo:block>
    <xsl:for-each select="in-force | replaced">
      <fo:block xml:lang="{$lang}" font-style="italic">
        <xsl:if test="$second"><xsl:attribute name="color"><xsl:value-of select="$grey"/></xsl:attribute></xsl:if>
        <xsl:call-template name="word"><xsl:with-param name="id" select="local-name()"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
        <xsl:variable name="by" select="../../document[@id = current()/@by]"/>
        <xsl:if test="$by"><xsl:text> </xsl:text><xsl:call-template name="kind-and-number"><xsl:with-param name="document" select="$by"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template></xsl:if>
        <xsl:if test="@evidence = 'S' or @evidence = 'R'"> (<xsl:call-template name="word"><xsl:with-param name="id" select="concat('evidence-', @evidence)"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>)</xsl:if>
      </fo:block>
    </xsl:for-each>
  </xsl:template>
</xsl:stylesheet>
