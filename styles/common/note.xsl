<?xml version="1.0" encoding="UTF-8"?>
<!-- Footnotes.

     Each language counts its own; in lanes and on facing pages they stand at the foot of their own column or page.
     Where the languages stand one under another, or side by side in tables, a footnote is one for all of them: the first
     language has it, numbers it and prints it in every language; the others call the same number.  What pairs them is
     the author's label. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:fo="http://www.w3.org/1999/XSL/Format"
    xmlns:e="urn:sotay:edition"
    xmlns:src="urn:sotay:source"
    xmlns:exsl="http://exslt.org/common"
    exclude-result-prefixes="e src exsl">

  <!-- What pairs and counts a call: its part and label. -->
  <xsl:template match="e:note" mode="key"><xsl:value-of select="concat('note:', ancestor::*[@part][1]/@part, ':', @label)"/></xsl:template>

  <xsl:variable name="notes-shared" select="$mode = 'interleaved' or ($mode = 'columns' and not($in-lanes))"/>

  <!-- Every call a reader of this copy sees, in order. -->
  <xsl:variable name="all-calls">
    <xsl:for-each select="$langs">
      <xsl:variable name="call-lang" select="string(.)"/>
      <xsl:for-each select="$edition/e:body/descendant::e:note[ancestor::e:v[1]/@xml:lang = $call-lang][$facilitator or not(ancestor::e:facilitator or ancestor::e:explain)]">
        <call lang="{$call-lang}" node="{generate-id()}" id="{@id}"><xsl:attribute name="key"><xsl:apply-templates select="." mode="key"/></xsl:attribute></call>
      </xsl:for-each>
    </xsl:for-each>
  </xsl:variable>
  <xsl:key name="calls" match="call" use="concat(@lang, '|', @key)"/>
  <!-- Only the first of each, numbered. -->
  <xsl:variable name="first-calls">
    <xsl:for-each select="$langs">
      <xsl:variable name="first-lang" select="string(.)"/>
      <xsl:for-each select="exsl:node-set($all-calls)/call[@lang = $first-lang][generate-id() = generate-id(key('calls', concat(@lang, '|', @key))[1])]">
        <first lang="{$first-lang}" node="{@node}" id="{@id}" key="{@key}" nr="{position()}"/>
      </xsl:for-each>
    </xsl:for-each>
  </xsl:variable>
  <xsl:key name="first" match="first" use="concat(@lang, '|', @key)"/>
  <xsl:key name="first-by-id" match="first" use="@id"/>
  <xsl:key name="note-by-key" match="e:note" use="concat(ancestor::e:v[1]/@xml:lang, '|note:', ancestor::*[@part][1]/@part, ':', @label)"/>

  <xsl:template name="note-number">
    <xsl:param name="lang"/>
    <xsl:param name="key"/>
    <xsl:for-each select="exsl:node-set($first-calls)"><xsl:value-of select="key('first', concat($lang, '|', $key))/@nr"/></xsl:for-each>
  </xsl:template>

  <!-- Whether a call is the one that has the footnote. -->
  <xsl:template name="is-first">
    <xsl:param name="lang"/>
    <xsl:param name="key"/>
    <xsl:variable name="node" select="generate-id()"/>
    <xsl:for-each select="exsl:node-set($first-calls)"><xsl:if test="key('first', concat($lang, '|', $key))/@node = $node">yes</xsl:if></xsl:for-each>
  </xsl:template>

  <xsl:template match="e:note">
    <xsl:variable name="lang" select="string(ancestor::e:v[1]/@xml:lang)"/>
    <xsl:variable name="key"><xsl:apply-templates select="." mode="key"/></xsl:variable>
    <xsl:variable name="own"><xsl:call-template name="note-number"><xsl:with-param name="lang" select="$lang"/><xsl:with-param name="key" select="$key"/></xsl:call-template></xsl:variable>
    <xsl:variable name="shared">
      <xsl:if test="$notes-shared"><xsl:call-template name="note-number"><xsl:with-param name="lang" select="$lang1"/><xsl:with-param name="key" select="$key"/></xsl:call-template></xsl:if>
    </xsl:variable>
    <xsl:variable name="is-first"><xsl:call-template name="is-first"><xsl:with-param name="lang" select="$lang"/><xsl:with-param name="key" select="$key"/></xsl:call-template></xsl:variable>
    <xsl:choose>
      <!-- another language's footnote, or this one's again -->
      <xsl:when test="$shared != '' and ($lang != $lang1 or $is-first = '')">
        <xsl:call-template name="note-link"><xsl:with-param name="nr" select="$shared"/><xsl:with-param name="id" select="concat('note-', $shared)"/></xsl:call-template>
      </xsl:when>
      <xsl:when test="$shared != ''">
        <xsl:call-template name="footnote">
          <xsl:with-param name="nr" select="$shared"/><xsl:with-param name="id" select="concat('note-', $shared)"/>
          <xsl:with-param name="key" select="$key"/><xsl:with-param name="in" select="$langs"/>
        </xsl:call-template>
      </xsl:when>
      <xsl:when test="$is-first = ''">
        <xsl:call-template name="note-link"><xsl:with-param name="nr" select="$own"/><xsl:with-param name="id" select="concat('note-', $lang, '-', $own)"/></xsl:call-template>
      </xsl:when>
      <xsl:otherwise>
        <!-- one that only this language has is marked with a star -->
        <xsl:call-template name="footnote">
          <xsl:with-param name="nr"><xsl:value-of select="$own"/><xsl:if test="$lang != $lang1 and $notes-shared">*</xsl:if></xsl:with-param>
          <xsl:with-param name="id" select="concat('note-', $lang, '-', $own)"/>
          <xsl:with-param name="key" select="$key"/><xsl:with-param name="in" select="$langs[. = $lang]"/>
        </xsl:call-template>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="e:noteref">
    <xsl:variable name="lang" select="string(ancestor::e:v[1]/@xml:lang)"/>
    <xsl:variable name="ref" select="@ref"/>
    <xsl:variable name="key"><xsl:for-each select="exsl:node-set($first-calls)"><xsl:value-of select="key('first-by-id', $ref)/@key"/></xsl:for-each></xsl:variable>
    <xsl:variable name="own"><xsl:call-template name="note-number"><xsl:with-param name="lang" select="$lang"/><xsl:with-param name="key" select="$key"/></xsl:call-template></xsl:variable>
    <xsl:variable name="shared">
      <xsl:if test="$notes-shared"><xsl:call-template name="note-number"><xsl:with-param name="lang" select="$lang1"/><xsl:with-param name="key" select="$key"/></xsl:call-template></xsl:if>
    </xsl:variable>
    <xsl:choose>
      <xsl:when test="$shared != ''"><xsl:call-template name="note-link"><xsl:with-param name="nr" select="$shared"/><xsl:with-param name="id" select="concat('note-', $shared)"/></xsl:call-template></xsl:when>
      <xsl:otherwise><xsl:call-template name="note-link"><xsl:with-param name="nr" select="$own"/><xsl:with-param name="id" select="concat('note-', $lang, '-', $own)"/></xsl:call-template></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="note-link">
    <xsl:param name="nr"/>
    <xsl:param name="id"/>
    <fo:basic-link internal-destination="{$id}" xsl:use-attribute-sets="superior"><xsl:call-template name="place"/><xsl:value-of select="$nr"/></fo:basic-link>
  </xsl:template>

  <xsl:template name="footnote">
    <xsl:param name="nr"/>
    <xsl:param name="id"/>
    <xsl:param name="key"/>
    <xsl:param name="in"/>
    <xsl:variable name="call" select="."/>
    <fo:footnote>
      <xsl:call-template name="place"/>
      <fo:inline xsl:use-attribute-sets="superior"><xsl:value-of select="$nr"/></fo:inline>
      <fo:footnote-body>
        <fo:list-block id="{$id}" provisional-distance-between-starts="{$size * 1.1}pt" provisional-label-separation="2pt" xsl:use-attribute-sets="footnote">
          <xsl:for-each select="$in">
            <xsl:variable name="lang" select="string(.)"/>
            <xsl:variable name="first" select="position() = 1"/>
            <xsl:variable name="text"><xsl:for-each select="$call"><xsl:apply-templates select="key('note-by-key', concat($lang, '|', $key))[1]/*"/></xsl:for-each></xsl:variable>
            <xsl:if test="$first or string($text) != ''">
              <fo:list-item xml:lang="{$lang}">
                <fo:list-item-label end-indent="label-end()"><fo:block xsl:use-attribute-sets="label"><xsl:if test="$first"><xsl:value-of select="$nr"/></xsl:if></fo:block></fo:list-item-label>
                <fo:list-item-body start-indent="body-start()">
                  <xsl:if test="not($first)"><xsl:attribute name="color"><xsl:value-of select="$grey"/></xsl:attribute></xsl:if>
                  <xsl:copy-of select="$text"/>
                </fo:list-item-body>
              </fo:list-item>
            </xsl:if>
          </xsl:for-each>
        </fo:list-block>
      </fo:footnote-body>
    </fo:footnote>
  </xsl:template>
</xsl:stylesheet>
