<?xml version="1.0" encoding="UTF-8"?>
<!-- Charts as SVG: bars (one bar per series) or progress (a track up to the whole).

     A chart is first written down as rows (label elements in one or more languages, value elements with number and
     perhaps to), then drawn at its real size in points, so that its letters are as large as the text's. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:fo="http://www.w3.org/1999/XSL/Format"
    xmlns:fox="http://xmlgraphics.apache.org/fop/extensions"
    xmlns:svg="http://www.w3.org/2000/svg"
    xmlns:e="urn:sotay:edition"
    xmlns:src="urn:sotay:source"
    xmlns:exsl="http://exslt.org/common"
    xmlns:str="http://exslt.org/strings"
    exclude-result-prefixes="e src exsl str">

  <!-- The measures in points: of one language's column, and of the page. -->
  <xsl:variable name="column-measure" select="220"/>
  <xsl:variable name="page-measure" select="460"/>

  <xsl:variable name="chart-size" select="$size * 0.8"/>
  <xsl:variable name="bar" select="$size * 0.85"/>
  <!-- Room for the value behind the bar. -->
  <xsl:variable name="value-room" select="$size * 4"/>

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
      <xsl:with-param name="width" select="$column-measure * ($mode = 'columns') + $page-measure * ($mode != 'columns')"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template name="draw-chart">
    <xsl:param name="rows"/>
    <xsl:param name="series" select="/.."/>
    <xsl:param name="type" select="'progress'"/>
    <xsl:param name="unit"/>
    <xsl:param name="max"/>
    <xsl:param name="title"/>
    <xsl:param name="width"/>
    <xsl:variable name="per-line" select="floor($width div ($chart-size * 0.51))"/>
    <!-- labels cut into lines -->
    <xsl:variable name="laid-out">
      <xsl:for-each select="$rows">
        <row>
          <xsl:for-each select="label">
            <xsl:call-template name="cut-label">
              <xsl:with-param name="words" select="str:tokenize(., ' ')"/><xsl:with-param name="per-line" select="$per-line"/><xsl:with-param name="second" select="position() > 1"/>
              <xsl:with-param name="lang" select="string(@xml:lang)"/>
            </xsl:call-template>
          </xsl:for-each>
          <xsl:copy-of select="value"/>
        </row>
      </xsl:for-each>
    </xsl:variable>
    <xsl:variable name="boxes" select="exsl:node-set($laid-out)/row"/>
    <xsl:variable name="top">
      <xsl:choose>
        <xsl:when test="$max != ''"><xsl:value-of select="$max"/></xsl:when>
        <xsl:otherwise>
          <xsl:for-each select="$boxes/value/@number[. != ''] | $boxes/value/@to[. != '']">
            <xsl:sort select="." data-type="number" order="descending"/>
            <xsl:if test="position() = 1"><xsl:value-of select="."/></xsl:if>
          </xsl:for-each>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:variable>
    <xsl:variable name="scale" select="($width - $value-room) div ((number($top) > 0) * number(concat('0', $top)) + not(number($top) > 0))"/>
    <xsl:variable name="line" select="$chart-size * 1.35"/>
    <xsl:variable name="step" select="$bar + 2.5"/>
    <xsl:variable name="legend" select="($chart-size + 6) * boolean($series[2])"/>
    <xsl:variable name="height" select="$legend + count($boxes/line) * $line + count($boxes/value) * $step + count($boxes) * $size * 0.7"/>
    <xsl:variable name="alt">
      <xsl:if test="$title != ''"><xsl:value-of select="$title"/>: </xsl:if>
      <xsl:for-each select="$boxes">
        <xsl:if test="position() > 1">; </xsl:if>
        <xsl:for-each select="line[@second = 'false']"><xsl:if test="position() > 1"><xsl:text> </xsl:text></xsl:if><xsl:value-of select="."/></xsl:for-each>
        <xsl:for-each select="value[@number != '']"><xsl:text> </xsl:text><xsl:value-of select="concat(., ' ', $unit)"/></xsl:for-each>
      </xsl:for-each>
    </xsl:variable>
    <fo:block line-height="1" space-before="2pt">
      <fo:instream-foreign-object fox:alt-text="{$alt}" content-width="scale-down-to-fit" inline-progression-dimension.maximum="100%" scaling="uniform">
        <svg:svg width="{format-number($width, '0.##')}" height="{format-number($height, '0.##')}" viewBox="0 0 {format-number($width, '0.##')} {format-number($height, '0.##')}" font-family="{$sans}" font-size="{format-number($chart-size, '0.##')}">
          <xsl:for-each select="$series[$legend > 0]">
            <xsl:variable name="x" select="(position() - 1) * $width div count($series)"/>
            <svg:rect x="{format-number($x, '0.##')}" y="1" width="{$chart-size}" height="{$chart-size}"><xsl:attribute name="fill"><xsl:call-template name="series-colour"/></xsl:attribute></svg:rect>
            <svg:text x="{format-number($x + $chart-size + 4, '0.##')}" y="{format-number($chart-size, '0.##')}" fill="{$ink}"><xsl:value-of select="@name"/></svg:text>
          </xsl:for-each>
          <xsl:for-each select="$boxes">
            <xsl:variable name="before" select="preceding-sibling::row"/>
            <xsl:variable name="y" select="$legend + count($before/line) * $line + count($before/value) * $step + count($before) * $size * 0.7"/>
            <xsl:for-each select="line">
              <svg:text x="0" y="{format-number($y + (position() - 1) * $line + $chart-size, '0.##')}" xml:lang="{@xml:lang}">
                <xsl:attribute name="fill"><xsl:choose><xsl:when test="@second = 'true'"><xsl:value-of select="$grey"/></xsl:when><xsl:otherwise><xsl:value-of select="$ink"/></xsl:otherwise></xsl:choose></xsl:attribute>
                <xsl:value-of select="."/>
              </svg:text>
            </xsl:for-each>
            <xsl:variable name="bars" select="$y + count(line) * $line + 1"/>
            <xsl:for-each select="value">
              <xsl:call-template name="draw-bar">
                <xsl:with-param name="y" select="$bars + (position() - 1) * $step"/>
                <xsl:with-param name="scale" select="$scale"/><xsl:with-param name="unit" select="$unit"/>
                <xsl:with-param name="track" select="($type = 'progress') * ($width - $value-room)"/>
              </xsl:call-template>
            </xsl:for-each>
          </xsl:for-each>
        </svg:svg>
      </fo:instream-foreign-object>
    </fo:block>
  </xsl:template>

  <!-- A range is solid up to its lower end and light up to its upper one. -->
  <xsl:template name="draw-bar">
    <xsl:param name="y"/>
    <xsl:param name="scale"/>
    <xsl:param name="unit"/>
    <xsl:param name="track"/>
    <xsl:variable name="colour"><xsl:call-template name="series-colour"/></xsl:variable>
    <xsl:variable name="far" select="number(concat('0', @to)) * (@to != '') + number(concat('0', @number)) * (@to = '')"/>
    <xsl:if test="$track > 0">
      <svg:rect x="0" y="{format-number($y, '0.##')}" width="{format-number($track, '0.##')}" height="{format-number($bar, '0.##')}" fill="{$track-colour}"/>
    </xsl:if>
    <xsl:if test="@number != ''">
      <xsl:if test="@to != ''">
        <svg:rect x="0" y="{format-number($y, '0.##')}" width="{format-number($far * $scale, '0.##')}" height="{format-number($bar, '0.##')}" fill="{$range-colour}"/>
      </xsl:if>
      <svg:rect x="0" y="{format-number($y, '0.##')}" width="{format-number(@number * $scale, '0.##')}" height="{format-number($bar, '0.##')}" fill="{$colour}"/>
      <svg:text y="{format-number($y + $bar * 0.5 + $chart-size * 0.36, '0.##')}" font-weight="bold" fill="{$ink}">
        <xsl:attribute name="x">
          <xsl:value-of select="format-number((($track > 0) * $track + not($track > 0) * $far * $scale) + 5, '0.##')"/>
        </xsl:attribute>
        <xsl:value-of select="."/><xsl:if test="$unit != '%'"><xsl:text>&#160;</xsl:text></xsl:if><xsl:value-of select="$unit"/>
      </svg:text>
    </xsl:if>
  </xsl:template>

  <xsl:variable name="track-colour" select="$track"/>
  <xsl:variable name="range-colour">#7fae9b</xsl:variable>
  <xsl:template name="series-colour">
    <xsl:choose>
      <xsl:when test="position() mod 3 = 1"><xsl:value-of select="$green"/></xsl:when>
      <xsl:when test="position() mod 3 = 2">#b98a2f</xsl:when>
      <xsl:otherwise>#3b7a96</xsl:otherwise>
    </xsl:choose>
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
