<?xml version="1.0" encoding="UTF-8"?>
<!-- Quizzes: a number, the question, and by the item's type what to choose, judge, match or fill in.  The facilitator's
     copy marks what is right and says why. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:fo="http://www.w3.org/1999/XSL/Format"
    xmlns:e="urn:sotay:edition"
    exclude-result-prefixes="e">

  <!-- How wide a gap to fill in is, whatever its answer. -->
  <xsl:variable name="gap">24mm</xsl:variable>

  <xsl:variable name="capitals">ABCDEFGHIJKLMNOPQRSTUVWXYZ</xsl:variable>
  <xsl:variable name="letters">abcdefghijklmnopqrstuvwxyz</xsl:variable>

  <xsl:template match="e:quiz" mode="print">
    <xsl:param name="all"/>
    <xsl:param name="in"/>
    <xsl:call-template name="titles"><xsl:with-param name="all" select="$all"/><xsl:with-param name="in" select="$in"/><xsl:with-param name="default" select="'quiz'"/></xsl:call-template>
    <xsl:for-each select="e:item">
      <xsl:variable name="nr" select="position()"/>
      <xsl:call-template name="level">
        <xsl:with-param name="in" select="$in"/><xsl:with-param name="space" select="concat($size * 0.6, 'pt')"/>
        <xsl:with-param name="cells">
          <xsl:for-each select="$in"><cell xml:lang="{.}"><xsl:apply-templates select="$all[ancestor::e:v[1]/@xml:lang = current()]/e:item[$nr]"/></cell></xsl:for-each>
        </xsl:with-param>
      </xsl:call-template>
    </xsl:for-each>
  </xsl:template>

  <xsl:template match="e:item">
    <fo:list-block xsl:use-attribute-sets="list">
      <!-- Two-digit numbers need more room. -->
      <xsl:if test="../e:item[10]"><xsl:attribute name="provisional-distance-between-starts"><xsl:value-of select="$size * 1.9"/>pt</xsl:attribute></xsl:if>
      <xsl:call-template name="place"/>
      <fo:list-item keep-together.within-page="always">
        <fo:list-item-label end-indent="label-end()"><fo:block xsl:use-attribute-sets="label" font-weight="bold"><xsl:apply-templates select="." mode="number"/>.</fo:block></fo:list-item-label>
        <fo:list-item-body start-indent="body-start()">
          <xsl:if test="e:question/*">
            <fo:block font-weight="bold" keep-with-next.within-page="always"><xsl:apply-templates select="e:question/*"/></fo:block>
          </xsl:if>
          <xsl:apply-templates select="." mode="answer"/>
          <xsl:if test="$facilitator and e:explain">
            <fo:block color="{$green}" font-style="italic" space-before="2pt"><xsl:apply-templates select="e:explain/*"/></fo:block>
          </xsl:if>
        </fo:list-item-body>
      </fo:list-item>
    </fo:list-block>
  </xsl:template>

  <xsl:template match="e:item" mode="number"><xsl:value-of select="count(preceding-sibling::e:item) + 1"/></xsl:template>

  <!-- A word of the styles' own in the language of this place. -->
  <xsl:template name="own-word">
    <xsl:param name="id"/>
    <xsl:call-template name="word"><xsl:with-param name="id" select="$id"/><xsl:with-param name="lang" select="string(ancestor::e:v[1]/@xml:lang)"/></xsl:call-template>
  </xsl:template>

  <!-- Choices -->
  <xsl:template match="e:item" mode="answer">
    <xsl:if test="@type = 'several'">
      <fo:block xsl:use-attribute-sets="second" font-style="italic" font-size="{$size * 0.9}pt" keep-with-next.within-page="always"><xsl:call-template name="own-word"><xsl:with-param name="id" select="'choose-several'"/></xsl:call-template></fo:block>
    </xsl:if>
    <fo:list-block xsl:use-attribute-sets="list" provisional-distance-between-starts="{$size * 1.7}pt"><xsl:apply-templates select="e:choice"/></fo:list-block>
  </xsl:template>

  <xsl:template match="e:choice">
    <xsl:variable name="right" select="$facilitator and @right = 'true'"/>
    <fo:list-item space-before="1.5pt">
      <xsl:call-template name="place"/>
      <fo:list-item-label end-indent="label-end()">
        <fo:block xsl:use-attribute-sets="label"><xsl:value-of select="substring($capitals, count(preceding-sibling::e:choice) + 1, 1)"/>.</fo:block>
      </fo:list-item-label>
      <fo:list-item-body start-indent="body-start()">
        <xsl:choose>
          <xsl:when test="$right">
            <fo:block font-weight="bold"><xsl:apply-templates select="e:p[1]/node()"/>
              <fo:inline color="{$green}"><xsl:text> (</xsl:text><xsl:call-template name="own-word"><xsl:with-param name="id" select="'right'"/></xsl:call-template><xsl:text>)</xsl:text></fo:inline>
            </fo:block>
            <xsl:apply-templates select="*[not(self::e:p) or preceding-sibling::e:p]"/>
          </xsl:when>
          <xsl:otherwise><xsl:apply-templates/></xsl:otherwise>
        </xsl:choose>
      </fo:list-item-body>
    </fo:list-item>
  </xsl:template>

  <!-- Statements, each with the words true and false to tick; one alone has no letter. -->
  <xsl:template match="e:item[@type = 'true-false']" mode="answer">
    <xsl:choose>
      <xsl:when test="e:choice[2] or e:question/*">
        <fo:list-block xsl:use-attribute-sets="list" provisional-distance-between-starts="{$size * 1.7}pt">
          <xsl:for-each select="e:choice">
            <fo:list-item space-before="{$size * 0.25}pt">
              <xsl:call-template name="place"/>
              <fo:list-item-label end-indent="label-end()"><fo:block xsl:use-attribute-sets="label"><xsl:value-of select="substring($letters, position(), 1)"/>)</fo:block></fo:list-item-label>
              <fo:list-item-body start-indent="body-start()"><xsl:call-template name="statement"/></fo:list-item-body>
            </fo:list-item>
          </xsl:for-each>
        </fo:list-block>
      </xsl:when>
      <xsl:otherwise><xsl:for-each select="e:choice"><xsl:call-template name="statement"/></xsl:for-each></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="statement">
    <fo:block keep-with-next.within-page="always"><xsl:apply-templates/></fo:block>
    <fo:block font-size="{$size * 0.9}pt" space-before="1pt">
      <xsl:call-template name="verdict"><xsl:with-param name="word" select="'true'"/></xsl:call-template>
      <xsl:text>&#160;&#160;&#160;&#160; </xsl:text>
      <xsl:call-template name="verdict"><xsl:with-param name="word" select="'false'"/></xsl:call-template>
    </fo:block>
  </xsl:template>

  <!-- A box and its word: ticked and bold where it is right and may be told. -->
  <xsl:template name="verdict">
    <xsl:param name="word"/>
    <xsl:variable name="right" select="$facilitator and @right = $word"/>
    <xsl:call-template name="check-box">
      <xsl:with-param name="checked" select="$right"/>
      <xsl:with-param name="alt">
        <xsl:choose>
          <xsl:when test="$right"><xsl:call-template name="own-word"><xsl:with-param name="id" select="'right'"/></xsl:call-template></xsl:when>
          <xsl:otherwise><xsl:call-template name="own-word"><xsl:with-param name="id" select="'box'"/></xsl:call-template></xsl:otherwise>
        </xsl:choose>
      </xsl:with-param>
    </xsl:call-template>
    <xsl:text>&#160;</xsl:text>
    <fo:inline>
      <xsl:if test="$right"><xsl:attribute name="font-weight">bold</xsl:attribute><xsl:attribute name="color"><xsl:value-of select="$green"/></xsl:attribute></xsl:if>
      <xsl:call-template name="own-word"><xsl:with-param name="id" select="$word"/></xsl:call-template>
    </fo:inline>
  </xsl:template>

  <!-- A match: numbers on the left, letters on the right, and a line for the pairs. -->
  <xsl:template match="e:item[@type = 'match']" mode="answer">
    <xsl:variable name="item" select="."/>
    <fo:block space-before="2pt">
    <fo:table xsl:use-attribute-sets="table">
      <fo:table-column column-width="proportional-column-width(1)"/>
      <fo:table-column column-width="proportional-column-width(1)"/>
      <xsl:if test="@left or @right">
        <fo:table-header>
          <fo:table-row>
            <fo:table-cell xsl:use-attribute-sets="header-cell"><fo:block><xsl:value-of select="@left"/></fo:block></fo:table-cell>
            <fo:table-cell xsl:use-attribute-sets="header-cell"><fo:block><xsl:value-of select="@right"/></fo:block></fo:table-cell>
          </fo:table-row>
        </fo:table-header>
      </xsl:if>
      <fo:table-body>
        <xsl:for-each select="e:left">
          <xsl:variable name="nr" select="position()"/>
          <fo:table-row keep-together.within-page="always">
            <fo:table-cell xsl:use-attribute-sets="cell"><fo:block><xsl:call-template name="place"/><fo:inline xsl:use-attribute-sets="label"><xsl:value-of select="$nr"/>.&#160;</fo:inline><xsl:apply-templates/></fo:block></fo:table-cell>
            <fo:table-cell xsl:use-attribute-sets="cell"><fo:block><fo:inline xsl:use-attribute-sets="label"><xsl:value-of select="substring($letters, $nr, 1)"/>.&#160;</fo:inline><xsl:apply-templates select="$item/e:right[$nr]/node()"/></fo:block></fo:table-cell>
          </fo:table-row>
        </xsl:for-each>
      </fo:table-body>
    </fo:table>
    </fo:block>
    <fo:block space-before="3pt">
      <xsl:call-template name="own-word"><xsl:with-param name="id" select="'answers'"/></xsl:call-template>
      <xsl:text>:</xsl:text>
      <xsl:for-each select="e:left">
        <xsl:text> </xsl:text>
        <fo:inline keep-together.within-line="always">
          <xsl:value-of select="position()"/><xsl:text>&#160;–&#160;</xsl:text>
          <xsl:choose>
            <xsl:when test="$facilitator and @answer"><fo:inline font-weight="bold" color="{$green}"><xsl:value-of select="substring($letters, @answer, 1)"/></fo:inline></xsl:when>
            <xsl:otherwise><fo:leader leader-pattern="rule" rule-thickness="0.4pt" leader-length="{$size}pt"/></xsl:otherwise>
          </xsl:choose>
          <xsl:if test="position() != last()">;</xsl:if>
        </fo:inline>
      </xsl:for-each>
    </fo:block>
  </xsl:template>

  <!-- Gaps: a rule to write on, or the answer. -->
  <xsl:template match="e:item[@type = 'fill']" mode="answer"/>

  <xsl:template match="e:gap">
    <xsl:variable name="nr"><xsl:number level="any" count="e:gap" from="e:question"/></xsl:variable>
    <xsl:variable name="answer" select="ancestor::e:item[1]/e:answer[position() = $nr]"/>
    <xsl:choose>
      <xsl:when test="$facilitator and $answer">
        <fo:inline color="{$green}" border-after-style="solid" border-after-width="0.4pt" border-after-color="{$ink}"><xsl:apply-templates select="$answer/e:p[1]/node()"/></fo:inline>
      </xsl:when>
      <xsl:otherwise><fo:leader leader-pattern="rule" rule-thickness="0.4pt" leader-length="{$gap}"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>
</xsl:stylesheet>
