<?xml version="1.0" encoding="UTF-8"?>
<!-- Minutes of a session (Hướng dẫn 12-HD/BTCTW): the opening, the roll, the agenda, what members said, the conclusion.

     What the record (publication.yaml: `record`) tells is printed; the rest is a dotted line to write on.  Run over the
     edition of a handout these are the minutes of its session: title, date, agenda (the headings), the questions to
     discuss and the length of the roll come from there. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:fo="http://www.w3.org/1999/XSL/Format"
    xmlns:e="urn:sotay:edition"
    exclude-result-prefixes="e">
  <xsl:import href="common.xsl"/>
  <xsl:import href="common/form.xsl"/>
  <xsl:variable name="form-code">BB</xsl:variable>
  <xsl:variable name="form-name">form-minutes</xsl:variable>

  <xsl:variable name="from-kit" select="$edition/@kind != 'minutes'"/>
  <xsl:variable name="record" select="$edition/e:meta/e:record"/>
  <!-- People of the roll, and the lines of one that is not yet filled. -->
  <xsl:variable name="people" select="($record/e:present | $record/e:excused | $record/e:absent)/e:item"/>
  <xsl:variable name="roll-named" select="boolean($record/e:present/e:item[string(number(e:name/e:l[1])) = 'NaN'])"/>
  <xsl:variable name="roll-lines">
    <xsl:variable name="rows" select="$edition/e:body//e:roll[1]/@rows"/>
    <xsl:choose><xsl:when test="$rows"><xsl:value-of select="$rows"/></xsl:when><xsl:otherwise>24</xsl:otherwise></xsl:choose>
  </xsl:variable>

  <!-- A handout is the committee's, its session a cell's. -->
  <xsl:template name="parent-body">
    <xsl:param name="lang"/>
    <xsl:call-template name="body-name"><xsl:with-param name="name" select="substring('organisation parent', 1 + 13 * not($from-kit), 12)"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
  </xsl:template>
  <xsl:template name="issuing-body">
    <xsl:param name="lang"/>
    <xsl:choose>
      <xsl:when test="$from-kit">
        <xsl:call-template name="upper"><xsl:with-param name="text"><xsl:call-template name="form-word"><xsl:with-param name="id" select="'cell'"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template></xsl:with-param></xsl:call-template>
        <xsl:value-of select="concat(' ', $dots)"/>
      </xsl:when>
      <xsl:otherwise><xsl:call-template name="body-name"><xsl:with-param name="name" select="'organisation'"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- ==== lines ==== -->

  <!-- I- KHAI MẠC -->
  <xsl:template name="part">
    <xsl:param name="nr"/>
    <xsl:param name="word"/>
    <xsl:param name="lang"/>
    <fo:block xsl:use-attribute-sets="form-heading" role="H2" text-indent="10mm">
      <xsl:call-template name="component"><xsl:with-param name="name" select="'section'"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
      <xsl:number value="$nr" format="I"/><xsl:value-of select="substring('-.', 1 + not($party), 1)"/><xsl:text> </xsl:text>
      <xsl:call-template name="upper"><xsl:with-param name="text"><xsl:call-template name="form-word"><xsl:with-param name="id" select="$word"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template></xsl:with-param></xsl:call-template>
    </fo:block>
  </xsl:template>

  <!-- 1. Địa điểm: ... -->
  <xsl:template name="line">
    <xsl:param name="nr"/>
    <xsl:param name="word"/>
    <xsl:param name="lang"/>
    <xsl:param name="value"/>
    <xsl:param name="of"/>
    <xsl:param name="blank" select="true()"/>
    <fo:block xsl:use-attribute-sets="before-block paragraph">
      <xsl:if test="$nr != ''"><xsl:call-template name="component"><xsl:with-param name="name" select="'clause'"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template></xsl:if>
      <xsl:if test="$nr = ''"><xsl:call-template name="component"><xsl:with-param name="name" select="'body'"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template></xsl:if>
      <xsl:if test="$of"><xsl:call-template name="place"><xsl:with-param name="node" select="$of"/></xsl:call-template></xsl:if>
      <xsl:if test="string($value) = '' and $blank"><xsl:attribute name="text-align-last">justify</xsl:attribute></xsl:if>
      <xsl:if test="not($blank) and string($value) = ''"><xsl:attribute name="keep-with-next.within-page">always</xsl:attribute></xsl:if>
      <xsl:if test="$nr != ''"><xsl:value-of select="concat($nr, '. ')"/></xsl:if>
      <xsl:call-template name="form-word"><xsl:with-param name="id" select="$word"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
      <xsl:text>:</xsl:text>
      <xsl:choose>
        <xsl:when test="string($value) != ''"><xsl:text> </xsl:text><xsl:copy-of select="$value"/></xsl:when>
        <xsl:when test="$blank"><xsl:text> </xsl:text><xsl:call-template name="dotted"/></xsl:when>
      </xsl:choose>
    </fo:block>
  </xsl:template>

  <xsl:template name="dotted">
    <fo:leader leader-pattern="dots" leader-pattern-width="3.5pt" leader-length.minimum="20mm" leader-length.optimum="40mm" leader-length.maximum="100%" role="artifact"/>
  </xsl:template>

  <!-- Whole lines to write on. -->
  <xsl:template name="dotted-lines">
    <xsl:param name="count"/>
    <xsl:if test="$count > 0">
      <fo:block text-align-last="justify" line-height="24pt" role="artifact"><xsl:call-template name="dotted"/></fo:block>
      <xsl:call-template name="dotted-lines"><xsl:with-param name="count" select="$count - 1"/></xsl:call-template>
    </xsl:if>
  </xsl:template>

  <xsl:template name="record-line">
    <xsl:param name="nr"/>
    <xsl:param name="word"/>
    <xsl:param name="of"/>
    <xsl:param name="lang"/>
    <xsl:call-template name="line">
      <xsl:with-param name="nr" select="$nr"/><xsl:with-param name="word" select="$word"/><xsl:with-param name="lang" select="$lang"/><xsl:with-param name="of" select="$of"/>
      <xsl:with-param name="value">
        <xsl:choose>
          <xsl:when test="$of/e:name"><xsl:for-each select="$of"><xsl:call-template name="person"><xsl:with-param name="lang" select="$lang"/></xsl:call-template></xsl:for-each></xsl:when>
          <xsl:otherwise><xsl:call-template name="said"><xsl:with-param name="of" select="$of"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template></xsl:otherwise>
        </xsl:choose>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- Nguyễn Văn A, bí thư chi bộ (đi công tác) -->
  <xsl:template name="person">
    <xsl:param name="lang"/>
    <xsl:call-template name="said"><xsl:with-param name="of" select="e:name"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
    <xsl:if test="e:post">, <xsl:call-template name="said"><xsl:with-param name="of" select="e:post"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template></xsl:if>
    <xsl:if test="e:reason"> (<xsl:call-template name="said"><xsl:with-param name="of" select="e:reason"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>)</xsl:if>
  </xsl:template>

  <!-- How many: of a list, or a number alone in it. -->
  <xsl:template name="how-many">
    <xsl:param name="of"/>
    <xsl:variable name="only" select="number($of[count(e:item) = 1]/e:item/e:name/e:l[1])"/>
    <xsl:choose>
      <xsl:when test="not($of)">………</xsl:when>
      <xsl:when test="$only = $only"><xsl:value-of select="$only"/></xsl:when>
      <xsl:otherwise><xsl:value-of select="count($of/e:item)"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- Absent with leave: names and reasons. -->
  <xsl:template name="names">
    <xsl:param name="of"/>
    <xsl:param name="word"/>
    <xsl:param name="lang"/>
    <xsl:variable name="only" select="number($of[count(e:item) = 1]/e:item/e:name/e:l[1])"/>
    <xsl:if test="not($of) or ($of/e:item and $only != $only)">
      <xsl:call-template name="line">
        <xsl:with-param name="word" select="$word"/><xsl:with-param name="lang" select="$lang"/><xsl:with-param name="of" select="$of"/>
        <xsl:with-param name="value">
          <xsl:for-each select="$of/e:item">
            <xsl:if test="position() > 1">; </xsl:if>
            <xsl:call-template name="person"><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
            <xsl:if test="position() = last()">.</xsl:if>
          </xsl:for-each>
        </xsl:with-param>
      </xsl:call-template>
    </xsl:if>
  </xsl:template>

  <!-- Points a) b) of texts. -->
  <xsl:template name="points">
    <xsl:param name="texts"/>
    <xsl:param name="lang"/>
    <fo:block role="L">
      <xsl:for-each select="$texts">
        <fo:block xsl:use-attribute-sets="before-block paragraph" role="LI">
          <xsl:call-template name="component"><xsl:with-param name="name" select="'point'"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
          <xsl:call-template name="place"/>
          <xsl:variable name="label"><xsl:call-template name="letter"><xsl:with-param name="nr" select="position()"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>)</xsl:variable>
          <xsl:call-template name="form-item">
            <xsl:with-param name="label" select="string($label)"/>
            <xsl:with-param name="content">
              <xsl:choose>
                <xsl:when test="self::e:item"><xsl:call-template name="said"><xsl:with-param name="of" select="."/><xsl:with-param name="lang" select="$lang"/></xsl:call-template></xsl:when>
                <xsl:otherwise><xsl:apply-templates select="e:unit[1]/e:v[@xml:lang = $lang]" mode="plain"/></xsl:otherwise>
              </xsl:choose>
            </xsl:with-param>
          </xsl:call-template>
        </fo:block>
      </xsl:for-each>
    </fo:block>
  </xsl:template>

  <!-- ==== the minutes ==== -->

  <xsl:template name="form-body">
    <xsl:param name="in"/>
    <xsl:variable name="lang" select="string($in[1])"/>
    <xsl:call-template name="grounds"><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
    <xsl:call-template name="opening-of-session"><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
    <xsl:call-template name="part"><xsl:with-param name="nr" select="2"/><xsl:with-param name="word" select="'minutes-matter'"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
    <xsl:call-template name="record-line"><xsl:with-param name="nr" select="1"/><xsl:with-param name="word" select="'minutes-presenter'"/><xsl:with-param name="of" select="$record/e:presenter"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
    <xsl:if test="not($from-kit)"><xsl:apply-templates select="e:body/*" mode="proceedings"><xsl:with-param name="in" select="$in"/></xsl:apply-templates></xsl:if>
    <xsl:call-template name="statements"><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
    <xsl:call-template name="part"><xsl:with-param name="nr" select="3"/><xsl:with-param name="word" select="'minutes-conclusion'"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
    <xsl:call-template name="conclusion"><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
  </xsl:template>

  <xsl:template name="opening-of-session">
    <xsl:param name="lang"/>
    <xsl:call-template name="part"><xsl:with-param name="nr" select="1"/><xsl:with-param name="word" select="'minutes-opening'"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
    <xsl:call-template name="line">
      <xsl:with-param name="nr" select="1"/><xsl:with-param name="word" select="'minutes-time'"/><xsl:with-param name="lang" select="$lang"/><xsl:with-param name="of" select="$record/e:opened"/>
      <xsl:with-param name="value">
        <xsl:call-template name="form-word"><xsl:with-param name="id" select="'minutes-at'"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
        <xsl:text>&#160;</xsl:text>
        <xsl:choose>
          <xsl:when test="$record/e:opened"><xsl:call-template name="said"><xsl:with-param name="of" select="$record/e:opened"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template></xsl:when>
          <xsl:otherwise>……………</xsl:otherwise>
        </xsl:choose>
        <xsl:text>, </xsl:text>
        <xsl:choose>
          <xsl:when test="$date != ''"><xsl:call-template name="date"><xsl:with-param name="lang" select="$lang"/></xsl:call-template></xsl:when>
          <xsl:otherwise><xsl:call-template name="form-word"><xsl:with-param name="id" select="'blank-date'"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template></xsl:otherwise>
        </xsl:choose>
        <xsl:text>.</xsl:text>
      </xsl:with-param>
    </xsl:call-template>
    <xsl:call-template name="record-line"><xsl:with-param name="nr" select="2"/><xsl:with-param name="word" select="'minutes-venue'"/><xsl:with-param name="of" select="$record/e:venue"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
    <xsl:call-template name="record-line"><xsl:with-param name="nr" select="3"/><xsl:with-param name="word" select="'minutes-purpose'"/><xsl:with-param name="of" select="$record/e:purpose"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
    <xsl:call-template name="record-line"><xsl:with-param name="nr" select="4"/><xsl:with-param name="word" select="'minutes-chair'"/><xsl:with-param name="of" select="$record/e:chair"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
    <xsl:call-template name="record-line"><xsl:with-param name="nr" select="5"/><xsl:with-param name="word" select="'minutes-secretary'"/><xsl:with-param name="of" select="$record/e:secretary"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
    <xsl:call-template name="line">
      <xsl:with-param name="nr" select="6"/><xsl:with-param name="word" select="'roll'"/><xsl:with-param name="lang" select="$lang"/><xsl:with-param name="of" select="$record/e:present"/>
      <xsl:with-param name="value">
        <xsl:call-template name="form-word"><xsl:with-param name="id" select="'minutes-members'"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
        <xsl:text>&#160;</xsl:text>
        <xsl:call-template name="said"><xsl:with-param name="of" select="$record/e:members"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
        <xsl:if test="not($record/e:members)">………</xsl:if>
        <xsl:for-each select="document('common/words.xml')/words/roll-counts/c">
          <xsl:text>; </xsl:text>
          <xsl:call-template name="form-word"><xsl:with-param name="id" select="string(@word)"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
          <xsl:text>&#160;</xsl:text>
          <xsl:call-template name="how-many"><xsl:with-param name="of" select="$record/*[local-name() = current()]"/></xsl:call-template>
        </xsl:for-each>
        <xsl:text> (</xsl:text><xsl:call-template name="form-word"><xsl:with-param name="id" select="'minutes-roll-below'"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template><xsl:text>).</xsl:text>
      </xsl:with-param>
    </xsl:call-template>
    <xsl:call-template name="names"><xsl:with-param name="of" select="$record/e:excused"/><xsl:with-param name="word" select="'minutes-excused'"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
    <xsl:call-template name="names"><xsl:with-param name="of" select="$record/e:absent"/><xsl:with-param name="word" select="'minutes-absent'"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
    <xsl:if test="$record/e:guests/e:item"><xsl:call-template name="names"><xsl:with-param name="of" select="$record/e:guests"/><xsl:with-param name="word" select="'minutes-guests'"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template></xsl:if>
    <xsl:call-template name="agenda"><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
  </xsl:template>

  <!-- The agenda: the record's, else the headings that are more than forms. -->
  <xsl:template name="agenda">
    <xsl:param name="lang"/>
    <xsl:variable name="headings" select="$edition/e:body/e:section[e:unit[1]/e:v[@xml:lang = $lang]][not(e:unit[@directive = 'notes' or @directive = 'roll']) or e:unit[position() > 1][not(@directive = 'notes' or @directive = 'roll')] or e:section]"/>
    <xsl:variable name="items" select="$record/e:agenda/e:item | $headings[not($record/e:agenda)]"/>
    <xsl:call-template name="line"><xsl:with-param name="nr" select="7"/><xsl:with-param name="word" select="'minutes-agenda'"/><xsl:with-param name="lang" select="$lang"/><xsl:with-param name="blank" select="false()"/></xsl:call-template>
    <xsl:if test="$items"><xsl:call-template name="points"><xsl:with-param name="texts" select="$items"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template></xsl:if>
    <xsl:if test="not($items)"><xsl:call-template name="dotted-lines"><xsl:with-param name="count" select="3"/></xsl:call-template></xsl:if>
  </xsl:template>

  <!-- What an author of minutes wrote under the headings: a heading with nothing under it is only of the agenda. -->
  <xsl:template match="e:section" mode="proceedings">
    <xsl:param name="in"/>
    <xsl:variable name="lang" select="string($in[1])"/>
    <xsl:if test="*[position() > 1][not(@directive = 'roll' or @directive = 'discussion')]">
      <fo:block xsl:use-attribute-sets="form-heading" role="H3" text-indent="10mm">
        <xsl:call-template name="section-id"><xsl:with-param name="in" select="$in"/></xsl:call-template>
        <xsl:call-template name="place"/>
        <xsl:apply-templates select="e:unit[1]/e:v[@xml:lang = $lang]/node()"/>
      </fo:block>
      <xsl:apply-templates select="*[position() > 1]" mode="proceedings"><xsl:with-param name="in" select="$in"/></xsl:apply-templates>
    </xsl:if>
  </xsl:template>
  <xsl:template match="e:unit" mode="proceedings">
    <xsl:param name="in"/>
    <xsl:if test="not(@directive = 'roll' or @directive = 'discussion')"><xsl:apply-templates select="." mode="flow"><xsl:with-param name="in" select="$in"/></xsl:apply-templates></xsl:if>
  </xsl:template>

  <xsl:template name="statements">
    <xsl:param name="lang"/>
    <xsl:variable name="questions" select="$edition/e:body//e:discussion[ancestor::e:v[1]/@xml:lang = $lang]/*/e:li"/>
    <xsl:call-template name="line"><xsl:with-param name="nr" select="2"/><xsl:with-param name="word" select="'minutes-statements'"/><xsl:with-param name="lang" select="$lang"/><xsl:with-param name="blank" select="false()"/></xsl:call-template>
    <xsl:choose>
      <xsl:when test="$record/e:statements">
        <fo:block role="L">
          <xsl:for-each select="$record/e:statements/e:item">
            <fo:block xsl:use-attribute-sets="before-block paragraph" role="LI">
              <xsl:call-template name="component"><xsl:with-param name="name" select="'body'"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
              <xsl:call-template name="place"/>
              <xsl:call-template name="form-item">
                <xsl:with-param name="label" select="'-'"/>
                <xsl:with-param name="content">
                  <xsl:call-template name="said"><xsl:with-param name="of" select="e:name"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
                  <xsl:text>: </xsl:text>
                  <xsl:call-template name="said"><xsl:with-param name="of" select="e:text"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
                </xsl:with-param>
              </xsl:call-template>
            </fo:block>
          </xsl:for-each>
        </fo:block>
      </xsl:when>
      <xsl:when test="$questions">
        <xsl:for-each select="$questions">
          <fo:block xsl:use-attribute-sets="before-block paragraph" keep-with-next.within-page="always">
            <xsl:call-template name="component"><xsl:with-param name="name" select="'point'"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
            <xsl:call-template name="place"/>
            <xsl:call-template name="letter"><xsl:with-param name="nr" select="position()"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template><xsl:text>) </xsl:text>
            <xsl:apply-templates select="e:p[1]/node()"/>
          </fo:block>
          <xsl:call-template name="dotted-lines"><xsl:with-param name="count" select="4"/></xsl:call-template>
        </xsl:for-each>
      </xsl:when>
      <xsl:otherwise><xsl:call-template name="dotted-lines"><xsl:with-param name="count" select="12"/></xsl:call-template></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="conclusion">
    <xsl:param name="lang"/>
    <xsl:choose>
      <xsl:when test="$record/e:conclusion/e:item[2]"><xsl:call-template name="points"><xsl:with-param name="texts" select="$record/e:conclusion/e:item"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template></xsl:when>
      <xsl:when test="$record/e:conclusion/e:item">
        <fo:block xsl:use-attribute-sets="before-block paragraph">
          <xsl:call-template name="component"><xsl:with-param name="name" select="'body'"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
          <xsl:call-template name="place"><xsl:with-param name="node" select="$record/e:conclusion/e:item"/></xsl:call-template>
          <xsl:call-template name="said"><xsl:with-param name="of" select="$record/e:conclusion/e:item"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
        </fo:block>
      </xsl:when>
      <xsl:otherwise><xsl:call-template name="dotted-lines"><xsl:with-param name="count" select="6"/></xsl:call-template></xsl:otherwise>
    </xsl:choose>
    <xsl:call-template name="record-line"><xsl:with-param name="word" select="'minutes-read-back'"/><xsl:with-param name="of" select="$record/e:read-back"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
    <xsl:call-template name="line">
      <xsl:with-param name="word" select="'minutes-closed'"/><xsl:with-param name="lang" select="$lang"/><xsl:with-param name="of" select="$record/e:closed"/>
      <xsl:with-param name="value">
        <xsl:call-template name="said"><xsl:with-param name="of" select="$record/e:closed"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
        <xsl:if test="not($record/e:closed)">……………</xsl:if>
        <xsl:text>.</xsl:text>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- The secretary on the left, the chair on the right; then who receives it, and the roll on pages of its own. -->
  <xsl:template name="form-end">
    <xsl:param name="lang"/>
    <fo:table table-layout="fixed" width="100%" role="NonStruct" space-before="12pt" keep-with-previous.within-page="always">
      <fo:table-column column-width="proportional-column-width(1)"/>
      <fo:table-column column-width="proportional-column-width(1)"/>
      <fo:table-body role="NonStruct">
        <fo:table-row role="NonStruct" keep-together.within-page="always">
          <fo:table-cell role="Div"><xsl:call-template name="signs"><xsl:with-param name="who" select="'secretary'"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template></fo:table-cell>
          <fo:table-cell role="Div"><xsl:call-template name="signs"><xsl:with-param name="who" select="'chair'"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template></fo:table-cell>
        </fo:table-row>
      </fo:table-body>
    </fo:table>
    <xsl:if test="not($from-kit) and $edition/e:meta/e:recipients/e:item">
      <fo:block space-before="12pt"><xsl:call-template name="recipients"><xsl:with-param name="lang" select="$lang"/></xsl:call-template></fo:block>
    </xsl:if>
    <xsl:call-template name="roll-pages"><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
  </xsl:template>

  <xsl:template name="signs">
    <xsl:param name="who"/>
    <xsl:param name="lang"/>
    <xsl:call-template name="signature">
      <xsl:with-param name="of" select="$edition[not($from-kit)]/e:meta/*[local-name() = $who or (self::e:signature and $who = 'chair')]"/>
      <xsl:with-param name="lang" select="$lang"/>
      <xsl:with-param name="post-component" select="$who"/>
      <xsl:with-param name="post"><xsl:call-template name="form-word"><xsl:with-param name="id" select="concat('minutes-', $who)"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template></xsl:with-param>
      <xsl:with-param name="name"><xsl:call-template name="said"><xsl:with-param name="of" select="$record/*[local-name() = $who]/e:name"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template></xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- ==== the roll ==== -->

  <xsl:template name="roll-pages">
    <xsl:param name="lang"/>
    <fo:block break-before="page" role="H2" font-weight="bold" text-align="center" line-height="{$cap-pitch}pt" space-after="6pt">
      <xsl:call-template name="upper"><xsl:with-param name="text"><xsl:call-template name="form-word"><xsl:with-param name="id" select="'minutes-roll'"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template></xsl:with-param></xsl:call-template>
    </fo:block>
    <fo:table xsl:use-attribute-sets="table">
      <fo:table-column column-width="proportional-column-width(6)"/>
      <fo:table-column column-width="proportional-column-width(32)"/>
      <fo:table-column column-width="proportional-column-width(12)"/>
      <fo:table-column column-width="proportional-column-width(14)"/>
      <fo:table-column column-width="proportional-column-width(14)"/>
      <fo:table-column column-width="proportional-column-width(22)"/>
      <fo:table-header>
        <fo:table-row>
          <xsl:for-each select="document('common/words.xml')/words/roll-columns/c">
            <fo:table-cell xsl:use-attribute-sets="header-cell"><fo:block><xsl:call-template name="word"><xsl:with-param name="id" select="string(.)"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template></fo:block></fo:table-cell>
          </xsl:for-each>
        </fo:table-row>
      </fo:table-header>
      <fo:table-body>
        <xsl:choose>
          <xsl:when test="$roll-named">
            <xsl:for-each select="$people">
              <fo:table-row keep-together.within-page="always">
                <xsl:call-template name="place"/>
                <fo:table-cell xsl:use-attribute-sets="cell" text-align="center"><fo:block><xsl:value-of select="position()"/></fo:block></fo:table-cell>
                <fo:table-cell xsl:use-attribute-sets="cell"><fo:block><xsl:call-template name="said"><xsl:with-param name="of" select="e:name"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template></fo:block></fo:table-cell>
                <fo:table-cell xsl:use-attribute-sets="cell" text-align="center"><fo:block><xsl:if test="parent::e:present">x</xsl:if></fo:block></fo:table-cell>
                <fo:table-cell xsl:use-attribute-sets="cell" text-align="center"><fo:block><xsl:if test="parent::e:excused">x</xsl:if></fo:block></fo:table-cell>
                <fo:table-cell xsl:use-attribute-sets="cell" text-align="center"><fo:block><xsl:if test="parent::e:absent">x</xsl:if></fo:block></fo:table-cell>
                <fo:table-cell xsl:use-attribute-sets="cell"><fo:block>
                  <xsl:call-template name="said"><xsl:with-param name="of" select="e:post"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
                  <xsl:if test="e:post and e:reason">; </xsl:if>
                  <xsl:call-template name="said"><xsl:with-param name="of" select="e:reason"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
                </fo:block></fo:table-cell>
              </fo:table-row>
            </xsl:for-each>
          </xsl:when>
          <xsl:otherwise><xsl:call-template name="roll-rows"><xsl:with-param name="last" select="$roll-lines"/></xsl:call-template></xsl:otherwise>
        </xsl:choose>
      </fo:table-body>
    </fo:table>
  </xsl:template>

  <!-- The only bookmarks are those of what is printed. -->
  <xsl:template name="bookmarks"/>
</xsl:stylesheet>
