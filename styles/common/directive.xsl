<?xml version="1.0" encoding="UTF-8"?>
<!-- Study directives: discussion, case, facilitator, roll, notes, timeline, signature, qr.

     Each has a template for one language (a block in its v) and, where the languages share what is to be filled in,
     one in mode "across" for all of them.  Both come to the same named template with the languages `in`. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:fo="http://www.w3.org/1999/XSL/Format"
    xmlns:fox="http://xmlgraphics.apache.org/fop/extensions"
    xmlns:svg="http://www.w3.org/2000/svg"
    xmlns:e="urn:sotay:edition"
    xmlns:qr="urn:sotay:qr"
    xmlns:s="urn:sotay:fo"
    exclude-result-prefixes="e qr">

  <!-- Lines to write on, of what is left of a page: at least so many, else those of the next page. -->
  <xsl:variable name="least-lines" select="6"/>
  <!-- Without lanes: lines of a page that holds nothing but lines. -->
  <xsl:variable name="lines-per-page" select="28"/>

  <!-- The same directive in the languages: itself, or its partners in the unit. -->
  <xsl:template match="e:discussion | e:case | e:quiz | e:roll | e:notes | e:timeline | e:v//e:signature | e:include">
    <xsl:variable name="lang" select="string(ancestor::e:v[1]/@xml:lang)"/>
    <fo:block>
      <xsl:call-template name="before-block"/>
      <xsl:call-template name="own-id"/>
      <xsl:apply-templates select="." mode="print"><xsl:with-param name="all" select="."/><xsl:with-param name="in" select="$langs[. = $lang]"/></xsl:apply-templates>
    </fo:block>
  </xsl:template>

  <xsl:template match="e:discussion | e:case | e:quiz | e:roll | e:notes | e:timeline | e:v//e:signature | e:include" mode="across">
    <xsl:param name="in"/>
    <xsl:variable name="unit" select="ancestor::e:unit[1]"/>
    <xsl:apply-templates select="." mode="print">
      <xsl:with-param name="all" select="$unit/e:v[@xml:lang = $in]/*"/><xsl:with-param name="in" select="$in"/>
    </xsl:apply-templates>
  </xsl:template>

  <!-- Titles in the languages beside one another.  default: a word where the author gave no title. -->
  <xsl:template name="titles">
    <xsl:param name="all"/>
    <xsl:param name="in"/>
    <xsl:param name="default" select="''"/>
    <xsl:variable name="self" select="."/>
    <xsl:if test="$default != '' or $all/@title">
      <xsl:call-template name="level">
        <xsl:with-param name="in" select="$in"/>
        <xsl:with-param name="keep" select="true()"/>
        <xsl:with-param name="cells">
          <xsl:for-each select="$in">
            <xsl:variable name="lang" select="string(.)"/>
            <xsl:variable name="one" select="$all[ancestor::e:v[1]/@xml:lang = $lang]"/>
            <cell xml:lang="{$lang}">
              <fo:block xsl:use-attribute-sets="box-title" space-after="2pt" role="P">
                <xsl:for-each select="$self"><xsl:call-template name="place"/></xsl:for-each>
                <xsl:choose>
                  <xsl:when test="$one/@title"><xsl:call-template name="bind"><xsl:with-param name="text" select="$one/@title"/></xsl:call-template></xsl:when>
                  <xsl:otherwise><xsl:call-template name="word"><xsl:with-param name="id" select="$default"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template></xsl:otherwise>
                </xsl:choose>
                <xsl:if test="$facilitator and $one/@minutes">
                  <fo:inline xsl:use-attribute-sets="second" font-size="{$size * 0.85}pt">
                    <xsl:text> (</xsl:text><xsl:value-of select="$one/@minutes"/><xsl:text>&#160;</xsl:text>
                    <xsl:call-template name="word"><xsl:with-param name="id" select="'minutes'"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
                    <xsl:text>)</xsl:text>
                  </fo:inline>
                </xsl:if>
              </fo:block>
            </cell>
          </xsl:for-each>
        </xsl:with-param>
      </xsl:call-template>
    </xsl:if>
  </xsl:template>

  <!-- Finished cells (cell elements) level with one another; one alone stands without a table. -->
  <xsl:template name="level">
    <xsl:param name="in"/>
    <xsl:param name="cells"/>
    <xsl:param name="keep" select="false()"/>
    <xsl:param name="space" select="'0pt'"/>
    <xsl:variable name="nodes" select="exsl:node-set($cells)/cell" xmlns:exsl="http://exslt.org/common"/>
    <xsl:choose>
      <xsl:when test="count($nodes) = 1">
        <fo:block space-before="{$space}">
          <xsl:if test="$keep"><xsl:attribute name="keep-with-next.within-page">always</xsl:attribute></xsl:if>
          <xsl:copy-of select="$nodes/node()"/>
        </fo:block>
      </xsl:when>
      <xsl:when test="$mode = 'columns'">
        <fo:table table-layout="fixed" width="100%" role="NonStruct" space-before="{$space}">
          <xsl:if test="$keep"><xsl:attribute name="keep-with-next.within-page">always</xsl:attribute></xsl:if>
          <xsl:call-template name="pair-columns"/>
          <fo:table-body role="NonStruct">
            <fo:table-row role="NonStruct" keep-together.within-page="always">
              <xsl:for-each select="$nodes">
                <fo:table-cell role="Div" xml:lang="{@xml:lang}">
                  <xsl:call-template name="side-padding"/>
                  <xsl:call-template name="hyphenation"><xsl:with-param name="lang" select="string(@xml:lang)"/></xsl:call-template>
                  <xsl:copy-of select="node()"/>
                  <xsl:if test="not(*)"><fo:block/></xsl:if>
                </fo:table-cell>
              </xsl:for-each>
            </fo:table-row>
          </fo:table-body>
        </fo:table>
      </xsl:when>
      <xsl:otherwise>
        <xsl:for-each select="$nodes">
          <fo:block xml:lang="{@xml:lang}">
            <xsl:if test="$keep or position() != last()"><xsl:attribute name="keep-with-next.within-page">always</xsl:attribute></xsl:if>
            <xsl:if test="position() > 1"><xsl:attribute name="color"><xsl:value-of select="$grey"/></xsl:attribute></xsl:if>
            <xsl:if test="position() = 1"><xsl:attribute name="space-before"><xsl:value-of select="$space"/></xsl:attribute></xsl:if>
            <xsl:copy-of select="node()"/>
          </fo:block>
        </xsl:for-each>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- Lines to write on: so many, or (fill) as many as the page has left.  They are for the hand alone, no content. -->
  <xsl:template name="writing-lines">
    <xsl:param name="count"/>
    <xsl:param name="style" select="'ruled'"/>
    <xsl:param name="fill" select="false()"/>
    <xsl:choose>
      <xsl:when test="not($count > 0)"/>
      <xsl:when test="$lanes = 'no'">
        <xsl:call-template name="ruled-lines"><xsl:with-param name="count" select="$count * not($fill) + $lines-per-page * $fill"/></xsl:call-template>
      </xsl:when>
      <!-- more than may be asked to stand together: in halves, which is no deep recursion -->
      <xsl:when test="not($fill) and $count > 12">
        <xsl:call-template name="writing-lines"><xsl:with-param name="count" select="floor($count div 2)"/><xsl:with-param name="style" select="$style"/></xsl:call-template>
        <xsl:call-template name="writing-lines"><xsl:with-param name="count" select="ceiling($count div 2)"/><xsl:with-param name="style" select="$style"/></xsl:call-template>
      </xsl:when>
      <xsl:otherwise>
        <xsl:variable name="pitch">
          <xsl:choose>
            <xsl:when test="$style = 'squared'"><xsl:value-of select="$square"/></xsl:when>
            <xsl:otherwise><xsl:value-of select="$writing-line"/></xsl:otherwise>
          </xsl:choose>
        </xsl:variable>
        <fo:block-container height="{$count} * {$pitch}" s:lines="{$style}" s:pitch="{$pitch}" role="artifact">
          <xsl:attribute name="color"><xsl:choose><xsl:when test="$style = 'dotted'"><xsl:value-of select="$grey"/></xsl:when><xsl:otherwise><xsl:value-of select="$hair"/></xsl:otherwise></xsl:choose></xsl:attribute>
          <xsl:attribute name="rule-thickness"><xsl:choose><xsl:when test="$style = 'dotted'">0.6pt</xsl:when><xsl:otherwise>0.4pt</xsl:otherwise></xsl:choose></xsl:attribute>
          <xsl:if test="$fill"><xsl:attribute name="s:fill">page</xsl:attribute></xsl:if>
          <fo:block/>
        </fo:block-container>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- Halves, so that many lines are no deep recursion. -->
  <xsl:template name="ruled-lines">
    <xsl:param name="count"/>
    <xsl:choose>
      <xsl:when test="$count > 1">
        <xsl:call-template name="ruled-lines"><xsl:with-param name="count" select="floor($count div 2)"/></xsl:call-template>
        <xsl:call-template name="ruled-lines"><xsl:with-param name="count" select="ceiling($count div 2)"/></xsl:call-template>
      </xsl:when>
      <xsl:otherwise>
        <fo:block-container height="{$writing-line}" border-after-style="solid" border-after-width="0.4pt" border-after-color="{$hair}" role="artifact"><fo:block/></fo:block-container>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- Discussion: each question, then lines to answer on -->
  <xsl:template match="e:discussion" mode="print">
    <xsl:param name="all"/>
    <xsl:param name="in"/>
    <xsl:variable name="self" select="."/>
    <xsl:call-template name="titles"><xsl:with-param name="all" select="$all"/><xsl:with-param name="in" select="$in"/><xsl:with-param name="default" select="'discussion'"/></xsl:call-template>
    <xsl:for-each select="*">
      <xsl:variable name="nr" select="position()"/>
      <xsl:choose>
        <xsl:when test="self::e:ol or self::e:ul">
          <xsl:for-each select="e:li">
            <xsl:variable name="item" select="position()"/>
            <fo:block keep-together.within-page="always">
            <xsl:call-template name="level">
              <xsl:with-param name="in" select="$in"/><xsl:with-param name="keep" select="boolean($self/@lines)"/><xsl:with-param name="space" select="concat($size * 0.6, 'pt')"/>
              <xsl:with-param name="cells">
                <xsl:for-each select="$in">
                  <xsl:variable name="li" select="$all[ancestor::e:v[1]/@xml:lang = current()]/*[$nr]/e:li[$item]"/>
                  <cell xml:lang="{.}"><xsl:if test="$li"><fo:list-block xsl:use-attribute-sets="list"><xsl:apply-templates select="$li"/></fo:list-block></xsl:if></cell>
                </xsl:for-each>
              </xsl:with-param>
            </xsl:call-template>
            <xsl:call-template name="writing-lines"><xsl:with-param name="count" select="number(concat('0', $self/@lines))"/></xsl:call-template>
            </fo:block>
          </xsl:for-each>
        </xsl:when>
        <xsl:otherwise>
          <xsl:call-template name="level">
            <xsl:with-param name="in" select="$in"/>
            <xsl:with-param name="cells">
              <xsl:for-each select="$in"><cell xml:lang="{.}"><xsl:apply-templates select="$all[ancestor::e:v[1]/@xml:lang = current()]/*[$nr]"/></cell></xsl:for-each>
            </xsl:with-param>
          </xsl:call-template>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:for-each>
  </xsl:template>

  <!-- A case: the situation on a ground of its own, then the questions -->
  <xsl:template match="e:case" mode="print">
    <xsl:param name="all"/>
    <xsl:param name="in"/>
    <xsl:variable name="self" select="."/>
    <xsl:call-template name="titles"><xsl:with-param name="all" select="$all"/><xsl:with-param name="in" select="$in"/><xsl:with-param name="default" select="'case'"/></xsl:call-template>
    <xsl:call-template name="level">
      <xsl:with-param name="in" select="$in"/><xsl:with-param name="keep" select="true()"/>
      <xsl:with-param name="cells">
        <xsl:for-each select="$in">
          <cell xml:lang="{.}"><fo:block xsl:use-attribute-sets="situation"><xsl:apply-templates select="$all[ancestor::e:v[1]/@xml:lang = current()]/e:situation/*"/></fo:block></cell>
        </xsl:for-each>
      </xsl:with-param>
    </xsl:call-template>
    <xsl:for-each select="e:question">
      <xsl:variable name="nr" select="position()"/>
      <fo:block keep-together.within-page="always">
        <xsl:call-template name="level">
          <xsl:with-param name="in" select="$in"/><xsl:with-param name="keep" select="boolean($self/@lines)"/><xsl:with-param name="space" select="concat($size * 0.5, 'pt')"/>
          <xsl:with-param name="cells">
            <xsl:for-each select="$in">
              <cell xml:lang="{.}">
                <xsl:for-each select="$all[ancestor::e:v[1]/@xml:lang = current()]/e:question[$nr]">
                  <fo:list-block xsl:use-attribute-sets="list">
                    <fo:list-item>
                      <xsl:call-template name="place"/>
                      <fo:list-item-label end-indent="label-end()"><fo:block xsl:use-attribute-sets="label"><xsl:value-of select="$nr"/>.</fo:block></fo:list-item-label>
                      <fo:list-item-body start-indent="body-start()"><xsl:apply-templates/></fo:list-item-body>
                    </fo:list-item>
                  </fo:list-block>
                </xsl:for-each>
              </cell>
            </xsl:for-each>
          </xsl:with-param>
        </xsl:call-template>
        <xsl:call-template name="writing-lines"><xsl:with-param name="count" select="number(concat('0', $self/@lines))"/></xsl:call-template>
      </fo:block>
    </xsl:for-each>
    <xsl:if test="$facilitator and e:explain">
      <xsl:call-template name="level">
        <xsl:with-param name="in" select="$in"/><xsl:with-param name="space" select="concat($size * 0.5, 'pt')"/>
        <xsl:with-param name="cells">
          <xsl:for-each select="$in">
            <xsl:variable name="lang" select="string(.)"/>
            <cell xml:lang="{.}">
              <fo:block xsl:use-attribute-sets="facilitator-box box-inside" margin-left="0pt" margin-right="0pt">
                <fo:block xsl:use-attribute-sets="facilitator-title"><xsl:call-template name="word"><xsl:with-param name="id" select="'why'"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template></fo:block>
                <xsl:apply-templates select="$all[ancestor::e:v[1]/@xml:lang = $lang]/e:explain/*"/>
              </fo:block>
            </cell>
          </xsl:for-each>
        </xsl:with-param>
      </xsl:call-template>
    </xsl:if>
  </xsl:template>

  <xsl:attribute-set name="situation">
    <xsl:attribute name="background-color"><xsl:value-of select="$tint"/></xsl:attribute>
    <xsl:attribute name="padding">5pt</xsl:attribute>
    <xsl:attribute name="margin-left">0pt</xsl:attribute>
    <xsl:attribute name="margin-right">0pt</xsl:attribute>
  </xsl:attribute-set>

  <!-- For the facilitator alone -->
  <xsl:template match="e:facilitator">
    <xsl:param name="boxed"/>
    <xsl:if test="$facilitator">
      <xsl:variable name="content">
        <fo:block xsl:use-attribute-sets="facilitator-title">
          <xsl:call-template name="place"/>
          <xsl:choose>
            <xsl:when test="@title"><xsl:call-template name="bind"><xsl:with-param name="text" select="@title"/></xsl:call-template></xsl:when>
            <xsl:otherwise><xsl:call-template name="word"><xsl:with-param name="id" select="'facilitator'"/><xsl:with-param name="lang" select="string(ancestor::e:v[1]/@xml:lang)"/></xsl:call-template></xsl:otherwise>
          </xsl:choose>
          <xsl:if test="@minutes">
            <xsl:text> (</xsl:text><xsl:value-of select="@minutes"/><xsl:text>&#160;</xsl:text>
            <xsl:call-template name="word"><xsl:with-param name="id" select="'minutes'"/><xsl:with-param name="lang" select="string(ancestor::e:v[1]/@xml:lang)"/></xsl:call-template>
            <xsl:text>)</xsl:text>
          </xsl:if>
        </fo:block>
        <fo:block space-before="2pt"><xsl:apply-templates/></fo:block>
      </xsl:variable>
      <xsl:choose>
        <xsl:when test="$boxed"><xsl:copy-of select="$content"/></xsl:when>
        <xsl:otherwise><xsl:call-template name="boxed"><xsl:with-param name="box" select="'facilitator'"/><xsl:with-param name="content" select="$content"/></xsl:call-template></xsl:otherwise>
      </xsl:choose>
    </xsl:if>
  </xsl:template>

  <!-- Content that stands before a form, in the languages. -->
  <xsl:template name="lead">
    <xsl:param name="all"/>
    <xsl:param name="in"/>
    <xsl:if test="*[not(self::e:person or self::e:event or self::e:signer)]">
      <xsl:call-template name="level">
        <xsl:with-param name="in" select="$in"/><xsl:with-param name="keep" select="true()"/>
        <xsl:with-param name="cells">
          <xsl:for-each select="$in"><cell xml:lang="{.}"><xsl:apply-templates select="$all[ancestor::e:v[1]/@xml:lang = current()]/*[not(self::e:person or self::e:event or self::e:signer)]"/></cell></xsl:for-each>
        </xsl:with-param>
      </xsl:call-template>
    </xsl:if>
  </xsl:template>

  <!-- Attendance: a row each -->
  <xsl:template match="e:roll" mode="print">
    <xsl:param name="all"/>
    <xsl:param name="in"/>
    <xsl:call-template name="titles"><xsl:with-param name="all" select="$all"/><xsl:with-param name="in" select="$in"/></xsl:call-template>
    <xsl:call-template name="lead"><xsl:with-param name="all" select="$all"/><xsl:with-param name="in" select="$in"/></xsl:call-template>
    <xsl:variable name="people" select="count(e:person)"/>
    <xsl:variable name="asked" select="number(concat('0', @rows)) + 12 * not(@rows or e:person)"/>
    <xsl:variable name="rows" select="$people * ($people > $asked) + $asked * not($people > $asked)"/>
    <fo:table xsl:use-attribute-sets="table">
      <xsl:if test="$rows &lt; 25"><xsl:attribute name="keep-together.within-page">always</xsl:attribute></xsl:if>
      <xsl:call-template name="place"/>
      <fo:table-column column-width="proportional-column-width(6)"/>
      <fo:table-column column-width="proportional-column-width(32)"/>
      <fo:table-column column-width="proportional-column-width(12)"/>
      <fo:table-column column-width="proportional-column-width(16)"/>
      <fo:table-column column-width="proportional-column-width(19)"/>
      <fo:table-column column-width="proportional-column-width(15)"/>
      <fo:table-header>
        <fo:table-row>
          <xsl:call-template name="word-cell"><xsl:with-param name="id" select="'roll-number'"/><xsl:with-param name="in" select="$in"/></xsl:call-template>
          <xsl:call-template name="word-cell"><xsl:with-param name="id" select="'roll-name'"/><xsl:with-param name="in" select="$in"/></xsl:call-template>
          <xsl:call-template name="word-cell"><xsl:with-param name="id" select="'roll-present'"/><xsl:with-param name="in" select="$in"/></xsl:call-template>
          <xsl:call-template name="word-cell"><xsl:with-param name="id" select="'roll-excused'"/><xsl:with-param name="in" select="$in"/></xsl:call-template>
          <xsl:call-template name="word-cell"><xsl:with-param name="id" select="'roll-absent'"/><xsl:with-param name="in" select="$in"/></xsl:call-template>
          <xsl:call-template name="word-cell"><xsl:with-param name="id" select="'roll-remark'"/><xsl:with-param name="in" select="$in"/></xsl:call-template>
        </fo:table-row>
      </fo:table-header>
      <fo:table-body><xsl:call-template name="roll-rows"><xsl:with-param name="last" select="$rows"/></xsl:call-template></fo:table-body>
    </fo:table>
  </xsl:template>

  <!-- Halves, so that many rows are no deep recursion. -->
  <xsl:template name="roll-rows">
    <xsl:param name="nr" select="1"/>
    <xsl:param name="last"/>
    <xsl:choose>
      <xsl:when test="$nr &lt; $last">
        <xsl:variable name="middle" select="floor(($nr + $last) div 2)"/>
        <xsl:call-template name="roll-rows"><xsl:with-param name="nr" select="$nr"/><xsl:with-param name="last" select="$middle"/></xsl:call-template>
        <xsl:call-template name="roll-rows"><xsl:with-param name="nr" select="$middle + 1"/><xsl:with-param name="last" select="$last"/></xsl:call-template>
      </xsl:when>
      <xsl:otherwise>
        <fo:table-row keep-together.within-page="always">
          <fo:table-cell xsl:use-attribute-sets="cell"><fo:block line-height="6.2mm"><xsl:value-of select="$nr"/></fo:block></fo:table-cell>
          <fo:table-cell xsl:use-attribute-sets="cell"><fo:block><xsl:if test="e:person[$nr]"><xsl:attribute name="line-height">6.2mm</xsl:attribute></xsl:if><xsl:apply-templates select="e:person[$nr]/node()"/></fo:block></fo:table-cell>
          <fo:table-cell xsl:use-attribute-sets="cell"><fo:block/></fo:table-cell>
          <fo:table-cell xsl:use-attribute-sets="cell"><fo:block/></fo:table-cell>
          <fo:table-cell xsl:use-attribute-sets="cell"><fo:block/></fo:table-cell>
          <fo:table-cell xsl:use-attribute-sets="cell"><fo:block/></fo:table-cell>
        </fo:table-row>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- A header cell with a word of the styles' own in each language. -->
  <xsl:template name="word-cell">
    <xsl:param name="id"/>
    <xsl:param name="in"/>
    <fo:table-cell xsl:use-attribute-sets="header-cell">
      <xsl:for-each select="$in">
        <xsl:variable name="word"><xsl:call-template name="word"><xsl:with-param name="id" select="$id"/><xsl:with-param name="lang" select="string(.)"/></xsl:call-template></xsl:variable>
        <xsl:choose>
          <xsl:when test="position() = 1"><fo:block xml:lang="{.}"><xsl:value-of select="$word"/></fo:block></xsl:when>
          <xsl:otherwise><fo:block xml:lang="{.}" xsl:use-attribute-sets="second"><xsl:value-of select="$word"/></fo:block></xsl:otherwise>
        </xsl:choose>
      </xsl:for-each>
    </fo:table-cell>
  </xsl:template>

  <!-- Space to write in: so many lines, or what is left of the page -->
  <xsl:template match="e:notes" mode="print">
    <xsl:param name="all"/>
    <xsl:param name="in"/>
    <xsl:call-template name="titles"><xsl:with-param name="all" select="$all"/><xsl:with-param name="in" select="$in"/></xsl:call-template>
    <xsl:call-template name="lead"><xsl:with-param name="all" select="$all"/><xsl:with-param name="in" select="$in"/></xsl:call-template>
    <xsl:call-template name="writing-lines">
      <xsl:with-param name="count" select="number(concat('0', @lines)) + $least-lines * not(@lines)"/>
      <xsl:with-param name="style"><xsl:value-of select="@style"/><xsl:if test="not(@style)">ruled</xsl:if></xsl:with-param>
      <xsl:with-param name="fill" select="not(@lines)"/>
    </xsl:call-template>
  </xsl:template>

  <!-- A timeline: the time, a line with a dot, what happened.  Languages side by side have a line each. -->
  <xsl:template match="e:timeline" mode="print">
    <xsl:param name="all"/>
    <xsl:param name="in"/>
    <xsl:call-template name="titles"><xsl:with-param name="all" select="$all"/><xsl:with-param name="in" select="$in"/></xsl:call-template>
    <xsl:call-template name="lead"><xsl:with-param name="all" select="$all"/><xsl:with-param name="in" select="$in"/></xsl:call-template>
    <xsl:variable name="sides" select="$in[position() = 1 or $mode = 'columns']"/>
    <fo:table table-layout="fixed" width="100%">
      <xsl:call-template name="place"/>
      <xsl:for-each select="$sides">
        <fo:table-column column-width="{$size * 6.2}pt"/>
        <fo:table-column column-width="proportional-column-width(1)"/>
      </xsl:for-each>
      <fo:table-body>
        <xsl:for-each select="e:event">
          <xsl:variable name="nr" select="position()"/>
          <fo:table-row keep-together.within-page="always">
            <xsl:call-template name="place"/>
            <xsl:for-each select="$sides">
              <xsl:variable name="lang" select="string(.)"/>
              <xsl:variable name="here" select="$in[. = $lang or count($sides) = 1]"/>
              <fo:table-cell padding-end="9pt" padding-after="{$size * 0.5}pt" start-indent="0pt" end-indent="0pt" xml:lang="{$lang}">
                <xsl:if test="position() > 1"><xsl:attribute name="padding-start"><xsl:value-of select="$half-gutter"/></xsl:attribute></xsl:if>
                <xsl:for-each select="$here">
                  <fo:block xml:lang="{.}" font-family="{$sans}" font-size="{$size * 0.9}pt" font-weight="bold" color="{$green}" text-align="end" hyphenate="false">
                    <xsl:if test="position() > 1"><xsl:attribute name="color"><xsl:value-of select="$grey"/></xsl:attribute><xsl:attribute name="font-weight">normal</xsl:attribute></xsl:if>
                    <xsl:apply-templates select="$all[ancestor::e:v[1]/@xml:lang = current()]/e:event[$nr]/e:when/node()"/>
                  </fo:block>
                </xsl:for-each>
              </fo:table-cell>
              <fo:table-cell border-start-style="solid" border-start-width="1.2pt" border-start-color="{$green}" padding-start="9pt" padding-after="{$size * 0.5}pt" start-indent="0pt" end-indent="0pt" xml:lang="{$lang}">
                <xsl:if test="position() != last()"><xsl:attribute name="padding-end"><xsl:value-of select="$half-gutter"/></xsl:attribute></xsl:if>
                <fo:block-container absolute-position="absolute" left="-13.1pt" top="{$size * 0.35}pt" width="7pt" height="16pt" role="artifact">
                  <fo:block line-height="7pt" font-size="4pt"><fo:instream-foreign-object role="artifact"><svg:svg width="7" height="7" viewBox="0 0 7 7"><svg:circle cx="3.5" cy="3.5" r="2.9" fill="#ffffff" stroke="{$green}" stroke-width="1.2"/></svg:svg></fo:instream-foreign-object></fo:block>
                </fo:block-container>
                <xsl:for-each select="$here">
                  <fo:block xml:lang="{.}">
                    <xsl:if test="position() > 1"><xsl:attribute name="color"><xsl:value-of select="$grey"/></xsl:attribute></xsl:if>
                    <xsl:apply-templates select="$all[ancestor::e:v[1]/@xml:lang = current()]/e:event[$nr]/e:what/*"/>
                  </fo:block>
                </xsl:for-each>
              </fo:table-cell>
            </xsl:for-each>
          </fo:table-row>
        </xsl:for-each>
      </fo:table-body>
    </fo:table>
  </xsl:template>

  <!-- Signatures beside one another; an empty name leaves room to write it. -->
  <xsl:template match="e:signature" mode="print">
    <xsl:param name="all"/>
    <xsl:param name="in"/>
    <xsl:variable name="self" select="."/>
    <xsl:call-template name="titles"><xsl:with-param name="all" select="$all"/><xsl:with-param name="in" select="$in"/></xsl:call-template>
    <xsl:call-template name="lead"><xsl:with-param name="all" select="$all"/><xsl:with-param name="in" select="$in"/></xsl:call-template>
    <xsl:if test="@place">
      <xsl:for-each select="$in">
        <fo:block xml:lang="{.}" font-style="italic" text-align="end" keep-with-next.within-page="always" s:component="place-date">
          <xsl:if test="position() > 1"><xsl:attribute name="color"><xsl:value-of select="$grey"/></xsl:attribute></xsl:if>
          <xsl:value-of select="$all[ancestor::e:v[1]/@xml:lang = current()]/@place"/><xsl:text>, </xsl:text>
          <xsl:call-template name="word"><xsl:with-param name="id" select="'date-to-write'"/><xsl:with-param name="lang" select="string(.)"/></xsl:call-template>
        </fo:block>
      </xsl:for-each>
    </xsl:if>
    <fo:table table-layout="fixed" width="100%" space-before="3pt" keep-together.within-page="always" role="NonStruct">
      <xsl:call-template name="place"/>
      <xsl:for-each select="e:signer"><fo:table-column column-width="proportional-column-width(1)"/></xsl:for-each>
      <fo:table-body role="NonStruct">
        <fo:table-row role="NonStruct" keep-with-next.within-page="always">
          <xsl:for-each select="e:signer">
            <xsl:variable name="nr" select="position()"/>
            <fo:table-cell role="Div" text-align="center" start-indent="0pt" end-indent="0pt" padding-start="4pt" padding-end="4pt" padding-after="{$signature-room}">
              <xsl:for-each select="$in">
                <fo:block xml:lang="{.}" hyphenate="false" s:component="post">
                  <xsl:choose>
                    <xsl:when test="position() = 1"><xsl:attribute name="font-weight">bold</xsl:attribute></xsl:when>
                    <xsl:otherwise><xsl:attribute name="color"><xsl:value-of select="$grey"/></xsl:attribute></xsl:otherwise>
                  </xsl:choose>
                  <xsl:apply-templates select="$all[ancestor::e:v[1]/@xml:lang = current()]/e:signer[$nr]/e:post/node()"/>
                </fo:block>
              </xsl:for-each>
            </fo:table-cell>
          </xsl:for-each>
        </fo:table-row>
        <fo:table-row role="NonStruct">
          <xsl:for-each select="e:signer">
            <fo:table-cell role="Div" text-align="center" start-indent="0pt" end-indent="0pt" padding-start="4pt" padding-end="4pt">
              <fo:block font-weight="bold" hyphenate="false" s:component="name">
                <xsl:apply-templates select="e:name/node()"/>
                <xsl:if test="not(e:name/node())">
                  <xsl:attribute name="font-weight">normal</xsl:attribute><xsl:attribute name="font-style">italic</xsl:attribute><xsl:attribute name="font-size"><xsl:value-of select="$size * 0.85"/>pt</xsl:attribute>
                  <xsl:for-each select="$in">
                    <xsl:if test="position() > 1"> · </xsl:if>
                    <fo:inline xml:lang="{.}"><xsl:call-template name="word"><xsl:with-param name="id" select="'sign-here'"/><xsl:with-param name="lang" select="string(.)"/></xsl:call-template></fo:inline>
                  </xsl:for-each>
                </xsl:if>
              </fo:block>
            </fo:table-cell>
          </xsl:for-each>
        </fo:table-row>
      </fo:table-body>
    </fo:table>
  </xsl:template>
  <!-- Room for the hand and the seal. -->
  <xsl:variable name="signature-room">20mm</xsl:variable>

  <!-- A QR code: drawn by the program's extension function, else its text alone -->
  <xsl:template match="e:qr">
    <fo:block keep-together.within-page="always">
      <xsl:call-template name="before-block"/>
      <xsl:call-template name="own-id"/>
      <xsl:call-template name="place"/>
      <xsl:if test="@title"><fo:block xsl:use-attribute-sets="box-title"><xsl:value-of select="@title"/></fo:block></xsl:if>
      <xsl:if test="function-available('qr:path')">
        <xsl:variable name="size"><xsl:value-of select="@size"/><xsl:if test="not(@size)">25mm</xsl:if></xsl:variable>
        <xsl:variable name="modules" select="qr:modules(string(@text)) + 8"/>
        <fo:block line-height="1">
          <fo:instream-foreign-object fox:alt-text="{@text}" content-width="{$size}" content-height="{$size}">
            <svg:svg width="{$modules}" height="{$modules}" viewBox="-4 -4 {$modules} {$modules}">
              <svg:rect x="-4" y="-4" width="{$modules}" height="{$modules}" fill="#ffffff"/>
              <svg:path d="{qr:path(string(@text))}" fill="#000000"/>
            </svg:svg>
          </fo:instream-foreign-object>
        </fo:block>
      </xsl:if>
      <fo:block font-family="Liberation Mono" font-size="{$size * 0.8}pt">
        <fo:basic-link external-destination="url('{@text}')" xsl:use-attribute-sets="link"><xsl:value-of select="@text"/></fo:basic-link>
      </fo:block>
      <xsl:apply-templates/>
    </fo:block>
  </xsl:template>

  <xsl:template match="e:chart">
    <fo:block>
      <xsl:call-template name="before-block"/>
      <xsl:call-template name="own-id"/>
      <xsl:call-template name="place"/>
      <xsl:if test="@title"><fo:block xsl:use-attribute-sets="caption"><xsl:call-template name="bind"><xsl:with-param name="text" select="@title"/></xsl:call-template></fo:block></xsl:if>
      <xsl:call-template name="chart"><xsl:with-param name="lang" select="string(ancestor::e:v[1]/@xml:lang)"/></xsl:call-template>
    </fo:block>
  </xsl:template>
</xsl:stylesheet>
