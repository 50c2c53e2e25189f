<?xml version="1.0" encoding="UTF-8"?>
<!-- Pocket cards on A4: eight of A7, or (parameter copy = 'a6') four of A6, one language; a page of fronts, then the page
     of their backs, to be printed on both sides and turned on the long edge.  Marks show where to cut.

     A card is made of: each thing of the resolution that the source takes in (include: its code, then its text), each
     quotation (what to remember), in the facilitator's copy each question of a quiz and its answer.  Where the publication
     is itself of the kind cards, also of each section: its heading, then its text. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:fo="http://www.w3.org/1999/XSL/Format"
    xmlns:svg="http://www.w3.org/2000/svg"
    xmlns:e="urn:sotay:edition"
    xmlns:src="urn:sotay:source"
    xmlns:exsl="http://exslt.org/common"
    xmlns:math="http://exslt.org/math"
    exclude-result-prefixes="e src exsl math">
  <xsl:import href="common.xsl"/>

  <xsl:variable name="kind-layout" select="'sequential'"/>
  <xsl:variable name="alone" select="$edition/@kind = 'cards'"/>
  <xsl:variable name="a6" select="$copy = 'a6'"/>
  <xsl:variable name="per-sheet" select="8 - 4 * $a6"/>
  <!-- A card, and its margin, in millimetres. -->
  <xsl:variable name="card-width" select="105"/>
  <xsl:variable name="card-height" select="74.25 + 74.25 * $a6"/>
  <xsl:variable name="inset" select="8"/>
  <xsl:variable name="inner-width" select="$card-width - 2 * $inset"/>
  <!-- The foot of a card says what it belongs to. -->
  <xsl:variable name="inner-height" select="$card-height - 2 * $inset - 4"/>
  <xsl:variable name="page-measure" select="$inner-width * 2.83"/>
  <xsl:variable name="column-measure" select="$page-measure"/>
  <xsl:variable name="serif">Liberation Sans</xsl:variable>
  <xsl:variable name="size">10</xsl:variable>

  <!-- Cards have no footnotes; documents are named in short. -->
  <xsl:template match="e:note | e:noteref"/>
  <xsl:template match="e:cite"><xsl:apply-templates select="." mode="plain"/></xsl:template>
  <!-- What is only for the facilitator is no card. -->
  <xsl:template match="e:facilitator"/>

  <!-- Sizes that follow the card's own. -->
  <xsl:attribute-set name="list">
    <xsl:attribute name="provisional-distance-between-starts">1.6em</xsl:attribute>
    <xsl:attribute name="provisional-label-separation">0.3em</xsl:attribute>
  </xsl:attribute-set>
  <xsl:attribute-set name="box-title"><xsl:attribute name="font-size">1em</xsl:attribute></xsl:attribute-set>
  <xsl:attribute-set name="table"><xsl:attribute name="font-size">0.9em</xsl:attribute></xsl:attribute-set>

  <!-- ==== The cards: front and back, finished ==== -->

  <xsl:variable name="cards">
    <xsl:apply-templates select="$edition/e:body/*" mode="card"/>
  </xsl:variable>
  <xsl:variable name="found" select="exsl:node-set($cards)/card"/>

  <xsl:template match="e:section" mode="card">
    <xsl:variable name="text" select="e:unit[@type != 'heading' and @type != 'quote' and @type != 'rule'][not(@directive) or @directive = 'chart' or @directive = 'qr' or @directive = 'timeline']/e:v[@xml:lang = $lang1]"/>
    <xsl:if test="$alone and $text">
      <xsl:call-template name="card">
        <xsl:with-param name="front"><fo:block xsl:use-attribute-sets="front-title" role="H1"><xsl:apply-templates select="e:unit[1]/e:v[@xml:lang = $lang1]/node()"/></fo:block></xsl:with-param>
        <xsl:with-param name="back"><xsl:for-each select="$text"><fo:block space-before="0.5em"><xsl:apply-templates select="*"/></fo:block></xsl:for-each></xsl:with-param>
      </xsl:call-template>
    </xsl:if>
    <xsl:apply-templates select="*[position() > 1]" mode="card"/>
  </xsl:template>
  <xsl:template match="e:unit" mode="card"/>

  <!-- To remember: the section's title, then the quotation. -->
  <xsl:template match="e:unit[@type = 'quote']" mode="card">
    <xsl:variable name="v" select="e:v[@xml:lang = $lang1]"/>
    <xsl:if test="$v">
      <xsl:call-template name="card">
        <xsl:with-param name="label" select="'key-point'"/>
        <xsl:with-param name="front"><fo:block xsl:use-attribute-sets="front-title" role="H1"><xsl:apply-templates select="parent::e:section/e:unit[1]/e:v[@xml:lang = $lang1]/node()"/><xsl:if test="not(parent::e:section)"><xsl:call-template name="field"><xsl:with-param name="name" select="'title'"/></xsl:call-template></xsl:if></fo:block></xsl:with-param>
        <xsl:with-param name="back"><xsl:apply-templates select="$v/e:quote/*"/></xsl:with-param>
      </xsl:call-template>
    </xsl:if>
  </xsl:template>

  <xsl:template match="e:unit[@directive = 'include']" mode="card">
    <xsl:variable name="include" select="e:v[@xml:lang = $lang1]/e:include"/>
    <xsl:variable name="word">
      <xsl:choose><xsl:when test="$include/@view = 'contents'">contents-of</xsl:when><xsl:otherwise><xsl:value-of select="$include/@view"/></xsl:otherwise></xsl:choose>
    </xsl:variable>
    <xsl:for-each select="$data/resolution[$include/@ref = 'resolution']/*[local-name() = $include/@view]/*[text[@xml:lang = $lang1]]">
      <xsl:call-template name="card">
        <xsl:with-param name="label" select="string($word)"/>
        <xsl:with-param name="front">
          <fo:block font-size="{30 + 8 * $a6}pt" line-height="1.2" font-weight="bold" color="{$green}" role="H1"><xsl:call-template name="place"/><xsl:value-of select="@id"/></fo:block>
          <xsl:if test="name[@xml:lang = $lang1]"><fo:block xsl:use-attribute-sets="front-title" space-before="1mm"><xsl:value-of select="normalize-space(name[@xml:lang = $lang1])"/></fo:block></xsl:if>
        </xsl:with-param>
        <xsl:with-param name="back"><fo:block><xsl:call-template name="bind"><xsl:with-param name="text" select="normalize-space(text[@xml:lang = $lang1])"/></xsl:call-template></fo:block></xsl:with-param>
      </xsl:call-template>
    </xsl:for-each>
  </xsl:template>

  <!-- Questions: the facilitator's. -->
  <xsl:template match="e:unit[@directive = 'quiz']" mode="card">
    <xsl:if test="$facilitator">
      <xsl:for-each select="e:v[@xml:lang = $lang1]/e:quiz/e:item">
        <xsl:call-template name="card">
          <xsl:with-param name="label" select="'question'"/>
          <xsl:with-param name="front"><xsl:apply-templates select="." mode="card-question"/></xsl:with-param>
          <xsl:with-param name="back">
            <fo:block font-weight="bold" color="{$green}"><xsl:apply-templates select="." mode="card-answer"/></fo:block>
            <xsl:if test="e:explain"><fo:block space-before="0.4em"><xsl:apply-templates select="e:explain/*"/></fo:block></xsl:if>
          </xsl:with-param>
        </xsl:call-template>
      </xsl:for-each>
    </xsl:if>
  </xsl:template>

  <xsl:template match="e:item" mode="card-question">
    <fo:block font-weight="bold" role="H1"><xsl:call-template name="place"/><xsl:apply-templates select="e:question/*"/><xsl:if test="not(e:question/*)"><xsl:apply-templates select="e:choice[1]/*"/></xsl:if></fo:block>
    <xsl:for-each select="e:choice[../e:question/*]">
      <fo:block start-indent="1.4em" text-indent="-1.4em" space-before="0.15em"><fo:inline color="{$green}"><xsl:value-of select="substring($capitals, position(), 1)"/>.&#160;</fo:inline><xsl:apply-templates select="e:p[1]/node()"/></fo:block>
    </xsl:for-each>
    <xsl:for-each select="e:left">
      <xsl:variable name="nr" select="position()"/>
      <fo:block start-indent="1.4em" text-indent="-1.4em" space-before="0.15em"><xsl:value-of select="$nr"/>.&#160;<xsl:apply-templates/><xsl:text>  –  </xsl:text><xsl:value-of select="substring($letters, $nr, 1)"/>.&#160;<xsl:apply-templates select="../e:right[$nr]/node()"/></fo:block>
    </xsl:for-each>
  </xsl:template>
  <!-- Nothing on the front tells the answer. -->
  <xsl:template match="e:gap"><fo:leader leader-pattern="rule" rule-thickness="0.4pt" leader-length="12mm"/></xsl:template>

  <xsl:template match="e:item" mode="card-answer">
    <xsl:for-each select="e:choice[@right = 'true' and ../@type != 'true-false']">
      <fo:block><xsl:value-of select="substring($capitals, count(preceding-sibling::e:choice) + 1, 1)"/>.&#160;<xsl:apply-templates select="e:p[1]/node()"/></fo:block>
    </xsl:for-each>
    <xsl:for-each select="e:choice[../@type = 'true-false']">
      <fo:block><xsl:if test="last() > 1"><xsl:value-of select="substring($capitals, position(), 1)"/>.&#160;</xsl:if><xsl:call-template name="own-word"><xsl:with-param name="id" select="string(@right)"/></xsl:call-template></fo:block>
    </xsl:for-each>
    <xsl:for-each select="e:left">
      <fo:block><xsl:value-of select="concat(position(), '&#160;–&#160;', substring($letters, @answer, 1))"/></fo:block>
    </xsl:for-each>
    <xsl:for-each select="e:answer"><fo:block><xsl:apply-templates select="e:p[1]/node()"/></fo:block></xsl:for-each>
  </xsl:template>

  <xsl:attribute-set name="front-title">
    <xsl:attribute name="font-weight">bold</xsl:attribute>
    <xsl:attribute name="font-size"><xsl:value-of select="15 + 4 * $a6"/>pt</xsl:attribute>
    <xsl:attribute name="line-height">1.3</xsl:attribute>
    <xsl:attribute name="color"><xsl:value-of select="$green"/></xsl:attribute>
  </xsl:attribute-set>

  <!-- label: a word that says what it is. -->
  <xsl:template name="card">
    <xsl:param name="label" select="''"/>
    <xsl:param name="front"/>
    <xsl:param name="back"/>
    <card>
      <xsl:copy-of select="ancestor-or-self::*[@src:at][1]/@src:at"/>
      <front label="{$label}"><xsl:copy-of select="$front"/></front>
      <back label="{$label}"><xsl:copy-of select="$back"/></back>
    </card>
  </xsl:template>

  <!-- A source that gives no card gets one with its own name. -->
  <xsl:variable name="own">
    <card>
      <front label=""><fo:block xsl:use-attribute-sets="front-title" role="H1"><xsl:call-template name="field"><xsl:with-param name="name" select="'title'"/></xsl:call-template></fo:block></front>
      <back label="">
        <fo:block><xsl:call-template name="field"><xsl:with-param name="name" select="'subtitle'"/></xsl:call-template></fo:block>
        <fo:block><xsl:call-template name="field"><xsl:with-param name="name" select="'organisation'"/></xsl:call-template></fo:block>
        <fo:block><xsl:call-template name="date"/></fo:block>
      </back>
    </card>
  </xsl:variable>
  <xsl:variable name="all" select="$found | exsl:node-set($own)/card[not($found)]"/>

  <!-- ==== Sheets ==== -->

  <xsl:template name="masters">
    <fo:simple-page-master master-name="sheet" page-width="210mm" page-height="297mm"><fo:region-body/></fo:simple-page-master>
  </xsl:template>
  <xsl:template name="bookmarks"/>

  <xsl:template name="pages">
    <fo:page-sequence master-reference="sheet" xml:lang="{$lang1}" font-family="{$sans}" hyphenate="false">
      <fo:flow flow-name="xsl-region-body">
        <xsl:for-each select="$all[position() mod $per-sheet = 1]">
          <xsl:variable name="from" select="(position() - 1) * $per-sheet"/>
          <xsl:variable name="here" select="$all[position() > $from and position() &lt;= $from + $per-sheet]"/>
          <fo:block>
            <xsl:if test="position() > 1"><xsl:attribute name="break-before">page</xsl:attribute></xsl:if>
            <xsl:call-template name="cut-marks"/>
            <xsl:for-each select="$here">
              <xsl:variable name="nr" select="position()"/>
              <xsl:for-each select="front"><xsl:call-template name="side"><xsl:with-param name="column" select="($nr - 1) mod 2"/><xsl:with-param name="row" select="floor(($nr - 1) div 2)"/></xsl:call-template></xsl:for-each>
            </xsl:for-each>
          </fo:block>
          <!-- turned on the long edge, left is right -->
          <fo:block break-before="page">
            <xsl:call-template name="cut-marks"/>
            <xsl:for-each select="$here">
              <xsl:variable name="nr" select="position()"/>
              <xsl:for-each select="back"><xsl:call-template name="side"><xsl:with-param name="column" select="$nr mod 2"/><xsl:with-param name="row" select="floor(($nr - 1) div 2)"/></xsl:call-template></xsl:for-each>
            </xsl:for-each>
          </fo:block>
        </xsl:for-each>
      </fo:flow>
    </fo:page-sequence>
  </xsl:template>

  <!-- One side of a card.  The longer its text, the smaller its letters: about three quarters of the room are filled. -->
  <xsl:template name="side">
    <xsl:param name="column"/>
    <xsl:param name="row"/>
    <xsl:variable name="length" select="string-length(normalize-space(.)) + 40 * count(.//fo:block[preceding-sibling::fo:block])"/>
    <xsl:variable name="fits" select="floor(2 * math:sqrt($inner-width * $inner-height * 8.03 * 0.75 div 0.74 div ($length + 1))) div 2"/>
    <xsl:variable name="most" select="14 + 4 * $a6"/>
    <xsl:variable name="letter" select="$most * ($fits >= $most) + $fits * ($fits &lt; $most and $fits > 7) + 7 * ($fits &lt;= 7)"/>
    <xsl:if test="$fits &lt; 7"><xsl:message><xsl:value-of select="../@src:at"/>: too much text for one card</xsl:message></xsl:if>
    <fo:block-container absolute-position="absolute" width="{$inner-width}mm" height="{$inner-height}mm" left="{$column * $card-width + $inset}mm" top="{$row * $card-height + $inset}mm" display-align="center">
      <fo:block font-size="{$letter}pt" line-height="1.4">
        <xsl:copy-of select="../@src:at"/>
        <xsl:copy-of select="node()"/>
      </fo:block>
    </fo:block-container>
    <fo:block-container absolute-position="absolute" width="{$inner-width}mm" height="4mm" left="{$column * $card-width + $inset}mm" top="{($row + 1) * $card-height - $inset - 3}mm">
      <fo:block font-size="7pt" line-height="1.35" color="{$grey}">
        <xsl:if test="@label != ''"><xsl:call-template name="word"><xsl:with-param name="id" select="string(@label)"/></xsl:call-template><xsl:text> · </xsl:text></xsl:if>
        <xsl:variable name="title"><xsl:call-template name="field"><xsl:with-param name="name" select="'title'"/></xsl:call-template></xsl:variable>
        <xsl:value-of select="substring($title, 1, 60)"/><xsl:if test="string-length($title) > 60">…</xsl:if>
      </fo:block>
    </fo:block-container>
  </xsl:template>

  <!-- Where to cut: marks at the edges of the sheet, and crosses. -->
  <xsl:template name="cut-marks">
    <fo:block-container absolute-position="absolute" left="0mm" top="0mm" width="210mm" height="297mm">
      <fo:block line-height="1" font-size="1pt">
        <fo:instream-foreign-object role="artifact" content-width="210mm" content-height="296.9mm" scaling="non-uniform">
          <svg:svg width="210" height="297" viewBox="0 0 210 297">
            <svg:g stroke="#000000" stroke-width="0.15" fill="none">
              <svg:path d="M105 0V7M105 290V297"/>
              <xsl:call-template name="cut-rows"/>
            </svg:g>
          </svg:svg>
        </fo:instream-foreign-object>
      </fo:block>
    </fo:block-container>
  </xsl:template>
  <xsl:template name="cut-rows">
    <xsl:param name="y" select="$card-height"/>
    <xsl:if test="$y &lt; 296">
      <svg:path d="M0 {$y}H7M203 {$y}H210M102 {$y}H108M105 {$y - 3}V{$y + 3}"/>
      <xsl:call-template name="cut-rows"><xsl:with-param name="y" select="$y + $card-height"/></xsl:call-template>
    </xsl:if>
  </xsl:template>

  <xsl:template name="document-title">
    <xsl:param name="lang" select="$lang1"/>
    <xsl:call-template name="field"><xsl:with-param name="name" select="'title'"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
    <xsl:if test="not($alone) or $facilitator">
      <xsl:text> – </xsl:text><xsl:call-template name="word"><xsl:with-param name="id" select="'cards'"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
      <xsl:if test="$facilitator"><xsl:text> – </xsl:text><xsl:call-template name="word"><xsl:with-param name="id" select="'facilitator-copy'"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template></xsl:if>
    </xsl:if>
  </xsl:template>
</xsl:stylesheet>
