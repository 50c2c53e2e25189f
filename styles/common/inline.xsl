<?xml version="1.0" encoding="UTF-8"?>
<!-- Inlines, and the no-break spaces of Vietnamese and English text. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:fo="http://www.w3.org/1999/XSL/Format"
    xmlns:fox="http://xmlgraphics.apache.org/fop/extensions"
    xmlns:e="urn:sotay:edition"
    xmlns:src="urn:sotay:source"
    xmlns:exsl="http://exslt.org/common"
    xmlns:str="http://exslt.org/strings"
    exclude-result-prefixes="e src exsl str">

  <xsl:template match="e:em"><fo:inline font-style="italic"><xsl:apply-templates/></fo:inline></xsl:template>
  <xsl:template match="e:strong"><fo:inline font-weight="bold"><xsl:apply-templates/></fo:inline></xsl:template>
  <xsl:template match="e:del"><fo:inline text-decoration="line-through"><xsl:apply-templates/></fo:inline></xsl:template>
  <xsl:template match="e:code"><fo:inline font-family="Liberation Mono" font-size="{$size * 0.88}pt"><xsl:value-of select="."/></fo:inline></xsl:template>
  <xsl:template match="e:br"><fo:block/></xsl:template>
  <xsl:template match="e:img">
    <fo:external-graphic src="url('{@src}')" fox:alt-text="{@alt}" content-height="1em" content-width="scale-to-fit" scaling="uniform">
      <xsl:call-template name="place"/>
    </fo:external-graphic>
  </xsl:template>

  <xsl:key name="anchor" match="e:section | e:unit | e:p[@id] | e:ul[@id] | e:ol[@id] | e:li[@id] | e:table[@id] | e:quote[@id] | e:pre[@id] | e:figure[@id]" use="@id"/>

  <xsl:template match="e:a">
    <xsl:variable name="id" select="substring-after(@href, '#')"/>
    <xsl:choose>
      <xsl:when test="starts-with(@href, '#') and key('anchor', $id)">
        <xsl:variable name="lang" select="ancestor::e:v[1]/@xml:lang"/>
        <xsl:variable name="inside" select="key('anchor', $id)[not(self::e:section or self::e:unit)]"/>
        <fo:basic-link xsl:use-attribute-sets="link">
          <xsl:attribute name="internal-destination">
            <xsl:value-of select="$id"/>
            <xsl:if test="$lang != $lang1 and ($mode = 'sequential' or $inside)"><xsl:value-of select="concat('-', $lang)"/></xsl:if>
          </xsl:attribute>
          <xsl:call-template name="place"/>
          <xsl:apply-templates/>
        </fo:basic-link>
      </xsl:when>
      <xsl:when test="starts-with(@href, '#')">
        <xsl:message><xsl:value-of select="@src:at"/>: no heading or block has the id “<xsl:value-of select="$id"/>”</xsl:message>
        <xsl:apply-templates/>
      </xsl:when>
      <xsl:otherwise>
        <fo:basic-link external-destination="url('{@href}')" xsl:use-attribute-sets="link">
          <xsl:if test="@title"><xsl:attribute name="fox:alt-text"><xsl:value-of select="@title"/></xsl:attribute></xsl:if>
          <xsl:call-template name="place"/>
          <xsl:apply-templates/>
        </fo:basic-link>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- The first use of a term; a kind may print its gloss there. -->
  <xsl:variable name="gloss-in-text" select="false()"/>
  <xsl:template match="e:term">
    <xsl:variable name="lang" select="string(ancestor::e:v[1]/@xml:lang)"/>
    <xsl:apply-templates/>
    <xsl:variable name="gloss" select="$data/glossary/term[@id = current()/@ref]/gloss[@xml:lang = $lang]"/>
    <xsl:if test="$gloss-in-text and $gloss"> (<xsl:value-of select="$gloss"/>)</xsl:if>
  </xsl:template>

  <!-- The text of a heading alone, for running titles, bookmarks and contents. -->
  <xsl:template match="e:v" mode="plain">
    <xsl:variable name="text"><xsl:apply-templates mode="plain"/></xsl:variable>
    <xsl:call-template name="bind"><xsl:with-param name="text" select="normalize-space($text)"/></xsl:call-template>
  </xsl:template>
  <xsl:template match="e:*" mode="plain"><xsl:apply-templates mode="plain"/></xsl:template>
  <xsl:template match="e:note | e:noteref" mode="plain"/>
  <xsl:template match="e:br" mode="plain"><xsl:text> </xsl:text></xsl:template>
  <xsl:template match="e:img" mode="plain"><xsl:value-of select="@alt"/></xsl:template>

  <!-- Text -->
  <xsl:template match="text()"><xsl:call-template name="bind"><xsl:with-param name="text" select="string(.)"/></xsl:call-template></xsl:template>
  <xsl:template match="e:code/text()" priority="1"><xsl:value-of select="."/></xsl:template>
  <!-- White space between blocks. -->
  <xsl:template match="e:unit[@type != 'heading']/e:v/text() | e:ul/text() | e:ol/text() | e:li/text() | e:quote/text() | e:note/text()
      | e:discussion/text() | e:facilitator/text() | e:roll/text() | e:notes/text() | e:question/text() | e:choice/text() | e:explain/text()">
    <xsl:if test="normalize-space() != ''"><xsl:call-template name="bind"><xsl:with-param name="text" select="string(.)"/></xsl:call-template></xsl:if>
  </xsl:template>

  <!-- Pairs that stay on one line: the patterns of words.xml, each with every digit.  Only those whose word a text has
       are looked for in it. -->
  <xsl:variable name="pairs">
    <xsl:for-each select="$words/before-number/b">
      <xsl:variable name="word" select="string(.)"/>
      <pairs has="{$word} ">
        <xsl:for-each select="str:tokenize('0123456789', '')">
          <from><xsl:value-of select="concat($word, ' ', .)"/></from>
          <to><xsl:value-of select="concat($word, '&#160;', .)"/></to>
        </xsl:for-each>
      </pairs>
    </xsl:for-each>
    <xsl:for-each select="$words/after-number/b">
      <xsl:variable name="sign" select="string(.)"/>
      <pairs has=" {$sign}">
        <xsl:for-each select="str:tokenize('0123456789', '')">
          <from><xsl:value-of select="concat(., ' ', $sign)"/></from>
          <to><xsl:value-of select="concat(., '&#160;', $sign)"/></to>
        </xsl:for-each>
      </pairs>
    </xsl:for-each>
    <pairs has="TP. HCM"><from>TP. HCM</from><to>TP.&#160;HCM</to></pairs>
  </xsl:variable>
  <xsl:variable name="all-pairs" select="exsl:node-set($pairs)/pairs"/>

  <xsl:template name="bind">
    <xsl:param name="text"/>
    <xsl:choose>
      <xsl:when test="contains($text, ' ') and translate($text, '0123456789', '') != $text">
        <xsl:variable name="found" select="$all-pairs[contains($text, @has)]"/>
        <xsl:value-of select="str:replace($text, $found/from, $found/to)"/>
      </xsl:when>
      <xsl:otherwise><xsl:value-of select="$text"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>
</xsl:stylesheet>
