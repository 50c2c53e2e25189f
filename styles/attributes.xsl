<?xml version="1.0" encoding="UTF-8"?>
<!-- How things look: fonts, sizes, spaces and colours, in one place.

     A kind changes a variable or an attribute set by writing one of the same name in its own file: the importing
     stylesheet wins, attribute by attribute.  Sizes hang on $size, so that a kind sets one number. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

  <!-- Colours: an ink softer than black, one green, one red, and three pale grounds. -->
  <xsl:variable name="ink">#1f2a2e</xsl:variable>
  <xsl:variable name="grey">#4a575c</xsl:variable>
  <xsl:variable name="green">#1d5b47</xsl:variable>
  <xsl:variable name="red">#a5271d</xsl:variable>
  <xsl:variable name="hair">#aab7b0</xsl:variable>
  <xsl:variable name="tint">#edf3ef</xsl:variable>
  <xsl:variable name="sand">#f7f1e1</xsl:variable>
  <xsl:variable name="track">#dbe5df</xsl:variable>

  <xsl:variable name="serif">Liberation Serif</xsl:variable>
  <xsl:variable name="sans">Liberation Sans</xsl:variable>

  <!-- Text size in points; a line of it, in points (Vietnamese marks never touch the line above from 1.35 up). -->
  <xsl:variable name="size">10.5</xsl:variable>
  <xsl:variable name="leading">1.4</xsl:variable>
  <!-- Between the languages when they stand side by side. -->
  <xsl:variable name="gutter">7mm</xsl:variable>
  <xsl:variable name="half-gutter">3.5mm</xsl:variable>
  <!-- A line to write on by hand, 7 to 9 mm: two of the text’s, one and a half, or one.  Squares to draw in. -->
  <xsl:variable name="writing-line" select="concat($size * $leading * (1.5 + 0.5 * ($size * $leading &lt; 12.8) - 0.5 * ($size * $leading > 19.2)), 'pt')"/>
  <xsl:variable name="square">5mm</xsl:variable>

  <xsl:attribute-set name="root">
    <xsl:attribute name="font-family"><xsl:value-of select="$serif"/></xsl:attribute>
    <xsl:attribute name="font-size"><xsl:value-of select="$size"/>pt</xsl:attribute>
    <xsl:attribute name="line-height"><xsl:value-of select="$leading"/></xsl:attribute>
    <xsl:attribute name="color"><xsl:value-of select="$ink"/></xsl:attribute>
    <xsl:attribute name="text-align">start</xsl:attribute>
    <xsl:attribute name="hyphenation-remain-character-count">3</xsl:attribute>
    <xsl:attribute name="hyphenation-push-character-count">3</xsl:attribute>
  </xsl:attribute-set>

  <!-- Headings -->
  <xsl:attribute-set name="heading">
    <xsl:attribute name="font-family"><xsl:value-of select="$sans"/></xsl:attribute>
    <xsl:attribute name="font-weight">bold</xsl:attribute>
    <xsl:attribute name="line-height">1.3</xsl:attribute>
    <xsl:attribute name="color"><xsl:value-of select="$green"/></xsl:attribute>
    <xsl:attribute name="text-align">start</xsl:attribute>
    <xsl:attribute name="hyphenate">false</xsl:attribute>
    <xsl:attribute name="keep-with-next.within-page">always</xsl:attribute>
    <xsl:attribute name="keep-together.within-page">always</xsl:attribute>
  </xsl:attribute-set>
  <xsl:attribute-set name="heading-1" use-attribute-sets="heading">
    <xsl:attribute name="font-size"><xsl:value-of select="$size * 1.6"/>pt</xsl:attribute>
  </xsl:attribute-set>
  <xsl:attribute-set name="heading-2" use-attribute-sets="heading">
    <xsl:attribute name="font-size"><xsl:value-of select="$size * 1.15"/>pt</xsl:attribute>
  </xsl:attribute-set>
  <xsl:attribute-set name="heading-3" use-attribute-sets="heading">
    <xsl:attribute name="font-size"><xsl:value-of select="$size"/>pt</xsl:attribute>
    <xsl:attribute name="color"><xsl:value-of select="$ink"/></xsl:attribute>
  </xsl:attribute-set>
  <!-- The same heading in the second language, under the first. -->
  <xsl:attribute-set name="heading-second">
    <xsl:attribute name="font-size"><xsl:value-of select="$size * 1.1"/>pt</xsl:attribute>
    <xsl:attribute name="font-weight">normal</xsl:attribute>
    <xsl:attribute name="color"><xsl:value-of select="$grey"/></xsl:attribute>
    <xsl:attribute name="space-before">1pt</xsl:attribute>
  </xsl:attribute-set>
  <xsl:attribute-set name="before-heading-1"><xsl:attribute name="space-before"><xsl:value-of select="$size * 1.8"/>pt</xsl:attribute></xsl:attribute-set>
  <xsl:attribute-set name="before-heading-2"><xsl:attribute name="space-before"><xsl:value-of select="$size * 1.3"/>pt</xsl:attribute></xsl:attribute-set>
  <xsl:attribute-set name="before-heading-3"><xsl:attribute name="space-before"><xsl:value-of select="$size"/>pt</xsl:attribute></xsl:attribute-set>

  <!-- Blocks -->
  <xsl:attribute-set name="before-block"><xsl:attribute name="space-before"><xsl:value-of select="$size * 0.6"/>pt</xsl:attribute></xsl:attribute-set>
  <xsl:attribute-set name="paragraph">
    <xsl:attribute name="orphans">2</xsl:attribute>
    <xsl:attribute name="widows">2</xsl:attribute>
  </xsl:attribute-set>
  <xsl:attribute-set name="pre">
    <xsl:attribute name="font-family">Liberation Mono</xsl:attribute>
    <xsl:attribute name="font-size"><xsl:value-of select="$size * 0.85"/>pt</xsl:attribute>
    <xsl:attribute name="linefeed-treatment">preserve</xsl:attribute>
    <xsl:attribute name="white-space-treatment">preserve</xsl:attribute>
    <xsl:attribute name="white-space-collapse">false</xsl:attribute>
    <xsl:attribute name="background-color"><xsl:value-of select="$tint"/></xsl:attribute>
    <xsl:attribute name="padding">4pt</xsl:attribute>
    <xsl:attribute name="margin-left">0pt</xsl:attribute>
    <xsl:attribute name="margin-right">0pt</xsl:attribute>
  </xsl:attribute-set>
  <xsl:attribute-set name="rule">
    <xsl:attribute name="border-after-width">0.5pt</xsl:attribute>
    <xsl:attribute name="border-after-style">solid</xsl:attribute>
    <xsl:attribute name="border-after-color"><xsl:value-of select="$hair"/></xsl:attribute>
    <xsl:attribute name="space-after"><xsl:value-of select="$size * 0.6"/>pt</xsl:attribute>
    <xsl:attribute name="font-size">1pt</xsl:attribute>
    <xsl:attribute name="line-height">1pt</xsl:attribute>
    <xsl:attribute name="role">artifact</xsl:attribute>
  </xsl:attribute-set>
  <!-- A box: what to remember.  Its ground, and the bar at its start. -->
  <xsl:attribute-set name="box">
    <xsl:attribute name="background-color"><xsl:value-of select="$tint"/></xsl:attribute>
    <xsl:attribute name="border-start-style">solid</xsl:attribute>
    <xsl:attribute name="border-start-width">2.5pt</xsl:attribute>
    <xsl:attribute name="border-start-color"><xsl:value-of select="$green"/></xsl:attribute>
  </xsl:attribute-set>
  <xsl:attribute-set name="box-inside">
    <xsl:attribute name="padding-before">5pt</xsl:attribute>
    <xsl:attribute name="padding-after">6pt</xsl:attribute>
    <xsl:attribute name="padding-start">7pt</xsl:attribute>
    <xsl:attribute name="padding-end">6pt</xsl:attribute>
  </xsl:attribute-set>
  <xsl:attribute-set name="box-title">
    <xsl:attribute name="font-family"><xsl:value-of select="$sans"/></xsl:attribute>
    <xsl:attribute name="font-weight">bold</xsl:attribute>
    <xsl:attribute name="font-size"><xsl:value-of select="$size * 0.95"/>pt</xsl:attribute>
    <xsl:attribute name="color"><xsl:value-of select="$green"/></xsl:attribute>
    <xsl:attribute name="keep-with-next.within-page">always</xsl:attribute>
  </xsl:attribute-set>
  <xsl:attribute-set name="facilitator-box">
    <xsl:attribute name="background-color"><xsl:value-of select="$sand"/></xsl:attribute>
    <xsl:attribute name="border-start-style">solid</xsl:attribute>
    <xsl:attribute name="border-start-width">2.5pt</xsl:attribute>
    <xsl:attribute name="border-start-color"><xsl:value-of select="$red"/></xsl:attribute>
  </xsl:attribute-set>
  <xsl:attribute-set name="facilitator-title" use-attribute-sets="box-title">
    <xsl:attribute name="color"><xsl:value-of select="$red"/></xsl:attribute>
  </xsl:attribute-set>

  <!-- Lists -->
  <xsl:attribute-set name="list">
    <xsl:attribute name="provisional-distance-between-starts"><xsl:value-of select="$size * 1.35"/>pt</xsl:attribute>
    <xsl:attribute name="provisional-label-separation"><xsl:value-of select="$size * 0.35"/>pt</xsl:attribute>
  </xsl:attribute-set>
  <xsl:attribute-set name="label">
    <xsl:attribute name="color"><xsl:value-of select="$green"/></xsl:attribute>
  </xsl:attribute-set>

  <!-- Tables: light rules, no verticals -->
  <xsl:attribute-set name="table">
    <xsl:attribute name="table-layout">fixed</xsl:attribute>
    <xsl:attribute name="width">100%</xsl:attribute>
    <xsl:attribute name="border-collapse">separate</xsl:attribute>
    <xsl:attribute name="font-family"><xsl:value-of select="$sans"/></xsl:attribute>
    <xsl:attribute name="font-size"><xsl:value-of select="$size * 0.86"/>pt</xsl:attribute>
    <xsl:attribute name="line-height">1.38</xsl:attribute>
    <xsl:attribute name="hyphenate">false</xsl:attribute>
  </xsl:attribute-set>
  <xsl:attribute-set name="caption">
    <xsl:attribute name="font-family"><xsl:value-of select="$sans"/></xsl:attribute>
    <xsl:attribute name="font-size"><xsl:value-of select="$size * 0.86"/>pt</xsl:attribute>
    <xsl:attribute name="font-weight">bold</xsl:attribute>
    <xsl:attribute name="color"><xsl:value-of select="$green"/></xsl:attribute>
    <xsl:attribute name="space-after">3pt</xsl:attribute>
    <xsl:attribute name="keep-with-next.within-page">always</xsl:attribute>
  </xsl:attribute-set>
  <xsl:attribute-set name="caption-second">
    <xsl:attribute name="font-weight">normal</xsl:attribute>
    <xsl:attribute name="color"><xsl:value-of select="$grey"/></xsl:attribute>
  </xsl:attribute-set>
  <xsl:attribute-set name="cell">
    <xsl:attribute name="start-indent">0pt</xsl:attribute>
    <xsl:attribute name="end-indent">0pt</xsl:attribute>
    <xsl:attribute name="padding-before">2.5pt</xsl:attribute>
    <xsl:attribute name="padding-after">2.5pt</xsl:attribute>
    <xsl:attribute name="padding-start">3pt</xsl:attribute>
    <xsl:attribute name="padding-end">3pt</xsl:attribute>
    <xsl:attribute name="border-after-style">solid</xsl:attribute>
    <xsl:attribute name="border-after-width">0.4pt</xsl:attribute>
    <xsl:attribute name="border-after-color"><xsl:value-of select="$hair"/></xsl:attribute>
    <xsl:attribute name="text-align">start</xsl:attribute>
  </xsl:attribute-set>
  <xsl:attribute-set name="header-cell" use-attribute-sets="cell">
    <xsl:attribute name="background-color"><xsl:value-of select="$tint"/></xsl:attribute>
    <xsl:attribute name="border-before-style">solid</xsl:attribute>
    <xsl:attribute name="border-before-width">1pt</xsl:attribute>
    <xsl:attribute name="border-before-color"><xsl:value-of select="$green"/></xsl:attribute>
    <xsl:attribute name="font-weight">bold</xsl:attribute>
    <xsl:attribute name="display-align">after</xsl:attribute>
  </xsl:attribute-set>
  <!-- A row that heads a group of rows. -->
  <xsl:attribute-set name="group-cell" use-attribute-sets="cell">
    <xsl:attribute name="padding-before">6pt</xsl:attribute>
    <xsl:attribute name="border-after-color"><xsl:value-of select="$green"/></xsl:attribute>
    <xsl:attribute name="border-after-width">0.8pt</xsl:attribute>
  </xsl:attribute-set>
  <xsl:attribute-set name="code-cell" use-attribute-sets="cell">
    <xsl:attribute name="font-weight">bold</xsl:attribute>
    <xsl:attribute name="color"><xsl:value-of select="$green"/></xsl:attribute>
  </xsl:attribute-set>
  <!-- The second language inside a cell, a caption, an entry. -->
  <xsl:attribute-set name="second">
    <xsl:attribute name="color"><xsl:value-of select="$grey"/></xsl:attribute>
    <xsl:attribute name="font-weight">normal</xsl:attribute>
  </xsl:attribute-set>
  <!-- A field to fill in. -->
  <xsl:attribute-set name="blank">
    <xsl:attribute name="font-style">italic</xsl:attribute>
    <xsl:attribute name="font-size"><xsl:value-of select="$size * 0.74"/>pt</xsl:attribute>
    <xsl:attribute name="color"><xsl:value-of select="$grey"/></xsl:attribute>
    <xsl:attribute name="font-weight">normal</xsl:attribute>
  </xsl:attribute-set>

  <!-- Inlines -->
  <xsl:attribute-set name="link"><xsl:attribute name="color"><xsl:value-of select="$green"/></xsl:attribute></xsl:attribute-set>
  <xsl:attribute-set name="superior">
    <xsl:attribute name="font-size"><xsl:value-of select="$size * 0.68"/>pt</xsl:attribute>
    <xsl:attribute name="baseline-shift"><xsl:value-of select="$size * 0.33"/>pt</xsl:attribute>
    <xsl:attribute name="line-height">0</xsl:attribute>
    <xsl:attribute name="font-weight">normal</xsl:attribute>
    <xsl:attribute name="font-style">normal</xsl:attribute>
    <xsl:attribute name="color"><xsl:value-of select="$green"/></xsl:attribute>
  </xsl:attribute-set>
  <xsl:attribute-set name="footnote">
    <xsl:attribute name="font-family"><xsl:value-of select="$serif"/></xsl:attribute>
    <xsl:attribute name="font-size"><xsl:value-of select="$size * 0.82"/>pt</xsl:attribute>
    <xsl:attribute name="font-weight">normal</xsl:attribute>
    <xsl:attribute name="font-style">normal</xsl:attribute>
    <xsl:attribute name="line-height">1.35</xsl:attribute>
    <xsl:attribute name="color"><xsl:value-of select="$ink"/></xsl:attribute>
    <xsl:attribute name="text-align">start</xsl:attribute>
    <xsl:attribute name="text-indent">0pt</xsl:attribute>
    <xsl:attribute name="start-indent">0pt</xsl:attribute>
    <xsl:attribute name="end-indent">0pt</xsl:attribute>
    <xsl:attribute name="space-before">2pt</xsl:attribute>
  </xsl:attribute-set>

  <!-- Page furniture -->
  <xsl:attribute-set name="running">
    <xsl:attribute name="font-family"><xsl:value-of select="$sans"/></xsl:attribute>
    <xsl:attribute name="font-size"><xsl:value-of select="$size * 0.72"/>pt</xsl:attribute>
    <xsl:attribute name="line-height">1.4</xsl:attribute>
    <xsl:attribute name="color"><xsl:value-of select="$grey"/></xsl:attribute>
    <xsl:attribute name="hyphenate">false</xsl:attribute>
  </xsl:attribute-set>
  <xsl:attribute-set name="contents-1">
    <xsl:attribute name="font-family"><xsl:value-of select="$sans"/></xsl:attribute>
    <xsl:attribute name="font-size"><xsl:value-of select="$size * 0.92"/>pt</xsl:attribute>
    <xsl:attribute name="font-weight">bold</xsl:attribute>
    <xsl:attribute name="space-before"><xsl:value-of select="$size * 0.55"/>pt</xsl:attribute>
    <xsl:attribute name="keep-with-next.within-page">always</xsl:attribute>
  </xsl:attribute-set>
  <xsl:attribute-set name="contents-2">
    <xsl:attribute name="font-size"><xsl:value-of select="$size * 0.92"/>pt</xsl:attribute>
    <xsl:attribute name="start-indent"><xsl:value-of select="$size"/>pt</xsl:attribute>
  </xsl:attribute-set>
  <xsl:attribute-set name="contents-entry">
    <xsl:attribute name="text-align">start</xsl:attribute>
    <xsl:attribute name="text-align-last">justify</xsl:attribute>
    <xsl:attribute name="end-indent">16pt</xsl:attribute>
    <xsl:attribute name="last-line-end-indent">-16pt</xsl:attribute>
    <xsl:attribute name="hyphenate">false</xsl:attribute>
  </xsl:attribute-set>
</xsl:stylesheet>
