<?xml version="1.0" encoding="UTF-8"?>
<!-- The plan (plan.xml): its activities by unit or by deadline; the matrix of targets and contents; a sheet for a unit. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:fo="http://www.w3.org/1999/XSL/Format"
    xmlns:e="urn:sotay:edition"
    xmlns:src="urn:sotay:source"
    xmlns:exsl="http://exslt.org/common"
    xmlns:str="http://exslt.org/strings"
    exclude-result-prefixes="e src exsl str">

  <xsl:template match="plan" mode="view">
    <xsl:param name="at"/>
    <xsl:param name="view"/>
    <xsl:param name="by"/>
    <xsl:param name="in"/>
    <xsl:param name="level" select="2"/>
    <xsl:choose>
      <xsl:when test="($view = 'activities' or $view = '') and ($by = '' or $by = 'unit' or $by = 'deadline')"><xsl:call-template name="activities"><xsl:with-param name="by" select="$by"/><xsl:with-param name="in" select="$in"/></xsl:call-template></xsl:when>
      <xsl:when test="$view = 'matrix'"><xsl:call-template name="matrix"><xsl:with-param name="in" select="$in"/></xsl:call-template></xsl:when>
      <xsl:when test="$view = 'unit' and unit[@id = $by]">
        <xsl:apply-templates select="unit[@id = $by]" mode="sheet"><xsl:with-param name="in" select="$in"/><xsl:with-param name="level" select="$level"/></xsl:apply-templates>
      </xsl:when>
      <xsl:when test="$view = 'unit'">
        <xsl:message terminate="yes"><xsl:value-of select="$at"/>: the plan has no unit “<xsl:value-of select="$by"/>”</xsl:message>
      </xsl:when>
      <xsl:when test="$view = 'units'">
        <xsl:apply-templates select="unit" mode="sheet"><xsl:with-param name="in" select="$in"/><xsl:with-param name="level" select="$level"/><xsl:with-param name="apart" select="true()"/></xsl:apply-templates>
        <xsl:if test="activity[not(@unit)]"><xsl:call-template name="sheet-without-unit"><xsl:with-param name="in" select="$in"/><xsl:with-param name="level" select="$level"/></xsl:call-template></xsl:if>
      </xsl:when>
      <xsl:otherwise>
        <xsl:call-template name="no-view"><xsl:with-param name="at" select="$at"/><xsl:with-param name="view" select="concat($view, substring(' by ', 1, 4 * ($by != '')), $by)"/><xsl:with-param name="views" select="'activities (by unit, deadline), matrix, unit by ID, units'"/></xsl:call-template>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- Grouped by unit, by deadline, or as it stands.  What leads the group is not repeated in the rows. -->
  <xsl:template name="activities">
    <xsl:param name="by"/>
    <xsl:param name="in"/>
    <xsl:variable name="plan" select="."/>
    <fo:table xsl:use-attribute-sets="table">
      <fo:table-column column-width="proportional-column-width(12)"/>
      <fo:table-column column-width="proportional-column-width(44)"/>
      <xsl:if test="$by != 'unit'"><fo:table-column column-width="proportional-column-width(22)"/></xsl:if>
      <xsl:if test="$by != 'deadline'"><fo:table-column column-width="proportional-column-width(22)"/></xsl:if>
      <fo:table-column column-width="proportional-column-width(25)"/>
      <fo:table-header>
        <fo:table-row>
          <xsl:call-template name="word-cell"><xsl:with-param name="id" select="'serves'"/><xsl:with-param name="in" select="$in"/></xsl:call-template>
          <xsl:call-template name="word-cell"><xsl:with-param name="id" select="'activity'"/><xsl:with-param name="in" select="$in"/></xsl:call-template>
          <xsl:if test="$by != 'unit'"><xsl:call-template name="word-cell"><xsl:with-param name="id" select="'unit'"/><xsl:with-param name="in" select="$in"/></xsl:call-template></xsl:if>
          <xsl:if test="$by != 'deadline'"><xsl:call-template name="word-cell"><xsl:with-param name="id" select="'deadline'"/><xsl:with-param name="in" select="$in"/></xsl:call-template></xsl:if>
          <xsl:call-template name="word-cell"><xsl:with-param name="id" select="'measure'"/><xsl:with-param name="in" select="$in"/></xsl:call-template>
        </fo:table-row>
      </fo:table-header>
      <fo:table-body>
        <xsl:choose>
          <xsl:when test="$by = 'unit'">
            <xsl:for-each select="unit[@id = ../activity/@unit]">
              <xsl:call-template name="group-row"><xsl:with-param name="words" select="name"/><xsl:with-param name="in" select="$in"/></xsl:call-template>
              <xsl:apply-templates select="../activity[@unit = current()/@id]" mode="plan-row"><xsl:with-param name="by" select="$by"/><xsl:with-param name="in" select="$in"/></xsl:apply-templates>
            </xsl:for-each>
            <xsl:if test="activity[not(@unit)]">
              <xsl:call-template name="group-row"><xsl:with-param name="word" select="'no-unit'"/><xsl:with-param name="in" select="$in"/></xsl:call-template>
              <xsl:apply-templates select="activity[not(@unit)]" mode="plan-row"><xsl:with-param name="by" select="$by"/><xsl:with-param name="in" select="$in"/></xsl:apply-templates>
            </xsl:if>
          </xsl:when>
          <xsl:when test="$by = 'deadline'">
            <xsl:for-each select="activity[@deadline][not(@deadline = preceding-sibling::activity/@deadline)]">
              <xsl:sort select="@deadline"/>
              <xsl:variable name="deadline" select="string(@deadline)"/>
              <xsl:call-template name="group-row"><xsl:with-param name="deadline" select="$deadline"/><xsl:with-param name="in" select="$in"/></xsl:call-template>
              <xsl:apply-templates select="../activity[@deadline = $deadline]" mode="plan-row"><xsl:with-param name="by" select="$by"/><xsl:with-param name="in" select="$in"/></xsl:apply-templates>
            </xsl:for-each>
            <xsl:if test="activity[not(@deadline)]">
              <xsl:call-template name="group-row"><xsl:with-param name="word" select="'no-deadline'"/><xsl:with-param name="in" select="$in"/></xsl:call-template>
              <xsl:apply-templates select="activity[not(@deadline)]" mode="plan-row"><xsl:with-param name="by" select="$by"/><xsl:with-param name="in" select="$in"/></xsl:apply-templates>
            </xsl:if>
          </xsl:when>
          <xsl:otherwise>
            <xsl:apply-templates select="activity" mode="plan-row"><xsl:with-param name="by" select="$by"/><xsl:with-param name="in" select="$in"/></xsl:apply-templates>
          </xsl:otherwise>
        </xsl:choose>
      </fo:table-body>
    </fo:table>
  </xsl:template>

  <!-- What heads a group: words of its own (behind a word of the styles' perhaps), a word of the styles', or a deadline. -->
  <xsl:template name="group-row">
    <xsl:param name="words" select="/.."/>
    <xsl:param name="word"/>
    <xsl:param name="deadline"/>
    <xsl:param name="in"/>
    <xsl:param name="columns" select="4"/>
    <fo:table-row keep-with-next.within-page="always">
      <fo:table-cell number-columns-spanned="{$columns}" xsl:use-attribute-sets="group-cell">
        <fo:block font-weight="bold" color="{$green}">
          <xsl:for-each select="$in">
            <xsl:variable name="lang" select="string(.)"/>
            <xsl:variable name="text">
              <xsl:choose>
                <xsl:when test="$words">
                  <xsl:if test="$word"><xsl:call-template name="word"><xsl:with-param name="id" select="$word"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template><xsl:text> </xsl:text></xsl:if>
                  <xsl:value-of select="normalize-space($words[@xml:lang = $lang])"/>
                </xsl:when>
                <xsl:when test="$deadline != ''">
                  <xsl:call-template name="word"><xsl:with-param name="id" select="'by-deadline'"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
                  <xsl:text> </xsl:text>
                  <xsl:call-template name="deadline"><xsl:with-param name="value" select="$deadline"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
                </xsl:when>
                <xsl:otherwise><xsl:call-template name="word"><xsl:with-param name="id" select="$word"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template></xsl:otherwise>
              </xsl:choose>
            </xsl:variable>
            <xsl:choose>
              <xsl:when test="position() = 1"><fo:inline xml:lang="{$lang}"><xsl:value-of select="$text"/></fo:inline></xsl:when>
              <xsl:otherwise><fo:inline xml:lang="{$lang}" xsl:use-attribute-sets="second"> · <xsl:value-of select="$text"/></fo:inline></xsl:otherwise>
            </xsl:choose>
          </xsl:for-each>
        </fo:block>
      </fo:table-cell>
    </fo:table-row>
  </xsl:template>

  <xsl:template match="activity" mode="plan-row">
    <xsl:param name="by"/>
    <xsl:param name="in"/>
    <fo:table-row keep-together.within-page="always">
      <xsl:call-template name="place"/>
      <fo:table-cell xsl:use-attribute-sets="code-cell"><fo:block><xsl:value-of select="@serves"/></fo:block></fo:table-cell>
      <fo:table-cell xsl:use-attribute-sets="cell"><xsl:call-template name="in-languages"><xsl:with-param name="words" select="text"/><xsl:with-param name="in" select="$in"/></xsl:call-template></fo:table-cell>
      <xsl:if test="$by != 'unit'">
        <fo:table-cell xsl:use-attribute-sets="cell"><xsl:call-template name="words-or-blank"><xsl:with-param name="words" select="../unit[@id = current()/@unit]/name"/><xsl:with-param name="in" select="$in"/></xsl:call-template></fo:table-cell>
      </xsl:if>
      <xsl:if test="$by != 'deadline'">
        <fo:table-cell xsl:use-attribute-sets="cell"><xsl:call-template name="deadline-or-blank"><xsl:with-param name="in" select="$in"/></xsl:call-template></fo:table-cell>
      </xsl:if>
      <fo:table-cell xsl:use-attribute-sets="cell"><xsl:call-template name="words-or-blank"><xsl:with-param name="words" select="measure"/><xsl:with-param name="in" select="$in"/></xsl:call-template></fo:table-cell>
    </fo:table-row>
  </xsl:template>

  <xsl:template name="words-or-blank">
    <xsl:param name="words"/>
    <xsl:param name="in"/>
    <xsl:choose>
      <xsl:when test="$words"><xsl:call-template name="in-languages"><xsl:with-param name="words" select="$words"/><xsl:with-param name="in" select="$in"/></xsl:call-template></xsl:when>
      <xsl:otherwise><xsl:call-template name="blank"><xsl:with-param name="in" select="$in"/></xsl:call-template></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="deadline-or-blank">
    <xsl:param name="in"/>
    <xsl:variable name="self" select="."/>
    <xsl:choose>
      <xsl:when test="@deadline">
        <xsl:for-each select="$in">
          <fo:block xml:lang="{.}">
            <xsl:if test="position() > 1"><xsl:attribute name="color"><xsl:value-of select="$grey"/></xsl:attribute></xsl:if>
            <xsl:call-template name="word"><xsl:with-param name="id" select="'by-deadline'"/><xsl:with-param name="lang" select="string(.)"/></xsl:call-template>
            <xsl:text> </xsl:text>
            <xsl:call-template name="deadline"><xsl:with-param name="value" select="string($self/@deadline)"/><xsl:with-param name="lang" select="string(.)"/></xsl:call-template>
          </fo:block>
        </xsl:for-each>
      </xsl:when>
      <xsl:otherwise><xsl:call-template name="blank"><xsl:with-param name="in" select="$in"/></xsl:call-template></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- The matrix: a row for each target, a column for each content and breakthrough, in each cell the activities that
       serve both; a column for those that serve the target alone, a row for those that serve no target. -->
  <xsl:variable name="target-ids"><xsl:text> </xsl:text><xsl:for-each select="$data/resolution/targets/target"><xsl:value-of select="concat(@id, ' ')"/></xsl:for-each></xsl:variable>
  <xsl:variable name="served">
    <xsl:if test="$edition/e:body/descendant::e:include[@ref = 'plan' and @view = 'matrix']">
      <xsl:for-each select="$data/plan/activity">
        <xsl:variable name="id" select="string(@id)"/>
        <xsl:variable name="targets" select="str:tokenize(@serves)[contains($target-ids, concat(' ', ., ' '))]"/>
        <xsl:variable name="others" select="str:tokenize(@serves)[not(contains($target-ids, concat(' ', ., ' ')))]"/>
        <xsl:for-each select="$others">
          <xsl:variable name="content" select="string(.)"/>
          <xsl:variable name="for"><xsl:copy-of select="$targets"/><xsl:copy-of select="str:tokenize($data/resolution/contents/content[@id = $content]/@serves)"/></xsl:variable>
          <xsl:for-each select="exsl:node-set($for)/*"><pair activity="{$id}" cell="{.}|{$content}"/></xsl:for-each>
          <xsl:if test="string($for) = ''"><pair activity="{$id}" cell="|{$content}"/></xsl:if>
        </xsl:for-each>
        <xsl:if test="not($others)"><xsl:for-each select="$targets"><pair activity="{$id}" cell="{.}|"/></xsl:for-each></xsl:if>
      </xsl:for-each>
    </xsl:if>
  </xsl:variable>
  <xsl:key name="pair" match="pair" use="@cell"/>

  <!-- Upright where the columns have room; else turned by a right angle, as wide as the page is high but for a heading. -->
  <xsl:template name="matrix">
    <xsl:param name="in"/>
    <xsl:variable name="needed" select="110 + 25 * (1 + count($data/resolution/contents/content | $data/resolution/breakthroughs/breakthrough))"/>
    <xsl:variable name="mm" select="number(substring-before($page-height, 'mm')) - substring-before($margin-top, 'mm') - substring-before($margin-bottom, 'mm') - substring-before($header-room, 'mm') - substring-before($footer-room, 'mm')"/>
    <xsl:choose>
      <xsl:when test="$page-measure &lt; $needed and $mm * 2.83 > $page-measure">
        <fo:block-container reference-orientation="90" inline-progression-dimension="{$mm - 25}mm">
          <xsl:call-template name="matrix-table"><xsl:with-param name="in" select="$in"/><xsl:with-param name="turned" select="true()"/></xsl:call-template>
        </fo:block-container>
      </xsl:when>
      <xsl:otherwise><xsl:call-template name="matrix-table"><xsl:with-param name="in" select="$in"/></xsl:call-template></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="matrix-table">
    <xsl:param name="in"/>
    <xsl:param name="turned" select="false()"/>
    <xsl:variable name="columns" select="$data/resolution/contents/content | $data/resolution/breakthroughs/breakthrough"/>
    <fo:table xsl:use-attribute-sets="table">
      <xsl:if test="count($data/resolution/targets/target) &lt; 13"><xsl:attribute name="keep-together.within-page">always</xsl:attribute></xsl:if>
      <xsl:if test="$turned or count($columns) > 18"><xsl:attribute name="font-size"><xsl:value-of select="$size * (0.78 - 0.1 * (count($columns) > 18))"/>pt</xsl:attribute></xsl:if>
      <fo:table-column column-width="proportional-column-width({24 + 12 * $turned})"/>
      <fo:table-column column-width="proportional-column-width(8)"/>
      <xsl:for-each select="$columns"><fo:table-column column-width="proportional-column-width(6)"/></xsl:for-each>
      <fo:table-header>
        <fo:table-row>
          <xsl:call-template name="word-cell"><xsl:with-param name="id" select="'targets'"/><xsl:with-param name="in" select="$in"/></xsl:call-template>
          <xsl:call-template name="word-cell"><xsl:with-param name="id" select="'target-alone'"/><xsl:with-param name="in" select="$in"/></xsl:call-template>
          <xsl:for-each select="$columns">
            <fo:table-cell xsl:use-attribute-sets="header-cell" padding-start="1pt" padding-end="1pt" text-align="center"><fo:block color="{$green}"><xsl:value-of select="@id"/></fo:block></fo:table-cell>
          </xsl:for-each>
        </fo:table-row>
      </fo:table-header>
      <fo:table-body>
        <xsl:for-each select="$data/resolution/targets/target">
          <xsl:variable name="target" select="string(@id)"/>
          <fo:table-row keep-together.within-page="always">
            <xsl:call-template name="place"/>
            <fo:table-cell role="TH" xsl:use-attribute-sets="cell">
              <xsl:call-template name="served-thing"><xsl:with-param name="id" select="$target"/><xsl:with-param name="in" select="$in"/><xsl:with-param name="named" select="true()"/></xsl:call-template>
            </fo:table-cell>
            <xsl:call-template name="matrix-row"><xsl:with-param name="target" select="$target"/><xsl:with-param name="columns" select="$columns"/></xsl:call-template>
          </fo:table-row>
        </xsl:for-each>
        <fo:table-row keep-together.within-page="always">
          <fo:table-cell role="TH" xsl:use-attribute-sets="cell">
            <xsl:for-each select="$in">
              <fo:block xml:lang="{.}">
                <xsl:if test="position() > 1"><xsl:attribute name="color"><xsl:value-of select="$grey"/></xsl:attribute></xsl:if>
                <xsl:call-template name="word"><xsl:with-param name="id" select="'no-target'"/><xsl:with-param name="lang" select="string(.)"/></xsl:call-template>
              </fo:block>
            </xsl:for-each>
          </fo:table-cell>
          <xsl:call-template name="matrix-row"><xsl:with-param name="target" select="''"/><xsl:with-param name="columns" select="$columns"/></xsl:call-template>
        </fo:table-row>
      </fo:table-body>
    </fo:table>
  </xsl:template>

  <xsl:template name="matrix-row">
    <xsl:param name="target"/>
    <xsl:param name="columns"/>
    <xsl:call-template name="matrix-cell"><xsl:with-param name="cell" select="concat($target, '|')"/></xsl:call-template>
    <xsl:for-each select="$columns">
      <xsl:call-template name="matrix-cell"><xsl:with-param name="cell" select="concat($target, '|', @id)"/></xsl:call-template>
    </xsl:for-each>
  </xsl:template>

  <xsl:template name="matrix-cell">
    <xsl:param name="cell"/>
    <xsl:variable name="activities">
      <xsl:for-each select="exsl:node-set($served)">
        <xsl:for-each select="key('pair', $cell)"><xsl:if test="position() > 1"><xsl:text> </xsl:text></xsl:if><xsl:value-of select="@activity"/></xsl:for-each>
      </xsl:for-each>
    </xsl:variable>
    <fo:table-cell xsl:use-attribute-sets="cell" padding-start="1pt" padding-end="1pt" text-align="center" border-start-style="solid" border-start-width="0.4pt" border-start-color="{$hair}">
      <xsl:if test="$activities != ''"><xsl:attribute name="background-color"><xsl:value-of select="$tint"/></xsl:attribute></xsl:if>
      <fo:block><xsl:value-of select="$activities"/></fo:block>
    </fo:table-cell>
  </xsl:template>

  <!-- What a unit does, on a sheet of its own: its activities, and those of the units it is one of. -->
  <xsl:template match="unit" mode="sheet">
    <xsl:param name="in"/>
    <xsl:param name="level"/>
    <xsl:param name="apart" select="false()"/>
    <xsl:variable name="chain"><xsl:call-template name="unit-chain"/></xsl:variable>
    <xsl:variable name="self" select="."/>
    <fo:block>
      <xsl:if test="$apart">
        <xsl:attribute name="break-before">page</xsl:attribute>
        <xsl:attribute name="id"><xsl:call-template name="id"><xsl:with-param name="id" select="concat('unit-', @id)"/><xsl:with-param name="in" select="$in"/></xsl:call-template></xsl:attribute>
      </xsl:if>
      <xsl:call-template name="place"/>
      <xsl:call-template name="sheet-heading"><xsl:with-param name="words" select="name"/><xsl:with-param name="in" select="$in"/><xsl:with-param name="level" select="$level"/><xsl:with-param name="label" select="true()"/></xsl:call-template>
      <fo:table xsl:use-attribute-sets="table">
        <xsl:call-template name="sheet-header"><xsl:with-param name="in" select="$in"/><xsl:with-param name="last" select="'result'"/></xsl:call-template>
        <fo:table-body>
          <xsl:apply-templates select="../activity[@unit = $self/@id]" mode="sheet-row"><xsl:with-param name="in" select="$in"/></xsl:apply-templates>
          <xsl:for-each select="exsl:node-set($chain)/in">
            <xsl:variable name="id" select="string(.)"/>
            <xsl:for-each select="$self/../unit[@id = $id][../activity/@unit = $id]">
              <xsl:call-template name="group-row"><xsl:with-param name="words" select="name"/><xsl:with-param name="word" select="'together-with'"/><xsl:with-param name="in" select="$in"/><xsl:with-param name="columns" select="6"/></xsl:call-template>
              <xsl:apply-templates select="../activity[@unit = $id]" mode="sheet-row"><xsl:with-param name="in" select="$in"/></xsl:apply-templates>
            </xsl:for-each>
          </xsl:for-each>
          <xsl:call-template name="group-row"><xsl:with-param name="word" select="'added'"/><xsl:with-param name="in" select="$in"/><xsl:with-param name="columns" select="6"/></xsl:call-template>
          <xsl:for-each select="str:tokenize('1 2 3')">
            <fo:table-row block-progression-dimension.minimum="{$writing-line}" keep-with-previous.within-page="always">
              <xsl:for-each select="str:tokenize('1 2 3 4 5 6')"><fo:table-cell xsl:use-attribute-sets="cell"><fo:block/></fo:table-cell></xsl:for-each>
            </fo:table-row>
          </xsl:for-each>
        </fo:table-body>
      </fo:table>
    </fo:block>
  </xsl:template>

  <!-- The units a unit is one of, from the nearest; check tells of circles. -->
  <xsl:template name="unit-chain">
    <xsl:param name="most" select="8"/>
    <xsl:for-each select="../unit[@id = current()/@in][$most > 0]">
      <in><xsl:value-of select="@id"/></in>
      <xsl:call-template name="unit-chain"><xsl:with-param name="most" select="$most - 1"/></xsl:call-template>
    </xsl:for-each>
  </xsl:template>

  <!-- What no unit has taken yet. -->
  <xsl:template name="sheet-without-unit">
    <xsl:param name="in"/>
    <xsl:param name="level"/>
    <fo:block break-before="page">
      <xsl:attribute name="id"><xsl:call-template name="id"><xsl:with-param name="id" select="'unit-'"/><xsl:with-param name="in" select="$in"/></xsl:call-template></xsl:attribute>
      <xsl:call-template name="sheet-heading"><xsl:with-param name="words" select="$words/w[@id = 'no-unit']/l"/><xsl:with-param name="in" select="$in"/><xsl:with-param name="level" select="$level"/></xsl:call-template>
      <fo:table xsl:use-attribute-sets="table">
        <xsl:call-template name="sheet-header"><xsl:with-param name="in" select="$in"/><xsl:with-param name="last" select="'given-to'"/></xsl:call-template>
        <fo:table-body><xsl:apply-templates select="activity[not(@unit)]" mode="sheet-row"><xsl:with-param name="in" select="$in"/></xsl:apply-templates></fo:table-body>
      </fo:table>
    </fo:block>
  </xsl:template>

  <xsl:template name="sheet-heading">
    <xsl:param name="words"/>
    <xsl:param name="in"/>
    <xsl:param name="level"/>
    <xsl:param name="label" select="false()"/>
    <xsl:variable name="role" select="concat('H', ($level &lt; 7) * $level + ($level > 6) * 6)"/>
    <xsl:if test="$label">
      <fo:block xsl:use-attribute-sets="running" keep-with-next.within-page="always">
        <xsl:for-each select="$in">
          <xsl:if test="position() > 1"> · </xsl:if>
          <fo:inline xml:lang="{.}"><xsl:call-template name="word"><xsl:with-param name="id" select="'unit-sheet'"/><xsl:with-param name="lang" select="string(.)"/></xsl:call-template></fo:inline>
        </xsl:for-each>
      </fo:block>
    </xsl:if>
    <fo:block space-after="{$size * 0.5}pt" keep-with-next.within-page="always">
      <xsl:for-each select="$in">
        <xsl:variable name="lang" select="string(.)"/>
        <xsl:variable name="own" select="$words[@xml:lang = $lang]"/>
        <xsl:choose>
          <xsl:when test="not($own)"/>
          <xsl:when test="position() = 1"><fo:block role="{$role}" xml:lang="{$lang}" xsl:use-attribute-sets="heading-1"><xsl:value-of select="normalize-space($own)"/></fo:block></xsl:when>
          <xsl:otherwise><fo:block role="{$role}" xml:lang="{$lang}" xsl:use-attribute-sets="heading heading-second"><xsl:value-of select="normalize-space($own)"/></fo:block></xsl:otherwise>
        </xsl:choose>
      </xsl:for-each>
    </fo:block>
  </xsl:template>

  <xsl:template name="sheet-header">
    <xsl:param name="in"/>
    <xsl:param name="last"/>
    <fo:table-column column-width="proportional-column-width({6 + 4 * ($page-measure &lt; 400)})"/>
    <fo:table-column column-width="proportional-column-width(31)"/>
    <fo:table-column column-width="proportional-column-width(39)"/>
    <fo:table-column column-width="proportional-column-width(14)"/>
    <fo:table-column column-width="proportional-column-width(16)"/>
    <fo:table-column column-width="proportional-column-width(18)"/>
    <fo:table-header>
      <fo:table-row>
        <xsl:call-template name="word-cell"><xsl:with-param name="id" select="'code'"/><xsl:with-param name="in" select="$in"/></xsl:call-template>
        <xsl:call-template name="word-cell"><xsl:with-param name="id" select="'activity'"/><xsl:with-param name="in" select="$in"/></xsl:call-template>
        <xsl:call-template name="word-cell"><xsl:with-param name="id" select="'serves'"/><xsl:with-param name="in" select="$in"/></xsl:call-template>
        <xsl:call-template name="word-cell"><xsl:with-param name="id" select="'deadline'"/><xsl:with-param name="in" select="$in"/></xsl:call-template>
        <xsl:call-template name="word-cell"><xsl:with-param name="id" select="'measure'"/><xsl:with-param name="in" select="$in"/></xsl:call-template>
        <xsl:call-template name="word-cell"><xsl:with-param name="id" select="$last"/><xsl:with-param name="in" select="$in"/></xsl:call-template>
      </fo:table-row>
    </fo:table-header>
  </xsl:template>

  <xsl:template match="activity" mode="sheet-row">
    <xsl:param name="in"/>
    <fo:table-row keep-together.within-page="always" block-progression-dimension.minimum="{$writing-line}">
      <xsl:call-template name="place"/>
      <fo:table-cell role="TH" xsl:use-attribute-sets="code-cell"><fo:block><xsl:value-of select="@id"/></fo:block></fo:table-cell>
      <fo:table-cell xsl:use-attribute-sets="cell"><xsl:call-template name="in-languages"><xsl:with-param name="words" select="text"/><xsl:with-param name="in" select="$in"/></xsl:call-template></fo:table-cell>
      <fo:table-cell xsl:use-attribute-sets="cell">
        <xsl:for-each select="str:tokenize(@serves)"><xsl:call-template name="served-thing"><xsl:with-param name="id" select="string(.)"/><xsl:with-param name="in" select="$in"/></xsl:call-template></xsl:for-each>
        <xsl:if test="normalize-space(@serves) = ''"><fo:block/></xsl:if>
      </fo:table-cell>
      <fo:table-cell xsl:use-attribute-sets="cell"><xsl:call-template name="deadline-or-blank"><xsl:with-param name="in" select="$in"/></xsl:call-template></fo:table-cell>
      <fo:table-cell xsl:use-attribute-sets="cell"><xsl:call-template name="words-or-blank"><xsl:with-param name="words" select="measure"/><xsl:with-param name="in" select="$in"/></xsl:call-template></fo:table-cell>
      <fo:table-cell xsl:use-attribute-sets="cell"><fo:block/></fo:table-cell>
    </fo:table-row>
  </xsl:template>

  <!-- Its id and its name, or its words where it has no name (named: only the id then). -->
  <xsl:template name="served-thing">
    <xsl:param name="id"/>
    <xsl:param name="in"/>
    <xsl:param name="named" select="false()"/>
    <xsl:variable name="thing" select="$data/resolution/*/*[@id = $id]"/>
    <xsl:for-each select="$in">
      <xsl:variable name="lang" select="string(.)"/>
      <xsl:variable name="first" select="position() = 1"/>
      <xsl:variable name="text" select="normalize-space(($thing/name[@xml:lang = $lang] | $thing[not(name or $named)]/text[@xml:lang = $lang])[1])"/>
      <xsl:if test="$first or $text != ''">
        <fo:block xml:lang="{$lang}">
          <xsl:choose>
            <xsl:when test="$first"><fo:inline font-weight="bold" color="{$green}"><xsl:value-of select="$id"/></fo:inline><xsl:text> </xsl:text></xsl:when>
            <xsl:otherwise><xsl:attribute name="color"><xsl:value-of select="$grey"/></xsl:attribute></xsl:otherwise>
          </xsl:choose>
          <xsl:call-template name="bind"><xsl:with-param name="text" select="$text"/></xsl:call-template>
        </fo:block>
      </xsl:if>
    </xsl:for-each>
  </xsl:template>

  <!-- Bookmarks of the sheets. -->
  <xsl:template match="e:unit[e:v[1]/e:include[@ref = 'plan' and @view = 'units']]" mode="bookmark">
    <xsl:param name="in"/>
    <xsl:for-each select="$data/plan/unit">
      <xsl:variable name="unit" select="."/>
      <fo:bookmark>
        <xsl:attribute name="internal-destination"><xsl:call-template name="id"><xsl:with-param name="id" select="concat('unit-', @id)"/><xsl:with-param name="in" select="$in"/></xsl:call-template></xsl:attribute>
        <fo:bookmark-title><xsl:for-each select="$in"><xsl:if test="position() > 1"> · </xsl:if><xsl:value-of select="normalize-space($unit/name[@xml:lang = current()])"/></xsl:for-each></fo:bookmark-title>
      </fo:bookmark>
    </xsl:for-each>
    <xsl:if test="$data/plan/activity[not(@unit)]">
      <fo:bookmark>
        <xsl:attribute name="internal-destination"><xsl:call-template name="id"><xsl:with-param name="id" select="'unit-'"/><xsl:with-param name="in" select="$in"/></xsl:call-template></xsl:attribute>
        <fo:bookmark-title><xsl:for-each select="$in"><xsl:if test="position() > 1"> · </xsl:if><xsl:call-template name="word"><xsl:with-param name="id" select="'no-unit'"/><xsl:with-param name="lang" select="string(.)"/></xsl:call-template></xsl:for-each></fo:bookmark-title>
      </fo:bookmark>
    </xsl:if>
  </xsl:template>
</xsl:stylesheet>
