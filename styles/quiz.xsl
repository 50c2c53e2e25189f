<?xml version="1.0" encoding="UTF-8"?>
<!-- Quiz: A4.  The question sheet (as written, or a version: parameter `copy`), with an answer sheet behind it; the
     facilitator's copy is the answer key, with the answers of all versions in one table.

     As a part of the kit it prints the quizzes of its source alone; as a kind of its own all there is.

     The boxes of the answer sheet keep clear of the folds of a sheet folded once or twice (in halves or in three), and
     have a mark in each corner of the page. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:fo="http://www.w3.org/1999/XSL/Format"
    xmlns:e="urn:sotay:edition"
    xmlns:str="http://exslt.org/strings"
    xmlns:exsl="http://exslt.org/common"
    exclude-result-prefixes="e str exsl">
  <xsl:import href="common.xsl"/>

  <xsl:variable name="margin-inner">20mm</xsl:variable>
  <xsl:variable name="margin-outer">20mm</xsl:variable>
  <xsl:variable name="column-measure" select="228"/>
  <xsl:variable name="page-measure" select="481"/>
  <xsl:variable name="heading-offset" select="1"/>
  <xsl:variable name="size">11</xsl:variable>

  <xsl:variable name="alone" select="$edition/@kind = 'quiz'"/>
  <xsl:variable name="noted" select="$edition/e:kit/e:quiz"/>
  <!-- All questions, in the first language. -->
  <xsl:variable name="items" select="$edition/e:body//e:v[@xml:lang = $lang1]//e:quiz/e:item"/>

  <xsl:attribute-set name="heading-1"><xsl:attribute name="font-size"><xsl:value-of select="$size * 1.25"/>pt</xsl:attribute></xsl:attribute-set>
  <xsl:attribute-set name="heading-second"><xsl:attribute name="font-size"><xsl:value-of select="$size"/>pt</xsl:attribute></xsl:attribute-set>

  <!-- Two-digit numbers need more room. -->
  <xsl:attribute-set name="list"><xsl:attribute name="provisional-distance-between-starts"><xsl:value-of select="$size * (1.35 + 0.55 * (count($items) > 9))"/>pt</xsl:attribute></xsl:attribute-set>

  <!-- As a part: the quizzes alone. -->
  <xsl:template match="e:section" mode="flow">
    <xsl:param name="in"/>
    <xsl:if test="$alone">
      <xsl:apply-templates select="e:unit[1]" mode="heading"><xsl:with-param name="in" select="$in"/><xsl:with-param name="depth" select="count(ancestor-or-self::e:section)"/></xsl:apply-templates>
    </xsl:if>
    <xsl:apply-templates select="*[position() > 1]" mode="flow"><xsl:with-param name="in" select="$in"/></xsl:apply-templates>
  </xsl:template>
  <xsl:template match="e:unit" mode="flow" priority="5">
    <xsl:param name="in"/>
    <xsl:if test="@directive = 'quiz' or ($alone and (@directive != 'facilitator' or $facilitator or not(@directive)))">
      <xsl:call-template name="unit"><xsl:with-param name="in" select="$in"/></xsl:call-template>
    </xsl:if>
  </xsl:template>
  <xsl:template match="e:section" mode="bookmark"/>
  <xsl:template name="contents"><xsl:param name="in"/><fo:block/></xsl:template>

  <!-- Questions are numbered through. -->
  <xsl:variable name="numbers">
    <xsl:for-each select="$langs">
      <xsl:for-each select="$edition/e:body//e:v[@xml:lang = current()]//e:quiz/e:item"><number of="{generate-id()}"><xsl:value-of select="position()"/></number></xsl:for-each>
    </xsl:for-each>
  </xsl:variable>
  <xsl:variable name="numbered" select="exsl:node-set($numbers)"/>
  <xsl:key name="number" match="number" use="@of"/>
  <xsl:template match="e:item" mode="number">
    <xsl:variable name="id" select="generate-id()"/>
    <xsl:for-each select="$numbered"><xsl:value-of select="key('number', $id)"/></xsl:for-each>
  </xsl:template>

  <!-- What it is: the sheet, or the key; of which version. -->
  <xsl:template name="part-title">
    <xsl:param name="lang"/>
    <xsl:call-template name="word"><xsl:with-param name="id"><xsl:choose><xsl:when test="$facilitator">answer-key</xsl:when><xsl:otherwise>quiz-sheet</xsl:otherwise></xsl:choose></xsl:with-param><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
  </xsl:template>
  <xsl:template name="version-name">
    <xsl:param name="lang"/>
    <xsl:choose>
      <xsl:when test="$copy != ''">
        <xsl:call-template name="word"><xsl:with-param name="id" select="'version'"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
        <xsl:value-of select="concat('&#160;', $copy, ' · ')"/>
        <xsl:call-template name="word"><xsl:with-param name="id" select="'seed'"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
        <xsl:value-of select="concat('&#160;', $noted/@seed)"/>
      </xsl:when>
      <xsl:otherwise><xsl:call-template name="word"><xsl:with-param name="id" select="'as-written'"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template></xsl:otherwise>
    </xsl:choose>
  </xsl:template>
  <xsl:template name="document-title">
    <xsl:param name="lang" select="$lang1"/>
    <xsl:call-template name="field"><xsl:with-param name="name" select="'title'"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
    <xsl:text> – </xsl:text>
    <xsl:call-template name="part-title"><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
    <xsl:if test="$copy != ''"><xsl:text> – </xsl:text><xsl:call-template name="version-name"><xsl:with-param name="lang" select="$lang"/></xsl:call-template></xsl:if>
  </xsl:template>
  <xsl:template name="footer-title">
    <xsl:param name="lang"/>
    <xsl:call-template name="part-title"><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
    <xsl:if test="not($facilitator)"><xsl:text> · </xsl:text><xsl:call-template name="version-name"><xsl:with-param name="lang" select="$lang"/></xsl:call-template></xsl:if>
  </xsl:template>

  <!-- The quizzes have no headings. -->
  <xsl:template name="running-title">
    <xsl:param name="in"/>
    <fo:block xsl:use-attribute-sets="running" border-after-style="solid" border-after-width="0.4pt" border-after-color="{$hair}" padding-after="2pt">
      <xsl:for-each select="$in">
        <xsl:if test="position() > 1"> · </xsl:if>
        <fo:inline xml:lang="{.}"><xsl:call-template name="field"><xsl:with-param name="name" select="'title'"/><xsl:with-param name="lang" select="string(.)"/></xsl:call-template></fo:inline>
      </xsl:for-each>
    </fo:block>
  </xsl:template>

  <xsl:template name="opening">
    <xsl:param name="in"/>
    <fo:block border-after-style="solid" border-after-width="1.2pt" border-after-color="{$green}" padding-after="5pt" space-after="{$size * 0.4}pt" font-family="{$sans}">
      <xsl:for-each select="$in">
        <fo:block xml:lang="{.}" font-size="{$size * 0.82}pt" line-height="1.35">
          <xsl:if test="position() > 1"><xsl:attribute name="color"><xsl:value-of select="$grey"/></xsl:attribute></xsl:if>
          <xsl:call-template name="field"><xsl:with-param name="name" select="'organisation'"/><xsl:with-param name="lang" select="string(.)"/></xsl:call-template>
        </fo:block>
      </xsl:for-each>
      <fo:block space-before="4mm" font-weight="bold" font-size="{$size * 0.95}pt" line-height="1.4">
        <xsl:attribute name="color"><xsl:choose><xsl:when test="$facilitator"><xsl:value-of select="$red"/></xsl:when><xsl:otherwise><xsl:value-of select="$grey"/></xsl:otherwise></xsl:choose></xsl:attribute>
        <xsl:for-each select="$in">
          <xsl:if test="position() > 1"> · </xsl:if>
          <fo:inline xml:lang="{.}">
            <xsl:call-template name="part-title"><xsl:with-param name="lang" select="string(.)"/></xsl:call-template>
          </fo:inline>
        </xsl:for-each>
        <xsl:if test="not($facilitator)">
          <xsl:for-each select="$in">
            <xsl:choose><xsl:when test="position() = 1"> – </xsl:when><xsl:otherwise> / </xsl:otherwise></xsl:choose>
            <fo:inline xml:lang="{.}"><xsl:call-template name="version-name"><xsl:with-param name="lang" select="string(.)"/></xsl:call-template></fo:inline>
          </xsl:for-each>
        </xsl:if>
      </fo:block>
      <xsl:for-each select="$in">
        <fo:block xml:lang="{.}" role="H1" hyphenate="false" line-height="1.3">
          <xsl:choose>
            <xsl:when test="position() = 1">
              <xsl:attribute name="font-size"><xsl:value-of select="$size * 1.6"/>pt</xsl:attribute>
              <xsl:attribute name="font-weight">bold</xsl:attribute>
              <xsl:attribute name="color"><xsl:value-of select="$green"/></xsl:attribute>
              <xsl:attribute name="space-before">1mm</xsl:attribute>
            </xsl:when>
            <xsl:otherwise>
              <xsl:attribute name="font-size"><xsl:value-of select="$size * 1.15"/>pt</xsl:attribute>
              <xsl:attribute name="color"><xsl:value-of select="$grey"/></xsl:attribute>
            </xsl:otherwise>
          </xsl:choose>
          <xsl:call-template name="field"><xsl:with-param name="name" select="'title'"/><xsl:with-param name="lang" select="string(.)"/></xsl:call-template>
        </fo:block>
      </xsl:for-each>
    </fo:block>
    <xsl:if test="not($facilitator)">
      <fo:block font-family="{$sans}" font-size="{$size * 0.9}pt" space-before="2mm" line-height="8mm">
        <xsl:call-template name="fill-in"><xsl:with-param name="id" select="'full-name'"/><xsl:with-param name="in" select="$in"/></xsl:call-template>
        <xsl:call-template name="fill-in"><xsl:with-param name="id" select="'own-unit'"/><xsl:with-param name="in" select="$in"/></xsl:call-template>
      </fo:block>
    </xsl:if>
  </xsl:template>

  <!-- A word in the languages, and dots to write on up to the end of the line. -->
  <xsl:template name="fill-in">
    <xsl:param name="id"/>
    <xsl:param name="in" select="$langs"/>
    <fo:block text-align-last="justify">
      <xsl:call-template name="words-of"><xsl:with-param name="id" select="$id"/><xsl:with-param name="in" select="$in"/></xsl:call-template>
      <xsl:text>: </xsl:text>
      <fo:leader leader-pattern="dots" leader-length.minimum="10mm" leader-length.optimum="10mm" leader-length.maximum="100%" color="{$grey}" role="artifact"/>
    </fo:block>
  </xsl:template>
  <xsl:template name="words-of">
    <xsl:param name="id"/>
    <xsl:param name="in" select="$langs"/>
    <xsl:for-each select="$in">
      <xsl:if test="position() > 1"> / </xsl:if>
      <fo:inline xml:lang="{.}"><xsl:call-template name="word"><xsl:with-param name="id" select="$id"/><xsl:with-param name="lang" select="string(.)"/></xsl:call-template></fo:inline>
    </xsl:for-each>
  </xsl:template>

  <!-- The answers of all versions: a row for each, eight questions a table. -->
  <xsl:template name="closing">
    <xsl:param name="in"/>
    <xsl:if test="$facilitator and $noted/e:version">
      <fo:block role="H2" xsl:use-attribute-sets="heading-1 before-heading-1">
        <xsl:call-template name="words-of"><xsl:with-param name="id" select="'answers-by-version'"/><xsl:with-param name="in" select="$in"/></xsl:call-template>
        <xsl:text> – </xsl:text>
        <xsl:call-template name="words-of"><xsl:with-param name="id" select="'seed'"/><xsl:with-param name="in" select="$in"/></xsl:call-template>
        <xsl:value-of select="concat('&#160;', $noted/@seed)"/>
      </fo:block>
      <fo:block color="{$grey}" font-size="{$size * 0.86}pt" keep-with-next.within-page="always">
        <xsl:call-template name="words-of"><xsl:with-param name="id" select="'answers-note'"/><xsl:with-param name="in" select="$in"/></xsl:call-template>
      </fo:block>
      <xsl:for-each select="$noted/e:version[1]/e:answer[position() mod 8 = 1]">
        <xsl:call-template name="answers"><xsl:with-param name="from" select="position() * 8 - 8"/><xsl:with-param name="in" select="$in"/></xsl:call-template>
      </xsl:for-each>
    </xsl:if>
  </xsl:template>

  <xsl:template name="answers">
    <xsl:param name="from"/>
    <xsl:param name="in"/>
    <xsl:variable name="here" select="$noted/e:version[1]/e:answer[position() > $from and position() &lt;= $from + 8]"/>
    <fo:table xsl:use-attribute-sets="table" space-before="{$size * 0.6}pt">
      <xsl:if test="count($noted/e:version) &lt; 20"><xsl:attribute name="keep-together.within-page">always</xsl:attribute></xsl:if>
      <fo:table-column column-width="38mm"/>
      <xsl:for-each select="$here"><fo:table-column column-width="{132 div (count($here) * (count($here) > 5) + 6 * (count($here) &lt; 6))}mm"/></xsl:for-each>
      <fo:table-header>
        <fo:table-row>
          <xsl:call-template name="word-cell"><xsl:with-param name="id" select="'question'"/><xsl:with-param name="in" select="$in"/></xsl:call-template>
          <xsl:for-each select="$here">
            <fo:table-cell xsl:use-attribute-sets="header-cell"><fo:block><xsl:value-of select="$from + position()"/></fo:block></fo:table-cell>
          </xsl:for-each>
        </fo:table-row>
      </fo:table-header>
      <fo:table-body>
        <xsl:for-each select="$noted/e:version">
          <fo:table-row keep-together.within-page="always">
            <fo:table-cell xsl:use-attribute-sets="code-cell">
              <fo:block>
                <xsl:choose>
                  <xsl:when test="@nr = 0"><xsl:call-template name="words-of"><xsl:with-param name="id" select="'as-written'"/><xsl:with-param name="in" select="$in"/></xsl:call-template></xsl:when>
                  <xsl:otherwise><xsl:call-template name="words-of"><xsl:with-param name="id" select="'version'"/><xsl:with-param name="in" select="$in"/></xsl:call-template><xsl:value-of select="concat('&#160;', @nr)"/></xsl:otherwise>
                </xsl:choose>
              </fo:block>
            </fo:table-cell>
            <xsl:variable name="whole" select="@nr = 0"/>
            <xsl:for-each select="e:answer[position() > $from and position() &lt;= $from + 8]">
              <fo:table-cell xsl:use-attribute-sets="cell">
                <fo:block>
                  <fo:inline font-weight="bold"><xsl:apply-templates select="." mode="key"/></fo:inline>
                  <xsl:if test="not($whole)"><fo:inline color="{$grey}"><xsl:value-of select="concat(' (', @of, ')')"/></fo:inline></xsl:if>
                </fo:block>
              </fo:table-cell>
            </xsl:for-each>
          </fo:table-row>
        </xsl:for-each>
      </fo:table-body>
    </fo:table>
  </xsl:template>

  <!-- B; A, C; a Đ, b S; 1c, 2a; of gaps: see there. -->
  <xsl:template match="e:answer" mode="key">
    <xsl:variable name="type" select="@type"/>
    <xsl:variable name="words" select="str:tokenize(.)"/>
    <xsl:for-each select="$words">
      <xsl:if test="position() > 1">, </xsl:if>
      <xsl:choose>
        <xsl:when test="$type = 'true-false'">
          <xsl:if test="last() > 1"><xsl:value-of select="concat(substring($letters, position(), 1), '&#160;')"/></xsl:if>
          <xsl:variable name="word"><xsl:call-template name="word"><xsl:with-param name="id" select="string(.)"/></xsl:call-template></xsl:variable>
          <xsl:value-of select="substring($word, 1, 1)"/>
        </xsl:when>
        <xsl:when test="$type = 'match'"><xsl:value-of select="concat(position(), .)"/></xsl:when>
        <xsl:otherwise><xsl:value-of select="."/></xsl:otherwise>
      </xsl:choose>
    </xsl:for-each>
    <xsl:if test="not($words)">↑</xsl:if>
  </xsl:template>

  <!-- ==== The answer sheet ==== -->

  <xsl:template name="masters">
    <xsl:call-template name="quiz-masters"/>
    <fo:simple-page-master master-name="answers" page-width="{$page-width}" page-height="{$page-height}"><fo:region-body/></fo:simple-page-master>
  </xsl:template>
  <xsl:template name="quiz-masters">
    <xsl:call-template name="simple-master"><xsl:with-param name="name" select="'first'"/><xsl:with-param name="header" select="'no-header'"/><xsl:with-param name="header-room" select="'0mm'"/><xsl:with-param name="footer"><xsl:choose><xsl:when test="$facing">footer-title</xsl:when><xsl:otherwise>footer-any</xsl:otherwise></xsl:choose></xsl:with-param></xsl:call-template>
    <xsl:for-each select="$words/sides/side[($sided and . != 'any') or (not($sided) and . = 'any')]">
      <xsl:call-template name="simple-master"><xsl:with-param name="name" select="string(.)"/><xsl:with-param name="side" select="string(.)"/></xsl:call-template>
    </xsl:for-each>
    <fo:page-sequence-master master-name="text">
      <fo:repeatable-page-master-alternatives>
        <fo:conditional-page-master-reference page-position="first" master-reference="first"/>
        <xsl:choose>
          <xsl:when test="$sided">
            <fo:conditional-page-master-reference odd-or-even="odd" master-reference="recto"/>
            <fo:conditional-page-master-reference odd-or-even="even" master-reference="verso"/>
          </xsl:when>
          <xsl:otherwise><fo:conditional-page-master-reference page-position="any" master-reference="any"/></xsl:otherwise>
        </xsl:choose>
      </fo:repeatable-page-master-alternatives>
    </fo:page-sequence-master>
  </xsl:template>

  <xsl:template match="/e:edition">
    <fo:root xsl:use-attribute-sets="root" xml:lang="{$lang1}">
      <fo:layout-master-set><xsl:call-template name="masters"/></fo:layout-master-set>
      <xsl:call-template name="declarations"/>
      <xsl:call-template name="pages"/>
      <xsl:if test="not($facilitator)">
        <xsl:for-each select="$answer-rows[position() mod 40 = 1]">
          <xsl:call-template name="answer-page"><xsl:with-param name="from" select="position() * 40 - 40"/></xsl:call-template>
        </xsl:for-each>
      </xsl:if>
    </fo:root>
  </xsl:template>

  <xsl:template name="answer-page">
    <xsl:param name="from"/>
    <fo:page-sequence master-reference="answers" xml:lang="{$lang1}" font-family="{$sans}" hyphenate="false">
      <fo:flow flow-name="xsl-region-body">
        <xsl:call-template name="anchor"/>
        <xsl:call-template name="anchor"><xsl:with-param name="left" select="'194mm'"/></xsl:call-template>
        <xsl:call-template name="anchor"><xsl:with-param name="top" select="'281mm'"/></xsl:call-template>
        <xsl:call-template name="anchor"><xsl:with-param name="top" select="'281mm'"/><xsl:with-param name="left" select="'194mm'"/></xsl:call-template>
        <fo:block-container absolute-position="absolute" left="20mm" top="10mm" width="170mm" height="46mm" font-size="9.5pt">
          <fo:block role="H2" font-size="14pt" font-weight="bold" color="{$green}" line-height="1.3"><xsl:call-template name="words-of"><xsl:with-param name="id" select="'answer-sheet'"/></xsl:call-template></fo:block>
          <fo:block font-weight="bold" font-size="11pt" line-height="1.5">
            <xsl:for-each select="$langs">
              <xsl:if test="position() > 1"> / </xsl:if>
              <fo:inline xml:lang="{.}"><xsl:call-template name="version-name"><xsl:with-param name="lang" select="string(.)"/></xsl:call-template></fo:inline>
            </xsl:for-each>
          </fo:block>
          <fo:block line-height="8mm">
            <xsl:call-template name="fill-in"><xsl:with-param name="id" select="'full-name'"/></xsl:call-template>
            <xsl:call-template name="fill-in"><xsl:with-param name="id" select="'own-unit'"/></xsl:call-template>
          </fo:block>
          <xsl:for-each select="$langs">
            <fo:block xml:lang="{.}" color="{$grey}" font-size="8.5pt" line-height="1.35"><xsl:call-template name="word"><xsl:with-param name="id" select="'how-to-answer'"/><xsl:with-param name="lang" select="string(.)"/></xsl:call-template></fo:block>
          </xsl:for-each>
        </fo:block-container>
        <xsl:for-each select="$answer-rows[position() > $from and position() &lt;= $from + 40]">
          <xsl:variable name="row" select="(position() - 1) mod 20"/>
          <fo:block-container absolute-position="absolute" left="{20 + 93 * (position() > 20)}mm" width="78mm" height="9mm">
            <!-- the folds are at 99, 148.5 and 198 mm -->
            <xsl:attribute name="top">
              <xsl:choose>
                <xsl:when test="$row &lt; 4"><xsl:value-of select="59 + 9 * $row"/></xsl:when>
                <xsl:when test="$row &lt; 8"><xsl:value-of select="105 + 9 * ($row - 4)"/></xsl:when>
                <xsl:when test="$row &lt; 12"><xsl:value-of select="154.5 + 9 * ($row - 8)"/></xsl:when>
                <xsl:otherwise><xsl:value-of select="204 + 9 * ($row - 12)"/></xsl:otherwise>
              </xsl:choose>
              <xsl:text>mm</xsl:text>
            </xsl:attribute>
            <xsl:call-template name="answer-row"/>
          </fo:block-container>
        </xsl:for-each>
        <fo:block/>
      </fo:flow>
    </fo:page-sequence>
  </xsl:template>

  <xsl:template name="anchor">
    <xsl:param name="left" select="'10mm'"/>
    <xsl:param name="top" select="'10mm'"/>
    <fo:block-container absolute-position="absolute" left="{$left}" top="{$top}" width="6mm" height="6mm" background-color="#000000" role="artifact"><fo:block/></fo:block-container>
  </xsl:template>

  <!-- What is to be answered: a row for each question, statement, number of a match, and gap.  box: what a box says. -->
  <xsl:variable name="rows">
    <xsl:for-each select="$items">
      <xsl:variable name="nr" select="string(position())"/>
      <xsl:variable name="item" select="."/>
      <xsl:choose>
        <xsl:when test="@type = 'true-false'">
          <xsl:for-each select="e:choice">
            <row label="{$nr}{substring($letters, position(), last() > 1)}">
              <box><xsl:call-template name="word"><xsl:with-param name="id" select="'true'"/></xsl:call-template></box>
              <box><xsl:call-template name="word"><xsl:with-param name="id" select="'false'"/></xsl:call-template></box>
            </row>
          </xsl:for-each>
        </xsl:when>
        <xsl:when test="@type = 'match'">
          <xsl:for-each select="e:left">
            <row label="{$nr}.{position()}"><xsl:for-each select="$item/e:right"><box><xsl:value-of select="substring($letters, position(), 1)"/></box></xsl:for-each></row>
          </xsl:for-each>
        </xsl:when>
        <xsl:when test="@type = 'fill'">
          <xsl:for-each select="e:question//e:gap"><row label="{$nr}{substring($letters, position(), last() > 1)}"/></xsl:for-each>
        </xsl:when>
        <xsl:otherwise>
          <row label="{$nr}"><xsl:for-each select="e:choice"><box><xsl:value-of select="substring($capitals, position(), 1)"/></box></xsl:for-each></row>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:for-each>
  </xsl:variable>
  <xsl:variable name="answer-rows" select="exsl:node-set($rows)/row"/>

  <!-- The label, and a box for each choice, or a line to write on. -->
  <xsl:template name="answer-row">
    <xsl:variable name="count" select="count(box)"/>
    <xsl:variable name="wide" select="string-length(box) > 1"/>
    <xsl:variable name="pitch" select="24 * $wide + not($wide) * (11 * ($count &lt; 7) + ($count > 6) * 66 div ($count + ($count = 0)))"/>
    <fo:table table-layout="fixed" role="NonStruct" width="78mm">
      <fo:table-column column-width="12mm"/>
      <xsl:for-each select="box"><fo:table-column column-width="{$pitch}mm"/></xsl:for-each>
      <fo:table-column column-width="{66 - $pitch * $count}mm"/>
      <fo:table-body role="NonStruct">
        <fo:table-row role="NonStruct">
          <fo:table-cell role="NonStruct"><fo:block font-weight="bold" font-size="12pt" line-height="7.5mm" color="{$green}"><xsl:value-of select="@label"/></fo:block></fo:table-cell>
          <xsl:for-each select="box">
            <fo:table-cell role="NonStruct">
              <fo:block-container width="{$pitch - 3 + ($pitch &lt; 8) * 1.5}mm" height="7mm" border="1pt solid {$ink}" display-align="center">
                <fo:block text-align="center" font-size="10pt" line-height="1.2" color="{$grey}"><xsl:value-of select="."/></fo:block>
              </fo:block-container>
            </fo:table-cell>
          </xsl:for-each>
          <fo:table-cell role="NonStruct">
            <fo:block line-height="7.5mm"><xsl:if test="$count = 0"><fo:leader leader-pattern="dots" leader-length="64mm" color="{$grey}" role="artifact"/></xsl:if></fo:block>
          </fo:table-cell>
        </fo:table-row>
      </fo:table-body>
    </fo:table>
  </xsl:template>
</xsl:stylesheet>
