<?xml version="1.0" encoding="UTF-8"?>
<!-- Introduction (đề dẫn): A4, sent beforehand: what the session is for, the summary, the questions to discuss, what to
     prepare.  No forms, no quiz, nothing of the facilitator's.

     As a part of the kit it takes the sections of its source up to the last one that discusses; a section of class
     "session" is left out, one of class "beforehand" is always in.  As a kind of its own it prints all. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:fo="http://www.w3.org/1999/XSL/Format"
    xmlns:e="urn:sotay:edition"
    xmlns:exsl="http://exslt.org/common"
    exclude-result-prefixes="e exsl">
  <xsl:import href="handout.xsl"/>

  <xsl:variable name="alone" select="$edition/@kind = 'introduction'"/>
  <!-- The first-level sections that discuss, by their place. -->
  <xsl:variable name="talks">
    <xsl:for-each select="$edition/e:body/e:section"><xsl:if test=".//e:unit[@directive = 'discussion' or @directive = 'case']"><at><xsl:value-of select="position()"/></at></xsl:if></xsl:for-each>
  </xsl:variable>
  <xsl:variable name="last-talk" select="exsl:node-set($talks)/at[last()]"/>

  <!-- Which units there are. -->
  <xsl:template match="e:unit" mode="sent">yes</xsl:template>
  <xsl:template match="e:unit[@type = 'heading' or @directive = 'facilitator' or @directive = 'quiz' or @directive = 'roll' or @directive = 'notes' or @directive = 'signature']" mode="sent"/>
  <!-- Which sections: with something to print in them, and not only for the session. -->
  <xsl:variable name="sections">
    <xsl:for-each select="$edition/e:body/e:section">
      <xsl:variable name="late" select="$last-talk and position() > $last-talk"/>
      <xsl:for-each select="descendant-or-self::e:section">
        <xsl:variable name="units"><xsl:apply-templates select=".//e:unit" mode="sent"/></xsl:variable>
        <xsl:variable name="class" select="concat(' ', @class, ' ')"/>
        <xsl:variable name="before" select="descendant-or-self::e:section[contains(concat(' ', @class, ' '), ' beforehand ')]"/>
        <xsl:if test="$units != '' and ($alone or $before or not($late or contains($class, ' session ')))"><sent of="{generate-id()}"/></xsl:if>
      </xsl:for-each>
    </xsl:for-each>
  </xsl:variable>
  <xsl:variable name="sent-sections" select="exsl:node-set($sections)"/>
  <xsl:key name="sent" match="sent" use="@of"/>
  <xsl:template name="is-sent">
    <xsl:variable name="id" select="generate-id()"/>
    <xsl:for-each select="$sent-sections"><xsl:if test="key('sent', $id)">yes</xsl:if></xsl:for-each>
  </xsl:template>

  <xsl:template match="e:section" mode="flow">
    <xsl:param name="in"/>
    <xsl:variable name="sent"><xsl:call-template name="is-sent"/></xsl:variable>
    <xsl:if test="$sent != ''">
      <xsl:apply-templates select="e:unit[1]" mode="heading">
        <xsl:with-param name="in" select="$in"/><xsl:with-param name="depth" select="count(ancestor-or-self::e:section)"/>
      </xsl:apply-templates>
      <xsl:apply-templates select="*[position() > 1]" mode="flow"><xsl:with-param name="in" select="$in"/></xsl:apply-templates>
    </xsl:if>
  </xsl:template>
  <xsl:template match="e:section" mode="break">auto</xsl:template>
  <xsl:template match="e:unit" mode="flow" priority="5">
    <xsl:param name="in"/>
    <xsl:variable name="sent"><xsl:apply-templates select="." mode="sent"/></xsl:variable>
    <xsl:if test="$sent != ''"><xsl:call-template name="unit"><xsl:with-param name="in" select="$in"/></xsl:call-template></xsl:if>
  </xsl:template>
  <xsl:template match="e:section" mode="bookmark">
    <xsl:param name="in"/>
    <xsl:variable name="sent"><xsl:call-template name="is-sent"/></xsl:variable>
    <xsl:if test="$sent != ''">
      <fo:bookmark>
        <xsl:attribute name="internal-destination"><xsl:call-template name="id"><xsl:with-param name="id" select="@id"/><xsl:with-param name="in" select="$in"/></xsl:call-template></xsl:attribute>
        <fo:bookmark-title>
          <xsl:variable name="heading" select="e:unit[1]"/>
          <xsl:for-each select="$in">
            <xsl:if test="position() > 1"> · </xsl:if>
            <xsl:apply-templates select="$heading/e:v[@xml:lang = current()]" mode="plain"/>
          </xsl:for-each>
        </fo:bookmark-title>
      </fo:bookmark>
    </xsl:if>
  </xsl:template>

  <xsl:template match="e:section" mode="contents">
    <xsl:param name="in"/>
    <xsl:variable name="sent"><xsl:call-template name="is-sent"/></xsl:variable>
    <xsl:if test="$sent != '' and not(parent::e:section)">
      <fo:block xsl:use-attribute-sets="contents-entry contents-1" role="TOCI"><xsl:call-template name="contents-entry"><xsl:with-param name="in" select="$in"/></xsl:call-template></fo:block>
    </xsl:if>
  </xsl:template>

  <!-- A link into what was left out is plain text. -->
  <xsl:template match="e:a[starts-with(@href, '#')]">
    <xsl:variable name="target" select="key('anchor', substring-after(@href, '#'))"/>
    <xsl:variable name="left-out">
      <xsl:for-each select="$target/ancestor-or-self::e:section[last()]"><xsl:variable name="sent"><xsl:call-template name="is-sent"/></xsl:variable><xsl:if test="$sent = ''">yes</xsl:if></xsl:for-each>
    </xsl:variable>
    <xsl:choose>
      <xsl:when test="$left-out != ''"><xsl:apply-templates/></xsl:when>
      <xsl:otherwise><xsl:apply-imports/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- Questions without lines to write on. -->
  <xsl:template name="ruled-lines"><xsl:param name="count"/></xsl:template>

  <xsl:template name="part-title">
    <xsl:param name="lang"/>
    <xsl:call-template name="word"><xsl:with-param name="id" select="'introduction'"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
  </xsl:template>
  <xsl:template name="document-title">
    <xsl:param name="lang" select="$lang1"/>
    <xsl:call-template name="field"><xsl:with-param name="name" select="'title'"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
    <xsl:if test="not($alone)"><xsl:text> – </xsl:text><xsl:call-template name="part-title"><xsl:with-param name="lang" select="$lang"/></xsl:call-template></xsl:if>
  </xsl:template>
  <xsl:template name="opening">
    <xsl:param name="in"/>
    <fo:block border-after-style="solid" border-after-width="1.2pt" border-after-color="{$green}" padding-after="5pt" space-after="{$size * 0.4}pt" font-family="{$sans}">
      <xsl:call-template name="organisations"><xsl:with-param name="in" select="$in"/></xsl:call-template>
      <fo:block space-before="4mm" color="{$grey}" font-weight="bold" font-size="{$size * 1.1}pt">
        <xsl:for-each select="$in">
          <xsl:if test="position() > 1"> · </xsl:if>
          <fo:inline xml:lang="{.}"><xsl:call-template name="part-title"><xsl:with-param name="lang" select="string(.)"/></xsl:call-template></fo:inline>
        </xsl:for-each>
      </fo:block>
      <xsl:for-each select="$in">
        <fo:block xml:lang="{.}" role="H1" hyphenate="false" line-height="1.3">
          <xsl:choose>
            <xsl:when test="position() = 1">
              <xsl:attribute name="font-size"><xsl:value-of select="$size * 1.8"/>pt</xsl:attribute>
              <xsl:attribute name="font-weight">bold</xsl:attribute>
              <xsl:attribute name="color"><xsl:value-of select="$green"/></xsl:attribute>
              <xsl:attribute name="space-before">1mm</xsl:attribute>
            </xsl:when>
            <xsl:otherwise>
              <xsl:attribute name="font-size"><xsl:value-of select="$size * 1.25"/>pt</xsl:attribute>
              <xsl:attribute name="color"><xsl:value-of select="$grey"/></xsl:attribute>
            </xsl:otherwise>
          </xsl:choose>
          <xsl:call-template name="field"><xsl:with-param name="name" select="'title'"/><xsl:with-param name="lang" select="string(.)"/></xsl:call-template>
        </fo:block>
      </xsl:for-each>
    </fo:block>
  </xsl:template>

  <!-- When and where; what to do before. -->
  <xsl:template name="closing">
    <xsl:param name="in"/>
    <xsl:if test="not($alone)">
      <fo:block space-before="{$size * 1.4}pt" keep-together.within-page="always">
        <xsl:call-template name="boxed">
          <xsl:with-param name="box" select="'box'"/>
          <xsl:with-param name="content">
            <xsl:call-template name="level">
              <xsl:with-param name="in" select="$in"/>
              <xsl:with-param name="cells">
                <xsl:for-each select="$in"><cell xml:lang="{.}"><xsl:call-template name="beforehand"><xsl:with-param name="lang" select="string(.)"/></xsl:call-template></cell></xsl:for-each>
              </xsl:with-param>
            </xsl:call-template>
          </xsl:with-param>
        </xsl:call-template>
      </fo:block>
    </xsl:if>
  </xsl:template>

  <xsl:template name="beforehand">
    <xsl:param name="lang"/>
    <xsl:variable name="fields" select="$edition/e:meta/e:field[@xml:lang = $lang or not(@xml:lang)]"/>
    <fo:block xsl:use-attribute-sets="box-title" role="H2"><xsl:call-template name="word"><xsl:with-param name="id" select="'to-prepare'"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template></fo:block>
    <fo:list-block xsl:use-attribute-sets="list" space-before="2pt">
      <xsl:call-template name="to-do"><xsl:with-param name="text"><xsl:call-template name="word"><xsl:with-param name="id" select="'read-before'"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template></xsl:with-param></xsl:call-template>
      <xsl:if test="$last-talk"><xsl:call-template name="to-do"><xsl:with-param name="text"><xsl:call-template name="word"><xsl:with-param name="id" select="'think-before'"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template></xsl:with-param></xsl:call-template></xsl:if>
      <xsl:for-each select="$fields[@name = 'prepare']"><xsl:call-template name="to-do"><xsl:with-param name="text" select="string(.)"/></xsl:call-template></xsl:for-each>
    </fo:list-block>
    <fo:block space-before="4pt">
      <fo:inline font-weight="bold"><xsl:call-template name="word"><xsl:with-param name="id" select="'when-where'"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>: </fo:inline>
      <xsl:call-template name="date"><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
      <xsl:if test="$date = ''">……………</xsl:if>
      <xsl:text>; </xsl:text>
      <xsl:value-of select="$fields[@name = 'venue'][1]"/>
      <xsl:if test="not($fields[@name = 'venue'])">………………………</xsl:if>
    </fo:block>
  </xsl:template>

  <xsl:template name="to-do">
    <xsl:param name="text"/>
    <fo:list-item>
      <fo:list-item-label end-indent="label-end()"><fo:block xsl:use-attribute-sets="label">•</fo:block></fo:list-item-label>
      <fo:list-item-body start-indent="body-start()"><fo:block><xsl:value-of select="$text"/></fo:block></fo:list-item-body>
    </fo:list-item>
  </xsl:template>
</xsl:stylesheet>
