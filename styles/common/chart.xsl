<?xml version="1.0" encoding="UTF-8"?>
<!-- Charts as SVG: bars (one for each series, perhaps negative), stacked, progress (a track up to the whole), lines, share.

     A chart is first written down as rows (label elements in one or more languages, value elements with number and
     perhaps to), then drawn at its real size in points, so that its letters are as large as the text's.  Long ones are
     cut into several pictures between rows.  Series are told apart by pattern, not by colour alone: one ink will do.
     What a picture shows is said in its alternative text, and in a table where the author asks for one. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:fo="http://www.w3.org/1999/XSL/Format"
    xmlns:fox="http://xmlgraphics.apache.org/fop/extensions"
    xmlns:svg="http://www.w3.org/2000/svg"
    xmlns:e="urn:sotay:edition"
    xmlns:src="urn:sotay:source"
    xmlns:exsl="http://exslt.org/common"
    xmlns:math="http://exslt.org/math"
    xmlns:str="http://exslt.org/strings"
    exclude-result-prefixes="e src exsl math str">

  <!-- The measures in points: of one language's column, and of the page; the height of a picture, and of those that a
       higher one is cut into. -->
  <xsl:variable name="column-measure" select="220"/>
  <xsl:variable name="page-measure" select="460"/>
  <xsl:variable name="chart-height" select="420"/>
  <xsl:variable name="chart-piece" select="220"/>

  <xsl:variable name="chart-size" select="$size * 0.8"/>
  <xsl:variable name="chart-char" select="$chart-size * 0.51"/>
  <xsl:variable name="chart-line" select="$chart-size * 1.35"/>
  <xsl:variable name="bar" select="$size * 0.85"/>
  <xsl:variable name="bar-step" select="$bar + 2.5"/>
  <xsl:variable name="row-gap" select="$size * 0.7"/>

  <!-- What fills the series: a colour and a pattern in it; `ink` draws lines. -->
  <xsl:variable name="chart-fills">
    <fill ink="#1d5b47" ground="#1d5b47" dash="none"/>
    <fill ink="#8a6212" ground="#f6e8c6" d="M-1 5 L5 -1 M-1 9 L9 -1 M3 9 L9 3" dash="5 2"/>
    <fill ink="#2f6c88" ground="#ffffff" d="M2 1 A1 1 0 1 1 2 3 A1 1 0 1 1 2 1 Z M6 5 A1 1 0 1 1 6 7 A1 1 0 1 1 6 5 Z" dots="yes" dash="1.2 2"/>
    <fill ink="#a5271d" ground="#ffffff" d="M0 2 L8 2 M0 6 L8 6" dash="7 2 1.2 2"/>
    <fill ink="#5d6a64" ground="#d3ddd8" dash="9 3"/>
    <fill ink="#5b4a7a" ground="#ffffff" d="M0 0 L8 8 M8 0 L0 8" dash="3 3"/>
  </xsl:variable>
  <xsl:variable name="fills" select="exsl:node-set($chart-fills)/fill"/>

  <!-- Numbers as a language writes them. -->
  <xsl:decimal-format name="comma" decimal-separator="," grouping-separator="."/>
  <xsl:template name="number">
    <xsl:param name="value"/>
    <xsl:param name="lang"/>
    <xsl:choose>
      <xsl:when test="$lang = 'vi' or $lang = 'lo'"><xsl:value-of select="translate(format-number($value, '#.##0,######', 'comma'), '-', '−')"/></xsl:when>
      <xsl:otherwise><xsl:value-of select="translate(format-number($value, '#,##0.######'), '-', '−')"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="with-unit">
    <xsl:param name="text"/>
    <xsl:param name="unit"/>
    <xsl:value-of select="$text"/>
    <xsl:if test="$unit != ''"><xsl:if test="$unit != '%'"><xsl:text>&#160;</xsl:text></xsl:if><xsl:value-of select="$unit"/></xsl:if>
  </xsl:template>

  <xsl:template name="chart">
    <xsl:param name="lang"/>
    <xsl:variable name="rows">
      <xsl:for-each select="e:row">
        <row>
          <label xml:lang="{$lang}"><xsl:value-of select="@label"/></label>
          <xsl:for-each select="e:value"><value number="{@number}" to="{@to}"><xsl:value-of select="."/></value></xsl:for-each>
        </row>
      </xsl:for-each>
    </xsl:variable>
    <xsl:call-template name="draw-chart">
      <xsl:with-param name="rows" select="exsl:node-set($rows)/row"/>
      <xsl:with-param name="series" select="e:series"/>
      <xsl:with-param name="type" select="@type"/>
      <xsl:with-param name="unit" select="string(@unit)"/>
      <xsl:with-param name="max" select="string(@max)"/>
      <xsl:with-param name="title" select="string(@title)"/>
      <xsl:with-param name="lang" select="$lang"/>
      <xsl:with-param name="width" select="$column-measure * ($mode = 'columns') + $page-measure * ($mode != 'columns')"/>
    </xsl:call-template>
    <xsl:if test="@table = 'yes'"><xsl:call-template name="chart-table"><xsl:with-param name="lang" select="$lang"/></xsl:call-template></xsl:if>
  </xsl:template>

  <!-- The data themselves. -->
  <xsl:template name="chart-table">
    <xsl:param name="lang"/>
    <xsl:variable name="unit" select="string(@unit)"/>
    <fo:block space-before="4pt">
      <fo:table xsl:use-attribute-sets="table">
        <fo:table-column column-width="proportional-column-width(2)"/>
        <xsl:for-each select="e:series"><fo:table-column column-width="proportional-column-width(1)"/></xsl:for-each>
        <fo:table-header>
          <fo:table-row>
            <fo:table-cell xsl:use-attribute-sets="header-cell"><fo:block><xsl:call-template name="word"><xsl:with-param name="id" select="'contents-of'"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template></fo:block></fo:table-cell>
            <xsl:for-each select="e:series">
              <fo:table-cell xsl:use-attribute-sets="header-cell" text-align="end">
                <fo:block>
                  <xsl:value-of select="@name"/>
                  <xsl:if test="not(@name)"><xsl:call-template name="word"><xsl:with-param name="id" select="'value'"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template></xsl:if>
                  <xsl:if test="$unit != ''"><xsl:value-of select="concat(' (', $unit, ')')"/></xsl:if>
                </fo:block>
              </fo:table-cell>
            </xsl:for-each>
          </fo:table-row>
        </fo:table-header>
        <fo:table-body>
          <xsl:for-each select="e:row">
            <fo:table-row keep-together.within-page="always">
              <xsl:call-template name="place"/>
              <fo:table-cell xsl:use-attribute-sets="cell"><fo:block><xsl:value-of select="@label"/></fo:block></fo:table-cell>
              <xsl:for-each select="e:value"><fo:table-cell xsl:use-attribute-sets="cell" text-align="end"><fo:block><xsl:value-of select="."/></fo:block></fo:table-cell></xsl:for-each>
            </fo:table-row>
          </xsl:for-each>
        </fo:table-body>
      </fo:table>
    </fo:block>
  </xsl:template>

  <xsl:template name="draw-chart">
    <xsl:param name="rows"/>
    <xsl:param name="series" select="/.."/>
    <xsl:param name="type" select="'progress'"/>
    <xsl:param name="unit"/>
    <xsl:param name="max"/>
    <xsl:param name="title"/>
    <xsl:param name="lang" select="$lang1"/>
    <xsl:param name="width"/>
    <!-- rows with their labels cut into lines, and for `stacked` and `share` where each value begins -->
    <xsl:variable name="laid-out">
      <xsl:for-each select="$rows">
        <row total="{sum(value/@number[. != ''])}">
          <xsl:for-each select="label">
            <xsl:call-template name="cut-label">
              <xsl:with-param name="words" select="str:tokenize(., ' ')"/><xsl:with-param name="per-line" select="floor($width div $chart-char)"/>
              <xsl:with-param name="second" select="position() > 1"/><xsl:with-param name="lang" select="string(@xml:lang)"/>
            </xsl:call-template>
          </xsl:for-each>
          <xsl:copy-of select="label | value"/>
        </row>
      </xsl:for-each>
    </xsl:variable>
    <xsl:variable name="boxes" select="exsl:node-set($laid-out)/row"/>
    <!-- the axis, in whole steps of 1, 2 or 5 times a power of ten; it holds 0 -->
    <xsl:variable name="numbers" select="$boxes[$type = 'stacked']/@total | $boxes[$type != 'stacked']/value/@number[. != ''] | $boxes[$type != 'stacked']/value/@to[. != '']"/>
    <xsl:variable name="most"><xsl:call-template name="extreme"><xsl:with-param name="numbers" select="$numbers"/><xsl:with-param name="order" select="'descending'"/></xsl:call-template></xsl:variable>
    <xsl:variable name="least"><xsl:call-template name="extreme"><xsl:with-param name="numbers" select="$numbers"/><xsl:with-param name="order" select="'ascending'"/></xsl:call-template></xsl:variable>
    <xsl:variable name="high" select="$most * not($max > $most) + number(concat('0', $max)) * ($max > $most)"/>
    <xsl:variable name="step"><xsl:call-template name="round-step"><xsl:with-param name="span" select="$high - $least"/><xsl:with-param name="ticks" select="3 + 2 * ($width > 300)"/></xsl:call-template></xsl:variable>
    <xsl:variable name="axis">
      <axis low="{floor($least div $step) * $step}" step="{$step}">
        <xsl:attribute name="high"><xsl:choose><xsl:when test="$type = 'progress' and $max = $high"><xsl:value-of select="$high"/></xsl:when><xsl:otherwise><xsl:value-of select="ceiling($high div $step) * $step"/></xsl:otherwise></xsl:choose></xsl:attribute>
      </axis>
    </xsl:variable>
    <xsl:variable name="lines-most"><xsl:for-each select="$boxes"><xsl:sort select="count(line)" data-type="number" order="descending"/><xsl:if test="position() = 1"><xsl:value-of select="count(line)"/></xsl:if></xsl:for-each></xsl:variable>
    <xsl:variable name="bars" select="($type = 'stacked') + count($boxes[1]/value) * ($type != 'stacked')"/>
    <xsl:variable name="row-height" select="$lines-most * $chart-line + $bars * $bar-step + $row-gap"/>
    <xsl:variable name="whole" select="$row-height * count($boxes) &lt; $chart-height"/>
    <xsl:variable name="wished" select="floor(($whole * $chart-height + not($whole) * $chart-piece) div $row-height)"/>
    <xsl:variable name="per-picture" select="($type = 'lines' or $type = 'share') * count($boxes) + not($type = 'lines' or $type = 'share') * ($wished * ($wished > 1) + not($wished > 1))"/>
    <xsl:for-each select="$boxes[(position() - 1) mod $per-picture = 0]">
      <xsl:variable name="first" select="(position() - 1) * $per-picture + 1"/>
      <xsl:variable name="shown" select="$boxes[position() >= $first and position() &lt; $first + $per-picture]"/>
      <xsl:variable name="content">
        <xsl:choose>
          <xsl:when test="$type = 'lines'">
            <xsl:call-template name="draw-lines"><xsl:with-param name="rows" select="$shown"/><xsl:with-param name="axis" select="exsl:node-set($axis)/axis"/><xsl:with-param name="width" select="$width"/><xsl:with-param name="lang" select="$lang"/><xsl:with-param name="unit" select="$unit"/></xsl:call-template>
          </xsl:when>
          <xsl:when test="$type = 'share'">
            <xsl:call-template name="draw-share"><xsl:with-param name="rows" select="$shown"/><xsl:with-param name="width" select="$width"/><xsl:with-param name="lang" select="$lang"/><xsl:with-param name="unit" select="$unit"/></xsl:call-template>
          </xsl:when>
          <xsl:otherwise>
            <xsl:call-template name="draw-bars"><xsl:with-param name="rows" select="$shown"/><xsl:with-param name="type" select="$type"/><xsl:with-param name="axis" select="exsl:node-set($axis)/axis"/><xsl:with-param name="width" select="$width"/><xsl:with-param name="lang" select="$lang"/><xsl:with-param name="unit" select="$unit"/></xsl:call-template>
          </xsl:otherwise>
        </xsl:choose>
      </xsl:variable>
      <xsl:call-template name="chart-picture">
        <xsl:with-param name="content" select="$content"/><xsl:with-param name="rows" select="$shown"/><xsl:with-param name="series" select="$series"/>
        <xsl:with-param name="type" select="$type"/><xsl:with-param name="unit" select="$unit"/><xsl:with-param name="title" select="$title"/><xsl:with-param name="width" select="$width"/>
      </xsl:call-template>
    </xsl:for-each>
  </xsl:template>

  <!-- The greatest or least of numbers and 0. -->
  <xsl:template name="extreme">
    <xsl:param name="numbers"/>
    <xsl:param name="order"/>
    <xsl:variable name="found"><xsl:for-each select="$numbers"><xsl:sort select="." data-type="number" order="{$order}"/><xsl:if test="position() = 1"><xsl:value-of select="."/></xsl:if></xsl:for-each></xsl:variable>
    <xsl:choose>
      <xsl:when test="$found != '' and (($order = 'descending' and $found > 0) or ($order = 'ascending' and $found &lt; 0))"><xsl:value-of select="$found"/></xsl:when>
      <xsl:otherwise>0</xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="round-step">
    <xsl:param name="span"/>
    <xsl:param name="ticks"/>
    <xsl:choose>
      <xsl:when test="not($span > 0)">1</xsl:when>
      <xsl:otherwise>
        <xsl:variable name="raw" select="$span div $ticks"/>
        <xsl:variable name="power" select="math:power(10, floor(math:log($raw) div math:log(10) + 0.000001))"/>
        <xsl:variable name="lead" select="$raw div $power"/>
        <xsl:value-of select="$power * (1 + ($lead > 1.00001) + 3 * ($lead > 2.00001) + 5 * ($lead > 5.00001))"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- A picture: patterns, legend, what was drawn (its height is the attribute of `drawn`), and what it says. -->
  <xsl:template name="chart-picture">
    <xsl:param name="content"/>
    <xsl:param name="rows"/>
    <xsl:param name="series"/>
    <xsl:param name="type"/>
    <xsl:param name="unit"/>
    <xsl:param name="title"/>
    <xsl:param name="width"/>
    <xsl:variable name="drawn" select="exsl:node-set($content)/drawn"/>
    <xsl:variable name="names" select="$series[$series[2]]/@name"/>
    <!-- names stand beside one another where they fit, else one under another -->
    <xsl:variable name="slot" select="$width div count($series | $series[not(.)] | $rows[not($series)][1])"/>
    <xsl:variable name="beside" select="not($names[(string-length() * $chart-char + $chart-size + 12) > $slot])"/>
    <xsl:variable name="legend" select="boolean($names) * (($chart-line + 2) * ($beside + not($beside) * count($names)) + 4)"/>
    <xsl:variable name="height" select="$legend + $drawn/@height"/>
    <xsl:variable name="alt">
      <xsl:if test="$title != ''"><xsl:value-of select="$title"/>: </xsl:if>
      <xsl:for-each select="$rows">
        <xsl:if test="position() > 1">; </xsl:if>
        <xsl:value-of select="label[1]"/>
        <xsl:for-each select="value[@number != '']">
          <xsl:variable name="nr" select="count(preceding-sibling::value) + 1"/>
          <xsl:if test="$names"><xsl:if test="position() > 1">,</xsl:if><xsl:value-of select="concat(' ', $names[$nr])"/></xsl:if>
          <xsl:value-of select="concat(' ', .)"/><xsl:if test="$unit != ''"><xsl:value-of select="concat(' ', $unit)"/></xsl:if>
        </xsl:for-each>
      </xsl:for-each>
    </xsl:variable>
    <fo:block line-height="1" space-before="2pt">
      <fo:instream-foreign-object fox:alt-text="{$alt}" content-width="scale-down-to-fit" inline-progression-dimension.maximum="100%" scaling="uniform">
        <svg:svg width="{format-number($width, '0.##')}" height="{format-number($height, '0.##')}" viewBox="0 0 {format-number($width, '0.##')} {format-number($height, '0.##')}" font-family="{$sans}" font-size="{format-number($chart-size, '0.##')}">
          <xsl:if test="$names or $type = 'share'">
            <svg:defs>
              <xsl:for-each select="$fills[@d]">
                <svg:pattern id="p{count(preceding-sibling::fill) + 1}" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="scale(0.6)">
                  <svg:rect width="8" height="8" fill="{@ground}"/>
                  <xsl:choose>
                    <xsl:when test="@dots"><svg:path d="{@d}" fill="{@ink}"/></xsl:when>
                    <xsl:otherwise><svg:path d="{@d}" fill="none" stroke="{@ink}" stroke-width="1.3"/></xsl:otherwise>
                  </xsl:choose>
                </svg:pattern>
              </xsl:for-each>
            </svg:defs>
          </xsl:if>
          <xsl:for-each select="$names">
            <xsl:variable name="x" select="$beside * (position() - 1) * $slot"/>
            <xsl:variable name="y" select="not($beside) * (position() - 1) * ($chart-line + 2) + 1"/>
            <xsl:choose>
              <xsl:when test="$type = 'lines'">
                <xsl:call-template name="chart-stroke"><xsl:with-param name="nr" select="position()"/><xsl:with-param name="d" select="concat('M', format-number($x, '0.##'), ' ', format-number($y + $chart-size * 0.5, '0.##'), ' l', format-number($chart-size * 1.8, '0.##'), ' 0')"/></xsl:call-template>
                <xsl:call-template name="chart-mark"><xsl:with-param name="nr" select="position()"/><xsl:with-param name="x" select="$x + $chart-size * 0.9"/><xsl:with-param name="y" select="$y + $chart-size * 0.5"/></xsl:call-template>
              </xsl:when>
              <xsl:otherwise>
                <xsl:call-template name="chart-rect"><xsl:with-param name="nr" select="position()"/><xsl:with-param name="x" select="$x + 0.5"/><xsl:with-param name="y" select="$y"/><xsl:with-param name="width" select="$chart-size"/><xsl:with-param name="height" select="$chart-size"/></xsl:call-template>
              </xsl:otherwise>
            </xsl:choose>
            <svg:text x="{format-number($x + $chart-size * (1 + 0.8 * ($type = 'lines')) + 4, '0.##')}" y="{format-number($y + $chart-size * 0.86, '0.##')}" fill="{$ink}"><xsl:value-of select="."/></svg:text>
          </xsl:for-each>
          <svg:g>
            <xsl:if test="$legend > 0"><xsl:attribute name="transform">translate(0 <xsl:value-of select="format-number($legend, '0.##')"/>)</xsl:attribute></xsl:if>
            <xsl:copy-of select="$drawn/node()"/>
          </svg:g>
        </svg:svg>
      </fo:instream-foreign-object>
    </fo:block>
  </xsl:template>

  <!-- A field of series nr. -->
  <xsl:template name="chart-rect">
    <xsl:param name="nr"/>
    <xsl:param name="x"/>
    <xsl:param name="y"/>
    <xsl:param name="width"/>
    <xsl:param name="height" select="$bar"/>
    <xsl:variable name="fill" select="$fills[($nr - 1) mod 6 + 1]"/>
    <svg:rect x="{format-number($x, '0.##')}" y="{format-number($y, '0.##')}" width="{format-number($width, '0.##')}" height="{format-number($height, '0.##')}">
      <xsl:attribute name="fill">
        <xsl:choose>
          <xsl:when test="$fill/@d">url(#p<xsl:value-of select="($nr - 1) mod 6 + 1"/>)</xsl:when>
          <xsl:otherwise><xsl:value-of select="$fill/@ground"/></xsl:otherwise>
        </xsl:choose>
      </xsl:attribute>
      <xsl:if test="$nr > 1"><xsl:attribute name="stroke"><xsl:value-of select="$fill/@ink"/></xsl:attribute><xsl:attribute name="stroke-width">0.5</xsl:attribute></xsl:if>
    </svg:rect>
  </xsl:template>

  <xsl:template name="chart-stroke">
    <xsl:param name="nr"/>
    <xsl:param name="d"/>
    <xsl:variable name="fill" select="$fills[($nr - 1) mod 6 + 1]"/>
    <svg:path d="{$d}" fill="none" stroke="{$fill/@ink}" stroke-width="1.4" stroke-linejoin="round">
      <xsl:if test="$fill/@dash != 'none'"><xsl:attribute name="stroke-dasharray"><xsl:value-of select="$fill/@dash"/></xsl:attribute></xsl:if>
    </svg:path>
  </xsl:template>

  <!-- Marks of series differ in shape: disc, square, triangle, and hollow ones. -->
  <xsl:template name="chart-mark">
    <xsl:param name="nr"/>
    <xsl:param name="x"/>
    <xsl:param name="y"/>
    <xsl:variable name="fill" select="$fills[($nr - 1) mod 6 + 1]"/>
    <svg:path stroke="{$fill/@ink}" stroke-width="1">
      <xsl:attribute name="fill"><xsl:choose><xsl:when test="$nr > 3">#ffffff</xsl:when><xsl:otherwise><xsl:value-of select="$fill/@ink"/></xsl:otherwise></xsl:choose></xsl:attribute>
      <xsl:attribute name="d">
        <xsl:value-of select="concat('M', format-number($x, '0.##'), ' ', format-number($y, '0.##'))"/>
        <xsl:choose>
          <xsl:when test="($nr - 1) mod 3 = 0"> m-2.2 0 a2.2 2.2 0 1 1 4.4 0 a2.2 2.2 0 1 1 -4.4 0 z</xsl:when>
          <xsl:when test="($nr - 1) mod 3 = 1"> m-2 -2 h4 v4 h-4 z</xsl:when>
          <xsl:otherwise> m0 -2.6 l2.6 4.4 h-5.2 z</xsl:otherwise>
        </xsl:choose>
      </xsl:attribute>
    </svg:path>
  </xsl:template>

  <!-- Lines of text from a place down. -->
  <xsl:template name="chart-lines">
    <xsl:param name="lines"/>
    <xsl:param name="x" select="0"/>
    <xsl:param name="y"/>
    <xsl:param name="anchor" select="'start'"/>
    <xsl:for-each select="$lines">
      <svg:text x="{format-number($x, '0.##')}" y="{format-number($y + (position() - 1) * $chart-line + $chart-size, '0.##')}" xml:lang="{@xml:lang}">
        <xsl:if test="$anchor != 'start'"><xsl:attribute name="text-anchor"><xsl:value-of select="$anchor"/></xsl:attribute></xsl:if>
        <xsl:attribute name="fill"><xsl:choose><xsl:when test="@second = 'true'"><xsl:value-of select="$grey"/></xsl:when><xsl:otherwise><xsl:value-of select="$ink"/></xsl:otherwise></xsl:choose></xsl:attribute>
        <xsl:value-of select="."/>
      </svg:text>
    </xsl:for-each>
  </xsl:template>

  <!-- The numbers of an axis from `at` on: a short mark and the number below it, or a rule across and the number beside. -->
  <xsl:template name="chart-ticks">
    <xsl:param name="axis"/>
    <xsl:param name="nr" select="0"/>
    <xsl:param name="x"/>
    <xsl:param name="y"/>
    <xsl:param name="scale"/>
    <xsl:param name="across" select="0"/>
    <xsl:param name="lang"/>
    <xsl:variable name="value" select="$axis/@low + $nr * $axis/@step"/>
    <xsl:if test="$value &lt;= $axis/@high + $axis/@step * 0.001">
      <xsl:variable name="along" select="($value - $axis/@low) * $scale"/>
      <xsl:variable name="text"><xsl:call-template name="number"><xsl:with-param name="value" select="round($value div $axis/@step) * $axis/@step"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template></xsl:variable>
      <xsl:choose>
        <xsl:when test="$across > 0">
          <svg:path d="M{format-number($x, '0.##')} {format-number($y - $along, '0.##')} h{format-number($across, '0.##')}" stroke="{$hair}" stroke-width="0.4" fill="none"/>
          <svg:text x="{format-number($x - 4, '0.##')}" y="{format-number($y - $along + $chart-size * 0.32, '0.##')}" text-anchor="end" fill="{$grey}" font-size="{format-number($chart-size * 0.9, '0.##')}"><xsl:value-of select="$text"/></svg:text>
        </xsl:when>
        <xsl:otherwise>
          <svg:path d="M{format-number($x + $along, '0.##')} {format-number($y, '0.##')} v3" stroke="{$grey}" stroke-width="0.5" fill="none"/>
          <svg:text x="{format-number($x + $along, '0.##')}" y="{format-number($y + 4 + $chart-size * 0.9, '0.##')}" fill="{$grey}" font-size="{format-number($chart-size * 0.9, '0.##')}">
            <xsl:attribute name="text-anchor"><xsl:choose><xsl:when test="$x + $along &lt; string-length($text) * $chart-char * 0.5">start</xsl:when><xsl:otherwise>middle</xsl:otherwise></xsl:choose></xsl:attribute>
            <xsl:value-of select="$text"/>
          </svg:text>
        </xsl:otherwise>
      </xsl:choose>
      <xsl:call-template name="chart-ticks">
        <xsl:with-param name="axis" select="$axis"/><xsl:with-param name="nr" select="$nr + 1"/><xsl:with-param name="x" select="$x"/><xsl:with-param name="y" select="$y"/>
        <xsl:with-param name="scale" select="$scale"/><xsl:with-param name="across" select="$across"/><xsl:with-param name="lang" select="$lang"/>
      </xsl:call-template>
    </xsl:if>
  </xsl:template>

  <!-- bars, stacked, progress: the label of each row above its bars, the value behind each -->
  <xsl:template name="draw-bars">
    <xsl:param name="rows"/>
    <xsl:param name="type"/>
    <xsl:param name="axis"/>
    <xsl:param name="width"/>
    <xsl:param name="lang"/>
    <xsl:param name="unit"/>
    <xsl:variable name="longest"><xsl:for-each select="$rows/value"><xsl:sort select="string-length()" data-type="number" order="descending"/><xsl:if test="position() = 1"><xsl:value-of select="string-length()"/></xsl:if></xsl:for-each></xsl:variable>
    <xsl:variable name="room" select="($longest + string-length($unit) + 1) * $chart-size * 0.6 + 6"/>
    <xsl:variable name="left" select="$room * ($axis/@low &lt; 0)"/>
    <xsl:variable name="span" select="$axis/@high - $axis/@low"/>
    <xsl:variable name="scale" select="($width - $room - $left) div ($span * ($span > 0) + not($span > 0))"/>
    <xsl:variable name="zero" select="$left - $axis/@low * $scale"/>
    <xsl:variable name="each" select="$type != 'stacked'"/>
    <xsl:variable name="bottom" select="count($rows/line) * $chart-line + ($each * count($rows/value) + not($each) * count($rows)) * $bar-step + count($rows) * $row-gap"/>
    <drawn height="{$bottom + $chart-size + 6}">
      <xsl:for-each select="$rows">
        <xsl:variable name="nr" select="position()"/>
        <xsl:variable name="before" select="$rows[position() &lt; $nr]"/>
        <xsl:variable name="y" select="count($before/line) * $chart-line + ($each * count($before/value) + not($each) * count($before)) * $bar-step + ($nr - 1) * $row-gap"/>
        <xsl:call-template name="chart-lines"><xsl:with-param name="lines" select="line"/><xsl:with-param name="y" select="$y"/></xsl:call-template>
        <xsl:variable name="top" select="$y + count(line) * $chart-line + 1"/>
        <xsl:if test="$left > 0"><svg:path d="M{format-number($zero, '0.##')} {format-number($top - 1.5, '0.##')} v{format-number(count(value) * $bar-step + 1, '0.##')}" stroke="{$grey}" stroke-width="0.5" fill="none"/></xsl:if>
        <xsl:choose>
          <xsl:when test="$each">
            <xsl:for-each select="value">
              <xsl:call-template name="draw-bar">
                <xsl:with-param name="y" select="$top + (position() - 1) * $bar-step"/><xsl:with-param name="zero" select="$zero"/><xsl:with-param name="scale" select="$scale"/>
                <xsl:with-param name="unit" select="$unit"/><xsl:with-param name="track" select="($type = 'progress') * ($width - $room)"/>
              </xsl:call-template>
            </xsl:for-each>
          </xsl:when>
          <xsl:otherwise>
            <xsl:for-each select="value[@number != '']">
              <xsl:call-template name="chart-rect">
                <xsl:with-param name="nr" select="count(preceding-sibling::value) + 1"/><xsl:with-param name="x" select="sum(preceding-sibling::value/@number[. != '']) * $scale"/>
                <xsl:with-param name="y" select="$top"/><xsl:with-param name="width" select="@number * $scale"/>
              </xsl:call-template>
            </xsl:for-each>
            <xsl:variable name="total"><xsl:call-template name="number"><xsl:with-param name="value" select="@total"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template></xsl:variable>
            <xsl:call-template name="chart-value"><xsl:with-param name="text" select="$total"/><xsl:with-param name="unit" select="$unit"/><xsl:with-param name="x" select="@total * $scale + 5"/><xsl:with-param name="y" select="$top"/></xsl:call-template>
          </xsl:otherwise>
        </xsl:choose>
      </xsl:for-each>
      <svg:path d="M{format-number($left, '0.##')} {format-number($bottom, '0.##')} H{format-number($width - $room, '0.##')}" stroke="{$grey}" stroke-width="0.5" fill="none"/>
      <xsl:call-template name="chart-ticks"><xsl:with-param name="axis" select="$axis"/><xsl:with-param name="x" select="$left"/><xsl:with-param name="y" select="$bottom"/><xsl:with-param name="scale" select="$scale"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
    </drawn>
  </xsl:template>

  <xsl:template name="chart-value">
    <xsl:param name="text"/>
    <xsl:param name="unit"/>
    <xsl:param name="x"/>
    <xsl:param name="y"/>
    <xsl:param name="anchor" select="'start'"/>
    <svg:text x="{format-number($x, '0.##')}" y="{format-number($y + $bar * 0.5 + $chart-size * 0.36, '0.##')}" font-weight="bold" fill="{$ink}">
      <xsl:if test="$anchor != 'start'"><xsl:attribute name="text-anchor"><xsl:value-of select="$anchor"/></xsl:attribute></xsl:if>
      <xsl:call-template name="with-unit"><xsl:with-param name="text" select="$text"/><xsl:with-param name="unit" select="$unit"/></xsl:call-template>
    </svg:text>
  </xsl:template>

  <!-- A bar from 0.  A range is solid up to its lower end and light up to its upper one. -->
  <xsl:template name="draw-bar">
    <xsl:param name="y"/>
    <xsl:param name="zero"/>
    <xsl:param name="scale"/>
    <xsl:param name="unit"/>
    <xsl:param name="track"/>
    <xsl:variable name="nr" select="count(preceding-sibling::value) + 1"/>
    <xsl:if test="$track > 0">
      <svg:rect x="0" y="{format-number($y, '0.##')}" width="{format-number($track, '0.##')}" height="{format-number($bar, '0.##')}" fill="{$track-colour}"/>
    </xsl:if>
    <xsl:if test="@number != ''">
      <xsl:variable name="far"><xsl:value-of select="@to"/><xsl:if test="@to = ''"><xsl:value-of select="@number"/></xsl:if></xsl:variable>
      <xsl:variable name="length" select="@number * $scale"/>
      <xsl:if test="@to != ''">
        <svg:rect x="{format-number($zero, '0.##')}" y="{format-number($y, '0.##')}" width="{format-number($far * $scale, '0.##')}" height="{format-number($bar, '0.##')}" fill="{$range-colour}"/>
      </xsl:if>
      <xsl:call-template name="chart-rect">
        <xsl:with-param name="nr" select="$nr"/><xsl:with-param name="x" select="$zero + $length * ($length &lt; 0)"/><xsl:with-param name="y" select="$y"/><xsl:with-param name="width" select="$length * (1 - 2 * ($length &lt; 0))"/>
      </xsl:call-template>
      <xsl:choose>
        <xsl:when test="$length &lt; 0"><xsl:call-template name="chart-value"><xsl:with-param name="text" select="."/><xsl:with-param name="unit" select="$unit"/><xsl:with-param name="x" select="$zero + $length - 4"/><xsl:with-param name="y" select="$y"/><xsl:with-param name="anchor" select="'end'"/></xsl:call-template></xsl:when>
        <xsl:otherwise><xsl:call-template name="chart-value"><xsl:with-param name="text" select="."/><xsl:with-param name="unit" select="$unit"/><xsl:with-param name="x" select="($track > 0) * $track + not($track > 0) * ($zero + $far * $scale) + 5"/><xsl:with-param name="y" select="$y"/></xsl:call-template></xsl:otherwise>
      </xsl:choose>
    </xsl:if>
  </xsl:template>

  <xsl:variable name="track-colour" select="$track"/>
  <xsl:variable name="range-colour">#7fae9b</xsl:variable>

  <!-- lines: a row is a place on the x axis; a value left out breaks the line -->
  <xsl:template name="draw-lines">
    <xsl:param name="rows"/>
    <xsl:param name="axis"/>
    <xsl:param name="width"/>
    <xsl:param name="lang"/>
    <xsl:param name="unit"/>
    <xsl:variable name="high-text"><xsl:call-template name="number"><xsl:with-param name="value" select="$axis/@high"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template></xsl:variable>
    <xsl:variable name="step-text"><xsl:call-template name="number"><xsl:with-param name="value" select="$axis/@low + $axis/@step"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template></xsl:variable>
    <xsl:variable name="chars" select="string-length($high-text) * not(string-length($step-text) > string-length($high-text)) + string-length($step-text) * (string-length($step-text) > string-length($high-text))"/>
    <xsl:variable name="left" select="$chars * $chart-size * 0.52 + 6"/>
    <xsl:variable name="plot" select="$width - $left"/>
    <xsl:variable name="tall" select="$size * 11"/>
    <xsl:variable name="top" select="$chart-size * (0.8 + ($unit != ''))"/>
    <xsl:variable name="span" select="$axis/@high - $axis/@low"/>
    <xsl:variable name="scale" select="$tall div ($span * ($span > 0) + not($span > 0))"/>
    <xsl:variable name="count" select="count($rows)"/>
    <xsl:variable name="slot" select="$plot div $count"/>
    <!-- where labels are too many, only each so-manyth -->
    <xsl:variable name="longest"><xsl:for-each select="$rows/label[1]"><xsl:sort select="string-length()" data-type="number" order="descending"/><xsl:if test="position() = 1"><xsl:value-of select="string-length()"/></xsl:if></xsl:for-each></xsl:variable>
    <xsl:variable name="wanted" select="($longest * ($longest &lt; 10) + 10 * not($longest &lt; 10)) * $chart-char + 4"/>
    <xsl:variable name="every" select="ceiling($wanted div $slot)"/>
    <xsl:variable name="labels">
      <xsl:for-each select="$rows">
        <row>
          <xsl:if test="(position() - 1) mod $every = 0">
            <xsl:call-template name="cut-label">
              <xsl:with-param name="words" select="str:tokenize(label[1], ' ')"/><xsl:with-param name="per-line" select="floor(($slot * $every - 3) div $chart-char)"/>
              <xsl:with-param name="second" select="false()"/><xsl:with-param name="lang" select="string(label[1]/@xml:lang)"/>
            </xsl:call-template>
          </xsl:if>
        </row>
      </xsl:for-each>
    </xsl:variable>
    <xsl:variable name="cut" select="exsl:node-set($labels)/row"/>
    <xsl:variable name="deepest"><xsl:for-each select="$cut"><xsl:sort select="count(line)" data-type="number" order="descending"/><xsl:if test="position() = 1"><xsl:value-of select="count(line)"/></xsl:if></xsl:for-each></xsl:variable>
    <xsl:variable name="bottom" select="$top + $tall"/>
    <drawn height="{$bottom + 5 + $deepest * $chart-line}">
      <xsl:if test="$unit != ''"><svg:text x="0" y="{format-number($chart-size, '0.##')}" fill="{$grey}" font-size="{format-number($chart-size * 0.9, '0.##')}"><xsl:value-of select="$unit"/></svg:text></xsl:if>
      <xsl:call-template name="chart-ticks"><xsl:with-param name="axis" select="$axis"/><xsl:with-param name="x" select="$left"/><xsl:with-param name="y" select="$bottom"/><xsl:with-param name="scale" select="$scale"/><xsl:with-param name="across" select="$plot"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
      <svg:path d="M{format-number($left, '0.##')} {format-number($bottom + $axis/@low * $scale, '0.##')} h{format-number($plot, '0.##')}" stroke="{$grey}" stroke-width="0.6" fill="none"/>
      <xsl:for-each select="$cut">
        <xsl:call-template name="chart-lines"><xsl:with-param name="lines" select="line"/><xsl:with-param name="x" select="$left + $slot * (position() - 0.5)"/><xsl:with-param name="y" select="$bottom + 3"/><xsl:with-param name="anchor" select="'middle'"/></xsl:call-template>
      </xsl:for-each>
      <xsl:for-each select="$rows[1]/value">
        <xsl:variable name="nr" select="position()"/>
        <xsl:variable name="d">
          <xsl:for-each select="$rows">
            <xsl:variable name="value" select="value[$nr]/@number"/>
            <xsl:if test="$value != ''">
              <xsl:choose><xsl:when test="preceding-sibling::row[1]/value[$nr]/@number != ''">L</xsl:when><xsl:otherwise>M</xsl:otherwise></xsl:choose>
              <xsl:value-of select="concat(format-number($left + $slot * (position() - 0.5), '0.##'), ' ', format-number($bottom - ($value - $axis/@low) * $scale, '0.##'))"/>
            </xsl:if>
          </xsl:for-each>
        </xsl:variable>
        <xsl:if test="$d != ''"><xsl:call-template name="chart-stroke"><xsl:with-param name="nr" select="$nr"/><xsl:with-param name="d" select="$d"/></xsl:call-template></xsl:if>
        <xsl:if test="$slot > 7">
          <xsl:for-each select="$rows">
            <xsl:if test="value[$nr]/@number != ''">
              <xsl:variable name="x" select="$left + $slot * (position() - 0.5)"/>
              <xsl:variable name="y" select="$bottom - (value[$nr]/@number - $axis/@low) * $scale"/>
              <xsl:call-template name="chart-mark"><xsl:with-param name="nr" select="$nr"/><xsl:with-param name="x" select="$x"/><xsl:with-param name="y" select="$y"/></xsl:call-template>
              <xsl:if test="not(value[2]) and string-length(value) * $chart-char &lt; $slot">
                <svg:text x="{format-number($x, '0.##')}" y="{format-number($y - 4 + ($chart-size + 6) * (value/@number &lt; 0), '0.##')}" text-anchor="middle" font-weight="bold" fill="{$ink}"><xsl:value-of select="value"/></svg:text>
              </xsl:if>
            </xsl:if>
          </xsl:for-each>
        </xsl:if>
      </xsl:for-each>
    </drawn>
  </xsl:template>

  <!-- share: one bar of all, then what each part is, its value, and how much of the whole -->
  <xsl:template name="draw-share">
    <xsl:param name="rows"/>
    <xsl:param name="width"/>
    <xsl:param name="lang"/>
    <xsl:param name="unit"/>
    <xsl:variable name="whole" select="sum($rows/value[1]/@number[. != ''])"/>
    <xsl:variable name="scale" select="($width - 1) div ($whole * ($whole > 0) + not($whole > 0))"/>
    <xsl:variable name="thick" select="$bar * 1.8"/>
    <xsl:variable name="indent" select="$chart-size + 6"/>
    <!-- labels leave room for the numbers at the end -->
    <xsl:variable name="room" select="$chart-size * 8"/>
    <xsl:variable name="labels">
      <xsl:for-each select="$rows">
        <row>
          <xsl:for-each select="label">
            <xsl:call-template name="cut-label">
              <xsl:with-param name="words" select="str:tokenize(., ' ')"/><xsl:with-param name="per-line" select="floor(($width - $indent - $room) div $chart-char)"/>
              <xsl:with-param name="second" select="position() > 1"/><xsl:with-param name="lang" select="string(@xml:lang)"/>
            </xsl:call-template>
          </xsl:for-each>
        </row>
      </xsl:for-each>
    </xsl:variable>
    <xsl:variable name="cut" select="exsl:node-set($labels)/row"/>
    <drawn height="{$thick + 5 + count($cut/line) * $chart-line + count($rows) * 2 + 2}">
      <xsl:for-each select="$rows">
        <xsl:variable name="nr" select="position()"/>
        <xsl:variable name="number" select="number(concat('0', value[1]/@number))"/>
        <xsl:if test="$number > 0">
          <xsl:call-template name="chart-rect">
            <xsl:with-param name="nr" select="$nr"/><xsl:with-param name="x" select="0.5 + sum($rows[position() &lt; $nr]/value[1]/@number[. != '']) * $scale"/><xsl:with-param name="y" select="0.5"/>
            <xsl:with-param name="width" select="$number * $scale"/><xsl:with-param name="height" select="$thick"/>
          </xsl:call-template>
        </xsl:if>
        <xsl:variable name="y" select="$thick + 5 + count($cut[position() &lt; $nr]/line) * $chart-line + ($nr - 1) * 2"/>
        <xsl:call-template name="chart-rect"><xsl:with-param name="nr" select="$nr"/><xsl:with-param name="x" select="0.5"/><xsl:with-param name="y" select="$y + $chart-size * 0.15"/><xsl:with-param name="width" select="$chart-size"/><xsl:with-param name="height" select="$chart-size"/></xsl:call-template>
        <xsl:call-template name="chart-lines"><xsl:with-param name="lines" select="$cut[$nr]/line"/><xsl:with-param name="x" select="$indent"/><xsl:with-param name="y" select="$y"/></xsl:call-template>
        <svg:text x="{format-number($width, '0.##')}" y="{format-number($y + $chart-size, '0.##')}" text-anchor="end" font-weight="bold" fill="{$ink}">
          <xsl:if test="value[1]/@number != ''">
            <xsl:call-template name="with-unit"><xsl:with-param name="text" select="value[1]"/><xsl:with-param name="unit" select="$unit"/></xsl:call-template>
            <xsl:if test="$unit != '%' and $whole > 0">
              <xsl:text> (</xsl:text>
              <xsl:call-template name="number"><xsl:with-param name="value" select="round($number div $whole * 1000) div 10"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
              <xsl:text>%)</xsl:text>
            </xsl:if>
          </xsl:if>
        </svg:text>
      </xsl:for-each>
    </drawn>
  </xsl:template>

  <!-- SVG does not break lines: words are put on a line while they fit. -->
  <xsl:template name="cut-label">
    <xsl:param name="words"/>
    <xsl:param name="per-line"/>
    <xsl:param name="second"/>
    <xsl:param name="lang"/>
    <xsl:param name="line" select="''"/>
    <xsl:choose>
      <xsl:when test="not($words)">
        <xsl:if test="$line != ''"><line second="{$second}" xml:lang="{$lang}"><xsl:value-of select="$line"/></line></xsl:if>
      </xsl:when>
      <xsl:when test="$line != '' and string-length($line) + 1 + string-length($words[1]) > $per-line">
        <line second="{$second}" xml:lang="{$lang}"><xsl:value-of select="$line"/></line>
        <xsl:call-template name="cut-label">
          <xsl:with-param name="words" select="$words[position() > 1]"/><xsl:with-param name="per-line" select="$per-line"/><xsl:with-param name="second" select="$second"/>
          <xsl:with-param name="lang" select="$lang"/><xsl:with-param name="line" select="string($words[1])"/>
        </xsl:call-template>
      </xsl:when>
      <xsl:otherwise>
        <xsl:call-template name="cut-label">
          <xsl:with-param name="words" select="$words[position() > 1]"/><xsl:with-param name="per-line" select="$per-line"/><xsl:with-param name="second" select="$second"/>
          <xsl:with-param name="lang" select="$lang"/>
          <xsl:with-param name="line"><xsl:value-of select="$line"/><xsl:if test="$line != ''"><xsl:text> </xsl:text></xsl:if><xsl:value-of select="$words[1]"/></xsl:with-param>
        </xsl:call-template>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>
</xsl:stylesheet>
