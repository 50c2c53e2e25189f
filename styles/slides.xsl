<?xml version="1.0" encoding="UTF-8"?>
<!-- Slides: 16:9 (or A4 landscape: kit: {slides: {size: A4}}), one language, a unit a slide, no letter below 24 points.

     What is longer than a slide goes on on the next, under its title and "(continued)".  The facilitator's copy is the
     speaker's: A4 upright, each slide at the head of a page, smaller, and below it what is said in the source for the
     facilitator after that unit.  Rolls and space for notes are not shown. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:fo="http://www.w3.org/1999/XSL/Format"
    xmlns:fox="http://xmlgraphics.apache.org/fop/extensions"
    xmlns:e="urn:sotay:edition"
    xmlns:exsl="http://exslt.org/common"
    exclude-result-prefixes="e exsl">
  <xsl:import href="common.xsl"/>

  <xsl:variable name="kind-layout" select="'sequential'"/>
  <xsl:variable name="a4" select="$edition/e:kit/e:slides/@size = 'A4'"/>
  <!-- A slide in points at its full size, and how much of that it has here: 180 mm on the speaker's page. -->
  <xsl:variable name="slide-width" select="960 * not($a4) + 842 * $a4"/>
  <xsl:variable name="slide-height" select="540 * not($a4) + 595 * $a4"/>
  <xsl:variable name="speaker" select="$facilitator"/>
  <xsl:variable name="scale">
    <xsl:choose><xsl:when test="$speaker"><xsl:value-of select="510 div $slide-width"/></xsl:when><xsl:otherwise>1</xsl:otherwise></xsl:choose>
  </xsl:variable>
  <xsl:variable name="size" select="28 * $scale"/>
  <xsl:variable name="smallest" select="24 * $scale"/>
  <xsl:variable name="leading">1.4</xsl:variable>
  <xsl:variable name="side" select="48 * $scale"/>
  <xsl:variable name="page-measure" select="($slide-width - 96) * $scale"/>
  <xsl:variable name="column-measure" select="$page-measure"/>
  <xsl:variable name="serif">Liberation Sans</xsl:variable>
  <xsl:variable name="notes-size">12</xsl:variable>

  <!-- What would be smaller elsewhere. -->
  <xsl:attribute-set name="blank"><xsl:attribute name="font-size"><xsl:value-of select="$smallest"/>pt</xsl:attribute></xsl:attribute-set>
  <xsl:attribute-set name="figure-caption"><xsl:attribute name="font-size"><xsl:value-of select="$smallest"/>pt</xsl:attribute></xsl:attribute-set>
  <xsl:attribute-set name="pre"><xsl:attribute name="font-size"><xsl:value-of select="$smallest"/>pt</xsl:attribute></xsl:attribute-set>
  <xsl:attribute-set name="running"><xsl:attribute name="font-size"><xsl:value-of select="$smallest"/>pt</xsl:attribute></xsl:attribute-set>
  <xsl:attribute-set name="heading-1"><xsl:attribute name="font-size"><xsl:value-of select="$size * 1.3"/>pt</xsl:attribute></xsl:attribute-set>
  <xsl:attribute-set name="heading-2"><xsl:attribute name="font-size"><xsl:value-of select="$size * 1.3"/>pt</xsl:attribute></xsl:attribute-set>
  <xsl:attribute-set name="heading-3"><xsl:attribute name="font-size"><xsl:value-of select="$size * 1.3"/>pt</xsl:attribute><xsl:attribute name="color"><xsl:value-of select="$green"/></xsl:attribute></xsl:attribute-set>
  <xsl:variable name="chart-size" select="$smallest"/>

  <!-- Pictures as large as the slide has room for. -->
  <xsl:template name="picture">
    <fo:block text-align="center" line-height="1">
      <fo:external-graphic src="url('{@src}')" fox:alt-text="{@alt}" width="100%" height="{($slide-height - 205) * $scale}pt" content-width="scale-to-fit" content-height="scale-to-fit" scaling="uniform" text-align="center">
        <xsl:call-template name="place"/>
      </fo:external-graphic>
    </fo:block>
  </xsl:template>

  <!-- Footnotes are for readers; documents are named in short. -->
  <xsl:template match="e:note | e:noteref"/>
  <xsl:template match="e:cite"><xsl:apply-templates select="." mode="plain"/></xsl:template>

  <!-- ==== Which slides there are ==== -->

  <xsl:variable name="source" select="/"/>

  <!-- Not shown: what is to be filled in, and what the speaker alone sees. -->
  <xsl:template match="e:unit" mode="shown">yes</xsl:template>
  <xsl:template match="e:unit[@type = 'heading' or @type = 'rule' or @directive = 'facilitator' or @directive = 'roll' or @directive = 'notes'
      or @directive = 'signature']" mode="shown"/>

  <!-- A slide: its first unit.  What a paragraph with a colon leads to stands under it. -->
  <xsl:template name="leads">
    <xsl:variable name="text" select="normalize-space(e:v[@xml:lang = $lang1])"/>
    <xsl:variable name="next" select="following-sibling::*[1][self::e:unit]"/>
    <xsl:if test="@type = 'p' and substring($text, string-length($text)) = ':' and $next[@type != 'p' and not(@directive)]">yes</xsl:if>
  </xsl:template>

  <!-- In the order of the source: each slide, and behind it the notes that belong to it. -->
  <xsl:variable name="slides">
    <xsl:for-each select="$edition/e:body//e:unit[@type != 'heading'][e:v[@xml:lang = $lang1]]">
      <xsl:variable name="shown"><xsl:apply-templates select="." mode="shown"/></xsl:variable>
      <xsl:variable name="led"><xsl:for-each select="preceding-sibling::*[1][self::e:unit]"><xsl:call-template name="leads"/></xsl:for-each></xsl:variable>
      <xsl:variable name="unit" select="generate-id()"/>
      <xsl:variable name="section" select="generate-id(parent::e:section)"/>
      <xsl:choose>
        <xsl:when test="@directive = 'facilitator'"><note unit="{$unit}"/></xsl:when>
        <xsl:when test="$shown = '' or $led != ''"/>
        <xsl:when test="@directive = 'quiz'">
          <xsl:for-each select="e:v[@xml:lang = $lang1]/e:quiz/e:item"><slide unit="{$unit}" section="{$section}" item="{position()}"/></xsl:for-each>
        </xsl:when>
        <xsl:otherwise><slide unit="{$unit}" section="{$section}"/></xsl:otherwise>
      </xsl:choose>
    </xsl:for-each>
  </xsl:variable>
  <xsl:variable name="deck" select="exsl:node-set($slides)"/>
  <xsl:variable name="all" select="$deck/slide"/>
  <xsl:key name="note" match="note" use="generate-id(preceding-sibling::slide[1])"/>
  <xsl:key name="by-node" match="e:unit" use="generate-id()"/>

  <!-- ==== Pages ==== -->

  <xsl:template name="masters">
    <xsl:choose>
      <xsl:when test="$speaker">
        <fo:simple-page-master master-name="slide" page-width="595pt" page-height="842pt" margin="40pt 42.5pt 28pt 42.5pt">
          <fo:region-body margin-bottom="24pt"/>
          <fo:region-after region-name="foot" extent="16pt"/>
        </fo:simple-page-master>
      </xsl:when>
      <xsl:otherwise>
        <fo:simple-page-master master-name="title" page-width="{$slide-width}pt" page-height="{$slide-height}pt"><fo:region-body background-color="{$green}"/></fo:simple-page-master>
        <xsl:call-template name="master"><xsl:with-param name="name" select="'first'"/></xsl:call-template>
        <xsl:call-template name="master"><xsl:with-param name="name" select="'more'"/><xsl:with-param name="head" select="$size * 2.2"/></xsl:call-template>
        <fo:page-sequence-master master-name="slide">
          <fo:repeatable-page-master-alternatives>
            <fo:conditional-page-master-reference page-position="first" master-reference="first"/>
            <fo:conditional-page-master-reference page-position="any" master-reference="more"/>
          </fo:repeatable-page-master-alternatives>
        </fo:page-sequence-master>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- head: room for the title of a slide that goes on. -->
  <xsl:template name="master">
    <xsl:param name="name"/>
    <xsl:param name="head" select="0"/>
    <fo:simple-page-master master-name="{$name}" page-width="{$slide-width}pt" page-height="{$slide-height}pt">
      <fo:region-body margin="{36 + $head}pt {$side}pt 52pt {$side}pt"/>
      <fo:region-before region-name="head-{$name}" extent="{36 + $head}pt"/>
      <fo:region-after region-name="foot" extent="52pt"/>
    </fo:simple-page-master>
  </xsl:template>

  <xsl:template name="pages">
    <xsl:call-template name="title-slide"/>
    <xsl:for-each select="$all">
      <xsl:variable name="slide" select="."/>
      <xsl:variable name="nr" select="position()"/>
      <xsl:for-each select="$source">
        <xsl:for-each select="key('by-node', $slide/@unit)">
          <xsl:call-template name="slide"><xsl:with-param name="nr" select="$nr"/><xsl:with-param name="slide" select="$slide"/></xsl:call-template>
        </xsl:for-each>
      </xsl:for-each>
    </xsl:for-each>
  </xsl:template>

  <!-- A page sequence: the slide, and on the speaker's page the notes under it. -->
  <xsl:template name="slide-sequence">
    <xsl:param name="master" select="'slide'"/>
    <xsl:param name="nr"/>
    <xsl:param name="title"/>
    <xsl:param name="content"/>
    <xsl:param name="notes"/>
    <xsl:choose>
      <xsl:when test="$speaker">
        <fo:page-sequence master-reference="slide" xml:lang="{$lang1}" hyphenate="false" font-family="{$sans}">
          <fo:static-content flow-name="foot" role="artifact">
            <fo:block font-size="8pt" line-height="1.4" color="{$grey}" text-align-last="justify">
              <xsl:call-template name="document-title"/><fo:leader leader-pattern="space"/><xsl:call-template name="word"><xsl:with-param name="id" select="'page'"/></xsl:call-template>&#160;<fo:page-number/>
            </fo:block>
          </fo:static-content>
          <fo:flow flow-name="xsl-region-body">
            <fo:table table-layout="fixed" width="100%" role="NonStruct">
              <fo:table-column column-width="510pt"/>
              <fo:table-body role="NonStruct">
                <fo:table-row role="NonStruct" height="{$slide-height * $scale}pt">
                  <fo:table-cell role="Div" border="0.8pt solid {$hair}" padding="{36 * $scale}pt {$side}pt {20 * $scale}pt {$side}pt">
                    <xsl:if test="$master = 'title'"><xsl:attribute name="background-color"><xsl:value-of select="$green"/></xsl:attribute></xsl:if>
                    <xsl:copy-of select="$content"/>
                  </fo:table-cell>
                </fo:table-row>
              </fo:table-body>
            </fo:table>
            <fo:block font-size="{$notes-size}pt" line-height="1.4" font-family="Liberation Serif" space-before="14pt"><xsl:copy-of select="$notes"/></fo:block>
          </fo:flow>
        </fo:page-sequence>
      </xsl:when>
      <xsl:otherwise>
        <fo:page-sequence master-reference="{$master}" xml:lang="{$lang1}" hyphenate="false" font-family="{$sans}">
          <xsl:if test="$master = 'slide'"><xsl:call-template name="head-and-foot"><xsl:with-param name="nr" select="$nr"/><xsl:with-param name="title" select="$title"/></xsl:call-template></xsl:if>
          <fo:flow flow-name="xsl-region-body"><xsl:copy-of select="$content"/></fo:flow>
        </fo:page-sequence>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- The title of a slide that goes on; the slide's number. -->
  <xsl:template name="head-and-foot">
    <xsl:param name="nr"/>
    <xsl:param name="title"/>
    <fo:static-content flow-name="head-more" role="artifact">
      <fo:block xsl:use-attribute-sets="heading-1" margin-left="{$side}pt" margin-right="{$side}pt" padding-before="36pt">
        <xsl:value-of select="$title"/>
        <fo:inline font-weight="normal" color="{$grey}" font-size="{$size}pt"><xsl:text> </xsl:text><xsl:call-template name="word"><xsl:with-param name="id" select="'continued'"/></xsl:call-template></fo:inline>
      </fo:block>
    </fo:static-content>
    <fo:static-content flow-name="foot" role="artifact">
      <fo:block text-align="end" color="{$grey}" font-size="{$smallest}pt" line-height="1.2" margin-right="{$side}pt" padding-before="10pt"><xsl:value-of select="concat($nr, '/', count($all))"/></fo:block>
    </fo:static-content>
  </xsl:template>

  <!-- The title alone, on green. -->
  <xsl:template name="title-slide">
    <xsl:call-template name="slide-sequence">
      <xsl:with-param name="master" select="'title'"/>
      <xsl:with-param name="content">
        <fo:block-container color="#ffffff" id="title">
          <xsl:if test="not($speaker)">
            <xsl:attribute name="absolute-position">absolute</xsl:attribute>
            <xsl:attribute name="left"><xsl:value-of select="$side"/>pt</xsl:attribute>
            <xsl:attribute name="top"><xsl:value-of select="36"/>pt</xsl:attribute>
            <xsl:attribute name="width"><xsl:value-of select="$page-measure"/>pt</xsl:attribute>
            <xsl:attribute name="height"><xsl:value-of select="$slide-height - 72"/>pt</xsl:attribute>
          </xsl:if>
          <fo:block font-size="{$smallest}pt" line-height="1.35"><xsl:call-template name="field"><xsl:with-param name="name" select="'organisation'"/></xsl:call-template></fo:block>
          <fo:block role="H1" font-size="{$size * 1.75}pt" line-height="1.35" font-weight="bold" space-before="{$slide-height * $scale * 0.17}pt" space-before.conditionality="retain">
            <xsl:call-template name="field"><xsl:with-param name="name" select="'title'"/></xsl:call-template>
          </fo:block>
          <fo:block line-height="1" space-before="{14 * $scale}pt" role="artifact"><fo:leader leader-pattern="rule" leader-length="{110 * $scale}pt" rule-thickness="{4 * $scale}pt" color="#e3b341"/></fo:block>
          <xsl:if test="$edition/e:meta/e:field[@name = 'subtitle']">
            <fo:block font-size="{$size}pt" line-height="1.35" space-before="{12 * $scale}pt"><xsl:call-template name="field"><xsl:with-param name="name" select="'subtitle'"/></xsl:call-template></fo:block>
          </xsl:if>
          <xsl:if test="$date != ''"><fo:block font-size="{$smallest}pt" line-height="1.35" color="#d5e6dd" space-before="{8 * $scale}pt"><xsl:call-template name="date"/></fo:block></xsl:if>
        </fo:block-container>
        <xsl:if test="not($speaker)"><fo:block/></xsl:if>
      </xsl:with-param>
      <!-- what is for the facilitator before the first slide -->
      <xsl:with-param name="notes">
        <xsl:if test="$speaker">
          <fo:block font-weight="bold" color="{$red}"><xsl:call-template name="word"><xsl:with-param name="id" select="'speaker-copy'"/></xsl:call-template></fo:block>
          <xsl:call-template name="notes-of"/>
        </xsl:if>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- The notes behind a slide, or before the first one. -->
  <xsl:template name="notes-of">
    <xsl:param name="slide" select="/.."/>
    <xsl:for-each select="$deck">
      <xsl:for-each select="key('note', generate-id($slide))">
        <xsl:variable name="unit" select="string(@unit)"/>
        <xsl:for-each select="$source"><xsl:for-each select="key('by-node', $unit)"><xsl:call-template name="note-of"/></xsl:for-each></xsl:for-each>
      </xsl:for-each>
    </xsl:for-each>
  </xsl:template>

  <xsl:template name="note-of">
    <fo:block space-before="6pt"><xsl:apply-templates select="e:v[@xml:lang = $lang1]/e:facilitator" mode="note"/></fo:block>
  </xsl:template>
  <xsl:template match="e:facilitator" mode="note">
    <fo:block font-family="{$sans}" font-weight="bold" color="{$red}" keep-with-next.within-page="always">
      <xsl:call-template name="place"/>
      <xsl:choose>
        <xsl:when test="@title"><xsl:call-template name="bind"><xsl:with-param name="text" select="@title"/></xsl:call-template></xsl:when>
        <xsl:otherwise><xsl:call-template name="word"><xsl:with-param name="id" select="'facilitator'"/></xsl:call-template></xsl:otherwise>
      </xsl:choose>
      <xsl:call-template name="minutes"/>
    </fo:block>
    <fo:block space-before="2pt"><xsl:apply-templates/></fo:block>
  </xsl:template>
  <xsl:template name="minutes">
    <xsl:if test="@minutes">
      <xsl:value-of select="concat(' (', @minutes, '&#160;')"/><xsl:call-template name="word"><xsl:with-param name="id" select="'minutes'"/></xsl:call-template><xsl:text>)</xsl:text>
    </xsl:if>
  </xsl:template>

  <!-- ==== One slide ==== -->

  <xsl:template name="slide">
    <xsl:param name="nr"/>
    <xsl:param name="slide"/>
    <xsl:variable name="item" select="$slide/@item"/>
    <xsl:variable name="v" select="e:v[@xml:lang = $lang1]"/>
    <xsl:variable name="heading" select="parent::e:section/e:unit[1]/e:v[@xml:lang = $lang1]"/>
    <xsl:variable name="title"><xsl:apply-templates select="$heading" mode="plain"/></xsl:variable>
    <xsl:variable name="leads"><xsl:call-template name="leads"/></xsl:variable>
    <xsl:variable name="big" select="(@type = 'p' or @type = 'quote') and $leads = '' and string-length(normalize-space($v)) &lt; 230"/>
    <xsl:call-template name="slide-sequence">
      <xsl:with-param name="nr" select="$nr"/>
      <xsl:with-param name="title" select="string($title)"/>
      <xsl:with-param name="content">
        <xsl:if test="$heading">
          <fo:block xsl:use-attribute-sets="heading-1" role="H2" id="slide-{$nr}" space-after="{$size * 0.55}pt">
            <xsl:for-each select="$heading"><xsl:call-template name="place"/></xsl:for-each>
            <xsl:if test="string-length($title) > 90"><xsl:attribute name="font-size"><xsl:value-of select="$size"/>pt</xsl:attribute></xsl:if>
            <xsl:value-of select="$title"/>
          </fo:block>
        </xsl:if>
        <xsl:choose>
          <xsl:when test="$item"><xsl:apply-templates select="$v/e:quiz/e:item[position() = $item]" mode="slide"/></xsl:when>
          <xsl:otherwise>
            <fo:block>
              <xsl:if test="$big"><xsl:attribute name="font-size"><xsl:value-of select="$size * 1.2"/>pt</xsl:attribute></xsl:if>
              <xsl:call-template name="place"/>
              <xsl:apply-templates select="$v/*" mode="slide"/>
            </fo:block>
            <xsl:if test="$leads != ''">
              <fo:block space-before="{$size * 0.5}pt"><xsl:apply-templates select="following-sibling::e:unit[1]/e:v[@xml:lang = $lang1]/*" mode="slide"/></fo:block>
            </xsl:if>
          </xsl:otherwise>
        </xsl:choose>
      </xsl:with-param>
      <xsl:with-param name="notes">
        <xsl:if test="$speaker">
          <fo:block font-family="{$sans}" font-weight="bold" color="{$grey}">
            <xsl:call-template name="word"><xsl:with-param name="id" select="'slide'"/></xsl:call-template><xsl:value-of select="concat('&#160;', $nr)"/>
            <xsl:for-each select="$v/*[1][not($item) or $item = 1]"><xsl:call-template name="minutes"/></xsl:for-each>
          </fo:block>
          <xsl:if test="$item"><xsl:apply-templates select="$v/e:quiz/e:item[position() = $item]" mode="note"/></xsl:if>
          <xsl:call-template name="notes-of"><xsl:with-param name="slide" select="$slide"/></xsl:call-template>
        </xsl:if>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- In slides of their own: discussion without lines, quiz a question a slide without its answer. -->
  <xsl:template match="*" mode="slide"><xsl:apply-templates select="."/></xsl:template>
  <xsl:template match="e:discussion | e:case" mode="slide">
    <xsl:if test="@title"><fo:block xsl:use-attribute-sets="box-title" font-size="{$size}pt" space-after="{$size * 0.4}pt"><xsl:call-template name="bind"><xsl:with-param name="text" select="@title"/></xsl:call-template></fo:block></xsl:if>
    <xsl:apply-templates/>
  </xsl:template>
  <xsl:template match="e:item" mode="slide">
    <fo:block font-weight="bold" keep-with-next.within-page="always">
      <xsl:call-template name="place"/>
      <xsl:apply-templates select="e:question/*"/>
    </fo:block>
    <fo:block space-before="{$size * 0.4}pt"><xsl:apply-templates select="." mode="answer"/></fo:block>
  </xsl:template>
  <!-- The answer is below, for the speaker: nothing on the slide tells it. -->
  <xsl:template match="e:choice">
    <fo:list-item space-before="{$size * 0.2}pt">
      <xsl:call-template name="place"/>
      <fo:list-item-label end-indent="label-end()"><fo:block xsl:use-attribute-sets="label"><xsl:value-of select="substring($capitals, count(preceding-sibling::e:choice) + 1, 1)"/>.</fo:block></fo:list-item-label>
      <fo:list-item-body start-indent="body-start()"><xsl:apply-templates/></fo:list-item-body>
    </fo:list-item>
  </xsl:template>
  <xsl:template name="statement">
    <fo:block><xsl:apply-templates/></fo:block>
    <xsl:if test="not(preceding-sibling::e:choice or following-sibling::e:choice)">
      <fo:block color="{$green}" space-before="{$size * 0.4}pt">
        <xsl:call-template name="own-word"><xsl:with-param name="id" select="'true'"/></xsl:call-template>
        <xsl:text> / </xsl:text>
        <xsl:call-template name="own-word"><xsl:with-param name="id" select="'false'"/></xsl:call-template>
      </fo:block>
    </xsl:if>
  </xsl:template>
  <xsl:template match="e:item[@type = 'match']" mode="answer">
    <xsl:variable name="item" select="."/>
    <fo:table xsl:use-attribute-sets="table">
      <fo:table-column column-width="proportional-column-width(1)"/>
      <fo:table-column column-width="proportional-column-width(1)"/>
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
  </xsl:template>
  <xsl:template match="e:gap"><fo:leader leader-pattern="rule" rule-thickness="{$scale}pt" leader-length="{$size * 4}pt"/></xsl:template>

  <xsl:template match="e:item" mode="note">
    <xsl:variable name="item" select="."/>
    <fo:block space-before="6pt" font-weight="bold">
      <xsl:call-template name="word"><xsl:with-param name="id" select="'answer'"/></xsl:call-template>
      <xsl:text>: </xsl:text>
      <xsl:choose>
        <xsl:when test="@type = 'true-false'">
          <xsl:for-each select="e:choice">
            <xsl:if test="position() > 1">, </xsl:if>
            <xsl:if test="last() > 1"><xsl:value-of select="concat(substring($letters, position(), 1), ') ')"/></xsl:if>
            <xsl:call-template name="word"><xsl:with-param name="id" select="string(@right)"/></xsl:call-template>
          </xsl:for-each>
        </xsl:when>
        <xsl:when test="@type = 'match'">
          <xsl:for-each select="e:left"><xsl:if test="position() > 1">, </xsl:if><xsl:value-of select="concat(position(), '&#160;–&#160;', substring($letters, @answer, 1))"/></xsl:for-each>
        </xsl:when>
        <xsl:when test="@type = 'fill'">
          <xsl:for-each select="e:answer"><xsl:if test="position() > 1">; </xsl:if><xsl:apply-templates select="e:p[1]/node()"/></xsl:for-each>
        </xsl:when>
        <xsl:otherwise>
          <xsl:for-each select="e:choice[@right = 'true']">
            <xsl:if test="position() > 1">, </xsl:if>
            <xsl:value-of select="substring($capitals, count(preceding-sibling::e:choice) + 1, 1)"/>
          </xsl:for-each>
        </xsl:otherwise>
      </xsl:choose>
    </fo:block>
    <xsl:if test="e:explain"><fo:block><xsl:apply-templates select="e:explain/*"/></fo:block></xsl:if>
  </xsl:template>

  <!-- ==== Title and bookmarks ==== -->

  <xsl:template name="document-title">
    <xsl:param name="lang" select="$lang1"/>
    <xsl:call-template name="field"><xsl:with-param name="name" select="'title'"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
    <xsl:if test="$edition/@kind != 'slides' or $speaker">
      <xsl:text> – </xsl:text>
      <xsl:call-template name="word"><xsl:with-param name="id"><xsl:choose><xsl:when test="$speaker">speaker-copy</xsl:when><xsl:otherwise>slides</xsl:otherwise></xsl:choose></xsl:with-param><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
    </xsl:if>
  </xsl:template>

  <xsl:template name="bookmarks">
    <fo:bookmark-tree>
      <fo:bookmark internal-destination="title"><fo:bookmark-title><xsl:call-template name="field"><xsl:with-param name="name" select="'title'"/></xsl:call-template></fo:bookmark-title></fo:bookmark>
      <xsl:for-each select="$all">
        <xsl:if test="@section != '' and not(preceding-sibling::slide[1]/@section = @section)">
          <xsl:variable name="unit" select="string(@unit)"/>
          <fo:bookmark internal-destination="slide-{position()}">
            <fo:bookmark-title>
              <xsl:for-each select="$source"><xsl:for-each select="key('by-node', $unit)"><xsl:apply-templates select="parent::e:section/e:unit[1]/e:v[@xml:lang = $lang1]" mode="plain"/></xsl:for-each></xsl:for-each>
            </fo:bookmark-title>
          </fo:bookmark>
        </xsl:if>
      </xsl:for-each>
    </fo:bookmark-tree>
  </xsl:template>
</xsl:stylesheet>
