<?xml version="1.0" encoding="UTF-8"?>
<!-- Documents of a prescribed form: party documents (05-HD/VPTW, 36-HD/VPTW) and, with form="state", state ones (Nghị
     định 30/2020/NĐ-CP, Phụ lục I).  A kind imports common.xsl, then this, and says its code (NQ, KH ...).

     The document is the Vietnamese one.  Another language is a copy to read: it follows on pages of its own, says so, and
     its blocks name no component, for no rule holds for it.

     s:component names what a block is in the form, for the checker. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:fo="http://www.w3.org/1999/XSL/Format"
    xmlns:s="urn:sotay:fo"
    xmlns:e="urn:sotay:edition"
    xmlns:exsl="http://exslt.org/common"
    xmlns:str="http://exslt.org/strings"
    exclude-result-prefixes="e exsl str">

  <xsl:variable name="party" select="not($edition/@form = 'state')"/>
  <!-- The sign of the kind in the number, and the word of its name (words.xml); a kind sets both. -->
  <xsl:variable name="form-code"/>
  <xsl:variable name="form-name"/>

  <!-- Whether the edition is another kind's, of whose session this is the paper: its number is not ours. -->
  <xsl:variable name="from-kit" select="false()"/>

  <!-- Never side by side: a form has one language. -->
  <xsl:variable name="mode"><xsl:choose><xsl:when test="count($langs) &lt; 2">single</xsl:when><xsl:otherwise>sequential</xsl:otherwise></xsl:choose></xsl:variable>

  <!-- Sizes in points, within what the rules allow. -->
  <xsl:variable name="size">14</xsl:variable>
  <xsl:variable name="pitch"><xsl:value-of select="$edition/@line-pitch"/><xsl:if test="not($edition/@line-pitch)">18</xsl:if></xsl:variable>
  <!-- Lines of bold capitals: their marks never touch the line above. -->
  <xsl:variable name="cap-pitch" select="$pitch + ($pitch = 18)"/>
  <xsl:variable name="head-size"><xsl:choose><xsl:when test="$party">14</xsl:when><xsl:otherwise>12</xsl:otherwise></xsl:choose></xsl:variable>
  <xsl:variable name="head-pitch" select="$head-size * 1.36"/>
  <xsl:variable name="number-size"><xsl:choose><xsl:when test="$party">14</xsl:when><xsl:otherwise>13</xsl:otherwise></xsl:choose></xsl:variable>
  <xsl:variable name="kind-size"><xsl:choose><xsl:when test="$party">16</xsl:when><xsl:otherwise>14</xsl:otherwise></xsl:choose></xsl:variable>
  <xsl:variable name="left-width" select="70"/>
  <xsl:variable name="right-width" select="95"/>

  <xsl:variable name="ink">#000000</xsl:variable>
  <xsl:variable name="grey">#000000</xsl:variable>
  <xsl:variable name="green">#000000</xsl:variable>
  <xsl:variable name="red">#000000</xsl:variable>
  <xsl:variable name="hair">#000000</xsl:variable>
  <xsl:variable name="tint">#ffffff</xsl:variable>
  <xsl:variable name="sans">Liberation Serif</xsl:variable>

  <xsl:attribute-set name="root"><xsl:attribute name="line-height"><xsl:value-of select="$pitch"/>pt</xsl:attribute></xsl:attribute-set>
  <xsl:attribute-set name="before-block"><xsl:attribute name="space-before">6pt</xsl:attribute></xsl:attribute-set>
  <xsl:attribute-set name="paragraph">
    <xsl:attribute name="text-indent">10mm</xsl:attribute>
    <xsl:attribute name="text-align">justify</xsl:attribute>
  </xsl:attribute-set>
  <xsl:attribute-set name="form-heading">
    <xsl:attribute name="line-height"><xsl:value-of select="$cap-pitch"/>pt</xsl:attribute>
    <xsl:attribute name="font-weight">bold</xsl:attribute>
    <xsl:attribute name="space-before">6pt</xsl:attribute>
    <xsl:attribute name="keep-with-next.within-page">always</xsl:attribute>
    <xsl:attribute name="keep-together.within-page">always</xsl:attribute>
  </xsl:attribute-set>
  <xsl:attribute-set name="table">
    <xsl:attribute name="font-size">12pt</xsl:attribute>
    <xsl:attribute name="line-height">1.3</xsl:attribute>
    <xsl:attribute name="border-collapse">collapse</xsl:attribute>
    <xsl:attribute name="text-indent">0pt</xsl:attribute>
  </xsl:attribute-set>
  <xsl:attribute-set name="cell">
    <xsl:attribute name="border">0.5pt solid #000000</xsl:attribute>
  </xsl:attribute-set>
  <xsl:attribute-set name="header-cell">
    <xsl:attribute name="border">0.5pt solid #000000</xsl:attribute>
    <xsl:attribute name="text-align">center</xsl:attribute>
    <xsl:attribute name="display-align">center</xsl:attribute>
  </xsl:attribute-set>
  <xsl:attribute-set name="code-cell"><xsl:attribute name="font-weight">normal</xsl:attribute></xsl:attribute-set>
  <xsl:attribute-set name="blank">
    <xsl:attribute name="font-size">11pt</xsl:attribute>
  </xsl:attribute-set>
  <xsl:attribute-set name="footnote">
    <xsl:attribute name="font-size">11pt</xsl:attribute>
    <xsl:attribute name="text-align">justify</xsl:attribute>
  </xsl:attribute-set>

  <!-- The page: margins 20, 20, 30 and 15 mm; its number in the middle of the margin above, from page 2. -->
  <xsl:template name="masters">
    <xsl:call-template name="form-master"><xsl:with-param name="name" select="'first'"/><xsl:with-param name="header" select="'no-header'"/></xsl:call-template>
    <xsl:call-template name="form-master"><xsl:with-param name="name" select="'rest'"/><xsl:with-param name="header" select="'header'"/></xsl:call-template>
    <fo:page-sequence-master master-name="text">
      <fo:repeatable-page-master-alternatives>
        <fo:conditional-page-master-reference page-position="first" master-reference="first"/>
        <fo:conditional-page-master-reference page-position="any" master-reference="rest"/>
      </fo:repeatable-page-master-alternatives>
    </fo:page-sequence-master>
  </xsl:template>

  <xsl:template name="form-master">
    <xsl:param name="name"/>
    <xsl:param name="header"/>
    <fo:simple-page-master master-name="{$name}" page-width="210mm" page-height="297mm" margin-left="30mm" margin-right="15mm">
      <fo:region-body margin-top="20mm" margin-bottom="20mm"/>
      <fo:region-before region-name="{$header}" extent="20mm" display-align="center"/>
    </fo:simple-page-master>
  </xsl:template>

  <xsl:template name="sequence">
    <xsl:param name="id"/>
    <xsl:param name="in"/>
    <xsl:variable name="lang" select="string($in[1])"/>
    <fo:page-sequence master-reference="text" id="{$id}" initial-page-number="1" force-page-count="no-force">
      <xsl:call-template name="language"><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
      <fo:static-content flow-name="header" role="artifact">
        <fo:block text-align="center">
          <xsl:call-template name="component"><xsl:with-param name="name" select="'page-number'"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
          <fo:page-number/>
        </fo:block>
      </fo:static-content>
      <fo:static-content flow-name="xsl-footnote-separator" role="artifact">
        <fo:block line-height="4pt" font-size="4pt" space-after="2pt"><fo:leader leader-pattern="rule" leader-length="50mm" rule-thickness="0.5pt"/></fo:block>
      </fo:static-content>
      <fo:flow flow-name="xsl-region-body">
        <xsl:call-template name="form-head"><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
        <xsl:call-template name="form-body"><xsl:with-param name="in" select="$in"/></xsl:call-template>
        <xsl:call-template name="form-end"><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
      </fo:flow>
    </fo:page-sequence>
  </xsl:template>

  <xsl:template name="form-body">
    <xsl:param name="in"/>
    <xsl:call-template name="grounds"><xsl:with-param name="lang" select="string($in[1])"/></xsl:call-template>
    <xsl:apply-templates select="e:body/*" mode="flow"><xsl:with-param name="in" select="$in"/></xsl:apply-templates>
  </xsl:template>

  <!-- ==== words ==== -->

  <!-- What a block is in the form. -->
  <xsl:template name="component">
    <xsl:param name="name"/>
    <xsl:param name="lang"/>
    <xsl:if test="$lang = 'vi' and $name != ''"><xsl:attribute name="s:component"><xsl:value-of select="$name"/></xsl:attribute></xsl:if>
  </xsl:template>

  <!-- Capitals; the letters of Vietnamese in NFC. -->
  <xsl:variable name="small">aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệfghiìíỉĩịjklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvwxyỳýỷỹỵz</xsl:variable>
  <xsl:variable name="capital">AÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬBCDĐEÈÉẺẼẸÊỀẾỂỄỆFGHIÌÍỈĨỊJKLMNOÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢPQRSTUÙÚỦŨỤƯỪỨỬỮỰVWXYỲÝỶỸỴZ</xsl:variable>
  <xsl:template name="upper">
    <xsl:param name="text"/>
    <xsl:value-of select="translate($text, $small, $capital)"/>
  </xsl:template>

  <!-- The form's own words and the names of bodies and posts as the policy of `spelling` writes them: oà for òa,
       uỷ for ủy, or the other way round; at the end of a syllable alone are both ways right. -->
  <xsl:variable name="spelling" select="str:tokenize($edition/@spelling)"/>
  <xsl:variable name="marks">
    <xsl:for-each select="str:tokenize('òa:oà óa:oá ỏa:oả õa:oã ọa:oạ òe:oè óe:oé ỏe:oẻ õe:oẽ ọe:oẹ')">
      <m old="{substring-before(., ':')}" new="{substring-after(., ':')}" use="{count($spelling[. = 'oà']) - count($spelling[. = 'òa'])}"/>
    </xsl:for-each>
    <xsl:for-each select="str:tokenize('ùy:uỳ úy:uý ủy:uỷ ũy:uỹ ụy:uỵ')">
      <m old="{substring-before(., ':')}" new="{substring-after(., ':')}" use="{count($spelling[. = 'uỷ']) - count($spelling[. = 'ủy'])}"/>
    </xsl:for-each>
  </xsl:variable>
  <xsl:variable name="spell-pairs">
    <xsl:for-each select="exsl:node-set($marks)/m[@use != 0]">
      <xsl:variable name="m" select="."/>
      <xsl:for-each select="str:tokenize(' |,|.|;|:|)|”', '|')">
        <xsl:variable name="from"><xsl:choose><xsl:when test="$m/@use > 0"><xsl:value-of select="$m/@old"/></xsl:when><xsl:otherwise><xsl:value-of select="$m/@new"/></xsl:otherwise></xsl:choose></xsl:variable>
        <xsl:variable name="to"><xsl:choose><xsl:when test="$m/@use > 0"><xsl:value-of select="$m/@new"/></xsl:when><xsl:otherwise><xsl:value-of select="$m/@old"/></xsl:otherwise></xsl:choose></xsl:variable>
        <from><xsl:value-of select="concat($from, .)"/></from><to><xsl:value-of select="concat($to, .)"/></to>
        <from><xsl:value-of select="concat(translate($from, $small, $capital), .)"/></from><to><xsl:value-of select="concat(translate($to, $small, $capital), .)"/></to>
      </xsl:for-each>
    </xsl:for-each>
  </xsl:variable>
  <xsl:variable name="spell-from" select="exsl:node-set($spell-pairs)/from"/>
  <xsl:variable name="spell-to" select="exsl:node-set($spell-pairs)/to"/>
  <xsl:template name="spell">
    <xsl:param name="text"/>
    <xsl:choose>
      <xsl:when test="$spell-from and $text != ''">
        <xsl:variable name="spelt" select="str:replace(concat($text, ' '), $spell-from, $spell-to)"/>
        <xsl:value-of select="substring($spelt, 1, string-length($spelt) - 1)"/>
      </xsl:when>
      <xsl:otherwise><xsl:value-of select="$text"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- A name that is the same in all languages unless one says otherwise. -->
  <xsl:template name="field-of-any">
    <xsl:param name="name"/>
    <xsl:param name="lang"/>
    <xsl:variable name="own"><xsl:call-template name="field"><xsl:with-param name="name" select="$name"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template></xsl:variable>
    <xsl:value-of select="$own"/>
    <xsl:if test="$own = ''"><xsl:value-of select="$edition/e:meta/e:field[@name = $name][1]"/></xsl:if>
  </xsl:template>

  <!-- A word of the form. -->
  <xsl:template name="form-word">
    <xsl:param name="id"/>
    <xsl:param name="lang"/>
    <xsl:call-template name="spell"><xsl:with-param name="text"><xsl:call-template name="word"><xsl:with-param name="id" select="$id"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template></xsl:with-param></xsl:call-template>
  </xsl:template>

  <!-- What meta says of something in a language: a field, an element's l. -->
  <xsl:template name="said">
    <xsl:param name="of"/>
    <xsl:param name="lang"/>
    <xsl:variable name="all" select="$of/e:l"/>
    <xsl:call-template name="bind"><xsl:with-param name="text" select="normalize-space(($all[@xml:lang = $lang] | $all[not(@xml:lang)])[1])"/></xsl:call-template>
  </xsl:template>

  <!-- A place to fill in, in text: dots. -->
  <xsl:variable name="dots">……………</xsl:variable>

  <!-- The width of bold text in thousandths of its size, near enough for a rule under it (advances of Liberation Serif). -->
  <xsl:variable name="advances">
    <a w="250"> ,.</a><a w="278">ijlì</a><a w="333">ft-I</a><a w="389">s</a><a w="444">cerz</a><a w="500">agovxykq0123456789</a><a w="556">bdđhnupươSJ</a>
    <a w="611">FP</a><a w="667">BELTZ</a><a w="722">ACDĐNRUƯVXYw</a><a w="778">GHKOƠQ</a><a w="833">m</a><a w="944">MW</a><a w="1000">…</a>
  </xsl:variable>
  <xsl:variable name="marked">àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘỜỚỞỠỢÙÚỦŨỤỪỨỬỮỰỲÝỶỸỴ</xsl:variable>
  <xsl:variable name="unmarked">aaaaaaaaaaaaaaaaaeeeeeeeeeeeiiiiiooooooooooooooooouuuuuuuuuuyyyyyAAAAAAAAAAAAAAAAAEEEEEEEEEEEIIIIIOOOOOOOOOOOOOOOOUUUUUUUUUUYYYYY</xsl:variable>
  <xsl:template name="text-width">
    <xsl:param name="text"/>
    <xsl:variable name="plain" select="translate($text, $marked, $unmarked)"/>
    <xsl:variable name="parts">
      <xsl:for-each select="exsl:node-set($advances)/a">
        <p><xsl:value-of select="@w * (string-length($plain) - string-length(translate($plain, ., '')))"/></p>
      </xsl:for-each>
    </xsl:variable>
    <xsl:value-of select="sum(exsl:node-set($parts)/p)"/>
  </xsl:template>

  <!-- A rule of about 2/5 of the line above it; `room` in millimetres. -->
  <xsl:template name="short-rule">
    <xsl:param name="text"/>
    <xsl:param name="size"/>
    <xsl:param name="room"/>
    <xsl:variable name="thousandths"><xsl:call-template name="text-width"><xsl:with-param name="text" select="$text"/></xsl:call-template></xsl:variable>
    <xsl:variable name="width" select="$thousandths * $size div 1000"/>
    <xsl:variable name="lines" select="ceiling($width div ($room * 2.8346 * 0.95))"/>
    <fo:leader leader-pattern="rule" rule-thickness="0.75pt" leader-length="{format-number($width div $lines * 0.42, '0.0')}pt"/>
  </xsl:template>

  <!-- ==== the head ==== -->

  <xsl:template name="form-head">
    <xsl:param name="lang"/>
    <xsl:if test="$lang != 'vi' and $edition/@languages != $lang and contains(concat(' ', $edition/@languages, ' '), ' vi ')">
      <fo:block font-style="italic" font-size="12pt" text-align="center" space-after="6pt"><xsl:call-template name="form-word"><xsl:with-param name="id" select="'reading-copy'"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template></fo:block>
    </xsl:if>
    <!-- That it is no document of the body's own: a specimen, a reproduction. -->
    <xsl:variable name="note"><xsl:call-template name="field"><xsl:with-param name="name" select="'note'"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template></xsl:variable>
    <xsl:if test="$note != ''"><fo:block font-style="italic" font-size="11pt" line-height="14pt" text-align="center" space-after="6pt"><xsl:value-of select="$note"/></fo:block></xsl:if>
    <fo:table table-layout="fixed" width="100%" role="NonStruct" text-align="center">
      <fo:table-column column-width="{$left-width}mm"/>
      <fo:table-column column-width="{$right-width}mm"/>
      <fo:table-body role="NonStruct">
        <fo:table-row role="NonStruct">
          <fo:table-cell role="Div" padding-end="2mm"><xsl:call-template name="bodies"><xsl:with-param name="lang" select="$lang"/></xsl:call-template></fo:table-cell>
          <fo:table-cell role="Div"><xsl:call-template name="mottoes"><xsl:with-param name="lang" select="$lang"/></xsl:call-template></fo:table-cell>
        </fo:table-row>
        <fo:table-row role="NonStruct">
          <fo:table-cell role="Div" padding-before="3pt">
            <fo:block font-size="{$number-size}pt">
              <xsl:call-template name="component"><xsl:with-param name="name" select="'number'"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
              <xsl:call-template name="form-number"><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
            </fo:block>
          </fo:table-cell>
          <fo:table-cell role="Div" padding-before="3pt">
            <fo:block font-size="{$number-size}pt" font-style="italic">
              <xsl:call-template name="component"><xsl:with-param name="name" select="'place-date'"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
              <xsl:call-template name="place-date"><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
            </fo:block>
          </fo:table-cell>
        </fo:table-row>
      </fo:table-body>
    </fo:table>
    <xsl:call-template name="boxes"><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
    <xsl:call-template name="kind-and-subject"><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
  </xsl:template>

  <!-- A body's name in capitals. -->
  <xsl:template name="body-name">
    <xsl:param name="name"/>
    <xsl:param name="lang"/>
    <xsl:variable name="text"><xsl:call-template name="field"><xsl:with-param name="name" select="$name"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template></xsl:variable>
    <xsl:call-template name="upper"><xsl:with-param name="text"><xsl:call-template name="spell"><xsl:with-param name="text" select="string($text)"/></xsl:call-template></xsl:with-param></xsl:call-template>
  </xsl:template>
  <xsl:template name="parent-body">
    <xsl:param name="lang"/>
    <xsl:call-template name="body-name"><xsl:with-param name="name" select="'parent'"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
  </xsl:template>
  <xsl:template name="issuing-body">
    <xsl:param name="lang"/>
    <xsl:call-template name="body-name"><xsl:with-param name="name" select="'organisation'"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
  </xsl:template>

  <xsl:template name="bodies">
    <xsl:param name="lang"/>
    <xsl:variable name="parent"><xsl:call-template name="parent-body"><xsl:with-param name="lang" select="$lang"/></xsl:call-template></xsl:variable>
    <xsl:if test="$parent != ''">
      <fo:block font-size="{$head-size}pt" line-height="{$head-pitch}pt">
        <xsl:call-template name="component"><xsl:with-param name="name" select="'parent-body'"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
        <xsl:value-of select="$parent"/>
      </fo:block>
    </xsl:if>
    <xsl:variable name="known"><xsl:call-template name="issuing-body"><xsl:with-param name="lang" select="$lang"/></xsl:call-template></xsl:variable>
    <xsl:variable name="issuing"><xsl:value-of select="$known"/><xsl:if test="$known = ''"><xsl:value-of select="$dots"/></xsl:if></xsl:variable>
    <fo:block font-size="{$head-size}pt" font-weight="bold" line-height="{$head-pitch}pt">
      <xsl:call-template name="component"><xsl:with-param name="name" select="'issuing-body'"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
      <xsl:value-of select="$issuing"/>
    </fo:block>
    <xsl:choose>
      <xsl:when test="$party">
        <fo:block font-size="{$head-size}pt">
          <xsl:call-template name="component"><xsl:with-param name="name" select="'star'"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
          <xsl:text>*</xsl:text>
        </fo:block>
      </xsl:when>
      <xsl:otherwise>
        <fo:block line-height="4pt" font-size="4pt" role="artifact">
          <xsl:call-template name="short-rule"><xsl:with-param name="text" select="concat($issuing, substring($dots, 1, 99 * ($issuing = '')))"/><xsl:with-param name="size" select="$head-size"/><xsl:with-param name="room" select="$left-width - 2"/></xsl:call-template>
        </fo:block>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- The party's name, or the state's and its motto, on a rule as long as the text. -->
  <xsl:template name="mottoes">
    <xsl:param name="lang"/>
    <xsl:choose>
      <xsl:when test="$party">
        <fo:block font-size="15pt" font-weight="bold" line-height="21pt">
          <xsl:call-template name="component"><xsl:with-param name="name" select="'party-heading'"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
          <fo:inline border-after-style="solid" border-after-width="0.75pt" padding-after="1pt"><xsl:call-template name="form-word"><xsl:with-param name="id" select="'party'"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template></fo:inline>
        </fo:block>
      </xsl:when>
      <xsl:otherwise>
        <fo:block font-size="{$head-size}pt" font-weight="bold" line-height="{$head-pitch}pt">
          <xsl:call-template name="component"><xsl:with-param name="name" select="'national-heading'"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
          <xsl:call-template name="form-word"><xsl:with-param name="id" select="'state'"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
        </fo:block>
        <fo:block font-size="13pt" font-weight="bold" line-height="18pt">
          <xsl:call-template name="component"><xsl:with-param name="name" select="'motto'"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
          <fo:inline border-after-style="solid" border-after-width="0.75pt" padding-after="1pt"><xsl:call-template name="form-word"><xsl:with-param name="id" select="'motto'"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template></fo:inline>
        </fo:block>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- Số 05-NQ/ĐU, Số: 05/NQ-UBND.  A number that is more than figures stands as written. -->
  <xsl:template name="form-number">
    <xsl:param name="lang"/>
    <xsl:variable name="own" select="string($edition[not($from-kit)]/@number)"/>
    <xsl:variable name="abbreviation"><xsl:if test="not($from-kit)"><xsl:call-template name="field-of-any"><xsl:with-param name="name" select="'abbreviation'"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template></xsl:if></xsl:variable>
    <xsl:call-template name="form-word"><xsl:with-param name="id" select="'number'"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
    <xsl:if test="not($party) and $lang = 'vi'">:</xsl:if>
    <xsl:text>&#160;</xsl:text>
    <xsl:choose>
      <xsl:when test="translate($own, '0123456789', '') != ''"><xsl:value-of select="$own"/></xsl:when>
      <xsl:otherwise>
        <xsl:if test="$own != ''"><xsl:value-of select="format-number($own, '00')"/></xsl:if>
        <xsl:if test="$own = ''"><xsl:text>……</xsl:text></xsl:if>
        <xsl:value-of select="substring('-/', 1 + not($party), 1)"/>
        <xsl:value-of select="$form-code"/>
        <xsl:value-of select="substring('/-', 1 + not($party), 1)"/>
        <xsl:value-of select="$abbreviation"/>
        <xsl:if test="$abbreviation = ''"><xsl:text>……</xsl:text></xsl:if>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="place-date">
    <xsl:param name="lang"/>
    <xsl:variable name="place"><xsl:call-template name="field-of-any"><xsl:with-param name="name" select="'place'"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template></xsl:variable>
    <xsl:value-of select="$place"/>
    <xsl:if test="$place = ''"><xsl:value-of select="$dots"/></xsl:if>
    <xsl:text>, </xsl:text>
    <xsl:choose>
      <xsl:when test="$date != ''"><xsl:call-template name="date"><xsl:with-param name="lang" select="$lang"/></xsl:call-template></xsl:when>
      <xsl:otherwise><xsl:call-template name="form-word"><xsl:with-param name="id" select="'blank-date'"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- Boxes under the number (that of urgency is as wide as the rule says, others as their text asks for): how urgent it is, who may see it. -->
  <xsl:template name="boxes">
    <xsl:param name="lang"/>
    <xsl:if test="$edition/@urgency">
      <xsl:call-template name="form-box">
        <xsl:with-param name="component" select="'urgency'"/><xsl:with-param name="lang" select="$lang"/>
        <xsl:with-param name="width" select="30 * ($edition/@urgency = 'hoa-toc') + 40 * ($edition/@urgency = 'thuong-khan') + 20 * ($edition/@urgency = 'khan')"/>
        <xsl:with-param name="text"><xsl:call-template name="form-word"><xsl:with-param name="id" select="$edition/@urgency"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template></xsl:with-param>
      </xsl:call-template>
    </xsl:if>
    <xsl:variable name="class"><xsl:call-template name="field"><xsl:with-param name="name" select="'class'"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template></xsl:variable>
    <xsl:if test="$class != ''">
      <xsl:call-template name="form-box">
        <xsl:with-param name="component" select="'restriction'"/><xsl:with-param name="lang" select="$lang"/><xsl:with-param name="width" select="0"/>
        <xsl:with-param name="text"><xsl:call-template name="upper"><xsl:with-param name="text" select="string($class)"/></xsl:call-template></xsl:with-param>
      </xsl:call-template>
    </xsl:if>
  </xsl:template>

  <xsl:template name="form-box">
    <xsl:param name="component"/>
    <xsl:param name="lang"/>
    <xsl:param name="width"/>
    <xsl:param name="text"/>
    <xsl:variable name="thousandths"><xsl:call-template name="text-width"><xsl:with-param name="text" select="string($text)"/></xsl:call-template></xsl:variable>
    <xsl:variable name="own" select="ceiling($thousandths * 13 div 1000 div 2.8346) + 5"/>
    <xsl:variable name="wide" select="$width + ($own - $width) * ($width = 0 or ($lang != 'vi' and $own > $width))"/>
    <fo:block-container width="{$wide}mm - 1.5pt" height="8mm - 1.5pt" border="0.75pt solid #000000" display-align="center" space-before="6pt"
        start-indent="{($left-width - $wide) div 2}mm + 0.75pt">
      <xsl:call-template name="component"><xsl:with-param name="name" select="$component"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
      <fo:block start-indent="0mm" text-align="center" font-size="13pt" font-weight="bold" line-height="19pt"><xsl:value-of select="$text"/></fo:block>
    </fo:block-container>
  </xsl:template>

  <xsl:template name="kind-and-subject">
    <xsl:param name="lang"/>
    <fo:block role="H1" font-size="{$kind-size}pt" line-height="{$kind-size * 1.4}pt" font-weight="bold" text-align="center" space-before="18pt" keep-with-next.within-page="always">
      <xsl:call-template name="component"><xsl:with-param name="name" select="'kind'"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
      <xsl:call-template name="upper"><xsl:with-param name="text"><xsl:call-template name="form-word"><xsl:with-param name="id" select="$form-name"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template></xsl:with-param></xsl:call-template>
    </fo:block>
    <xsl:variable name="subject"><xsl:call-template name="subject"><xsl:with-param name="lang" select="$lang"/></xsl:call-template></xsl:variable>
    <fo:block font-weight="bold" text-align="center" start-indent="10mm" end-indent="10mm" keep-with-next.within-page="always">
      <xsl:call-template name="component"><xsl:with-param name="name" select="'subject'"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
      <xsl:value-of select="$subject"/>
    </fo:block>
    <fo:block text-align="center" role="artifact" space-after="6pt">
      <xsl:call-template name="component"><xsl:with-param name="name" select="'subject-rule'"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
      <xsl:choose>
        <xsl:when test="$party">-----</xsl:when>
        <xsl:otherwise>
          <xsl:attribute name="line-height">6pt</xsl:attribute><xsl:attribute name="font-size">6pt</xsl:attribute>
          <xsl:call-template name="short-rule"><xsl:with-param name="text" select="string($subject)"/><xsl:with-param name="size" select="$size"/><xsl:with-param name="room" select="145"/></xsl:call-template>
        </xsl:otherwise>
      </xsl:choose>
    </fo:block>
  </xsl:template>

  <!-- The trích yếu: `subject`, else the title. -->
  <xsl:template name="subject">
    <xsl:param name="lang"/>
    <xsl:variable name="own"><xsl:call-template name="field"><xsl:with-param name="name" select="'subject'"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template></xsl:variable>
    <xsl:choose>
      <xsl:when test="$own != ''"><xsl:value-of select="$own"/></xsl:when>
      <xsl:otherwise><xsl:call-template name="field"><xsl:with-param name="name" select="'title'"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- ==== the text ==== -->

  <!-- A list of the form: items that begin like paragraphs. -->
  <xsl:template name="form-item">
    <xsl:param name="label"/>
    <xsl:param name="content"/>
    <fo:inline role="Lbl"><xsl:value-of select="concat($label, ' ')"/></fo:inline>
    <fo:inline role="LBody"><xsl:copy-of select="$content"/></fo:inline>
  </xsl:template>

  <!-- Text without the mark at its end, with this one. -->
  <xsl:template name="ended">
    <xsl:param name="text"/>
    <xsl:param name="mark"/>
    <xsl:variable name="last" select="substring($text, string-length($text))"/>
    <xsl:choose>
      <xsl:when test="$last != '' and contains(';,.', $last)"><xsl:value-of select="substring($text, 1, string-length($text) - 1)"/></xsl:when>
      <xsl:otherwise><xsl:value-of select="$text"/></xsl:otherwise>
    </xsl:choose>
    <xsl:value-of select="$mark"/>
  </xsl:template>

  <!-- Text without a dash at its beginning. -->
  <xsl:template name="undashed">
    <xsl:param name="text"/>
    <xsl:choose>
      <xsl:when test="starts-with($text, '- ') or starts-with($text, '– ')"><xsl:value-of select="substring($text, 3)"/></xsl:when>
      <xsl:otherwise><xsl:value-of select="$text"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- A ground, a recipient: each ends in a semicolon, the last in a full stop. -->
  <xsl:template name="listed">
    <xsl:param name="lang"/>
    <xsl:param name="last"/>
    <xsl:variable name="text"><xsl:call-template name="said"><xsl:with-param name="of" select="."/><xsl:with-param name="lang" select="$lang"/></xsl:call-template></xsl:variable>
    <xsl:call-template name="ended">
      <xsl:with-param name="text"><xsl:call-template name="undashed"><xsl:with-param name="text" select="string($text)"/></xsl:call-template></xsl:with-param>
      <xsl:with-param name="mark" select="substring(';.', 1 + $last, 1)"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template name="grounds">
    <xsl:param name="lang"/>
    <xsl:variable name="all" select="$edition/e:meta/e:grounds/e:item[e:l[@xml:lang = $lang or not(@xml:lang)]]"/>
    <xsl:if test="$all">
      <fo:block role="L">
        <xsl:for-each select="$all">
          <fo:block xsl:use-attribute-sets="before-block paragraph" role="LI">
            <xsl:if test="not($party)"><xsl:attribute name="font-style">italic</xsl:attribute></xsl:if>
            <xsl:call-template name="component"><xsl:with-param name="name" select="'ground'"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
            <xsl:call-template name="place"/>
            <xsl:if test="$party"><fo:inline role="Lbl">-<xsl:text> </xsl:text></fo:inline></xsl:if>
            <fo:inline role="LBody"><xsl:call-template name="listed"><xsl:with-param name="lang" select="$lang"/><xsl:with-param name="last" select="position() = last()"/></xsl:call-template></fo:inline>
          </fo:block>
        </xsl:for-each>
      </fo:block>
    </xsl:if>
  </xsl:template>

  <!-- Headings.  numbering: "headings" I- 1. a), "articles" Chương, Mục, Điều, "none". -->
  <xsl:variable name="kind-numbering">headings</xsl:variable>
  <xsl:variable name="numbering"><xsl:value-of select="$edition/@numbering"/><xsl:if test="not($edition/@numbering)"><xsl:value-of select="$kind-numbering"/></xsl:if></xsl:variable>
  <!-- Points are counted by the alphabet: that of Vietnamese has đ and neither f, j, w nor z. -->
  <xsl:template name="letter">
    <xsl:param name="nr"/>
    <xsl:param name="lang" select="'vi'"/>
    <xsl:variable name="letters" select="substring('abcdđeghiklmnopqrstuvxy  abcdefghijklmnopqrstuvwxyz', 1 + 25 * ($lang != 'vi'), 23 + 3 * ($lang != 'vi'))"/>
    <xsl:variable name="n" select="string-length($letters)"/>
    <xsl:if test="$nr > $n"><xsl:call-template name="letter"><xsl:with-param name="nr" select="floor(($nr - 1) div $n)"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template></xsl:if>
    <xsl:value-of select="substring($letters, ($nr - 1) mod $n + 1, 1)"/>
  </xsl:template>

  <!-- What a section is: chapter, section, article, clause or point. -->
  <xsl:template name="rank">
    <xsl:variable name="depth" select="count(ancestor-or-self::e:section)"/>
    <xsl:choose>
      <xsl:when test="$numbering = 'none'"/>
      <xsl:when test="$numbering = 'articles'">
        <xsl:choose>
          <xsl:when test="not(e:section)">article</xsl:when>
          <xsl:when test="$depth = 1">chapter</xsl:when>
          <xsl:otherwise>section</xsl:otherwise>
        </xsl:choose>
      </xsl:when>
      <xsl:when test="$depth = 1">section</xsl:when>
      <xsl:when test="$depth = 2">clause</xsl:when>
      <xsl:when test="$depth = 3">point</xsl:when>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="heading-label">
    <xsl:param name="rank"/>
    <xsl:param name="lang"/>
    <!-- chapters and sections are counted among their like: articles may stand before them -->
    <xsl:variable name="nr" select="count(preceding-sibling::e:section[$numbering != 'articles' or e:section]) + 1"/>
    <xsl:choose>
      <xsl:when test="$numbering = 'articles'">
        <xsl:call-template name="form-word"><xsl:with-param name="id" select="concat('form-', $rank)"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
        <xsl:text>&#160;</xsl:text>
        <xsl:choose>
          <xsl:when test="$rank = 'chapter'"><xsl:number value="$nr" format="I"/></xsl:when>
          <xsl:when test="$rank = 'article'"><xsl:value-of select="count(preceding::e:section[not(e:section)]) + 1"/>.</xsl:when>
          <xsl:otherwise><xsl:value-of select="$nr"/></xsl:otherwise>
        </xsl:choose>
      </xsl:when>
      <xsl:when test="$rank = 'section'"><xsl:number value="$nr" format="I"/><xsl:value-of select="substring('-.', 1 + not($party), 1)"/></xsl:when>
      <xsl:when test="$rank = 'clause'"><xsl:value-of select="$nr"/>.</xsl:when>
      <xsl:when test="$rank = 'point'"><xsl:call-template name="letter"><xsl:with-param name="nr" select="$nr"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>)</xsl:when>
    </xsl:choose>
  </xsl:template>

  <!-- An article whose heading is only its word has no title: its text begins on the same line. -->
  <xsl:template name="is-untitled">
    <xsl:param name="lang"/>
    <xsl:param name="rank"/>
    <xsl:variable name="word"><xsl:call-template name="word"><xsl:with-param name="id" select="'form-article'"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template></xsl:variable>
    <xsl:if test="$rank = 'article' and normalize-space(e:unit[1]/e:v[@xml:lang = $lang]) = $word and e:unit[2]/e:v[@xml:lang = $lang]/e:p">yes</xsl:if>
  </xsl:template>

  <xsl:template match="e:section" mode="flow">
    <xsl:param name="in"/>
    <xsl:variable name="lang" select="string($in[1])"/>
    <xsl:variable name="rank"><xsl:call-template name="rank"/></xsl:variable>
    <xsl:variable name="untitled"><xsl:call-template name="is-untitled"><xsl:with-param name="lang" select="$lang"/><xsl:with-param name="rank" select="string($rank)"/></xsl:call-template></xsl:variable>
    <xsl:choose>
      <xsl:when test="$untitled != ''">
        <xsl:variable name="label"><xsl:call-template name="heading-label"><xsl:with-param name="rank" select="string($rank)"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template></xsl:variable>
        <xsl:for-each select="e:unit[2]/e:v[@xml:lang = $lang]/e:p">
          <fo:block xsl:use-attribute-sets="before-block paragraph">
            <xsl:call-template name="section-id"><xsl:with-param name="in" select="$in"/></xsl:call-template>
            <xsl:call-template name="place"/>
            <fo:inline font-weight="bold">
              <xsl:call-template name="component"><xsl:with-param name="name" select="'article'"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
              <xsl:value-of select="$label"/>
            </fo:inline>
            <xsl:text> </xsl:text><xsl:apply-templates/>
          </fo:block>
        </xsl:for-each>
        <xsl:apply-templates select="*[position() > 2]" mode="flow"><xsl:with-param name="in" select="$in"/></xsl:apply-templates>
      </xsl:when>
      <xsl:otherwise>
        <xsl:if test="e:unit[1]/e:v[@xml:lang = $lang]">
          <xsl:call-template name="form-heading"><xsl:with-param name="in" select="$in"/><xsl:with-param name="rank" select="string($rank)"/></xsl:call-template>
        </xsl:if>
        <xsl:apply-templates select="*[position() > 1]" mode="flow"><xsl:with-param name="in" select="$in"/></xsl:apply-templates>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="section-id">
    <xsl:param name="in"/>
    <xsl:attribute name="id"><xsl:call-template name="id"><xsl:with-param name="id" select="ancestor-or-self::e:section[1]/@id"/><xsl:with-param name="in" select="$in"/></xsl:call-template></xsl:attribute>
  </xsl:template>

  <xsl:template name="form-heading">
    <xsl:param name="in"/>
    <xsl:param name="rank"/>
    <xsl:variable name="lang" select="string($in[1])"/>
    <xsl:variable name="depth" select="count(ancestor-or-self::e:section)"/>
    <xsl:variable name="v" select="e:unit[1]/e:v[@xml:lang = $lang]"/>
    <xsl:variable name="label"><xsl:call-template name="heading-label"><xsl:with-param name="rank" select="$rank"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template></xsl:variable>
    <fo:block xsl:use-attribute-sets="form-heading" role="H{($depth &lt; 5) * ($depth + 1) + ($depth > 4) * 6}">
      <xsl:call-template name="section-id"><xsl:with-param name="in" select="$in"/></xsl:call-template>
      <xsl:call-template name="component"><xsl:with-param name="name" select="$rank"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
      <xsl:call-template name="place"><xsl:with-param name="node" select="$v"/></xsl:call-template>
      <xsl:choose>
        <!-- Chapters and their sections: the number, and under it the title in capitals. -->
        <xsl:when test="$numbering = 'articles' and $rank != 'article'">
          <xsl:attribute name="text-align">center</xsl:attribute>
          <xsl:value-of select="$label"/><fo:block role="NonStruct"><xsl:call-template name="upper"><xsl:with-param name="text"><xsl:apply-templates select="$v" mode="plain"/></xsl:with-param></xsl:call-template></fo:block>
        </xsl:when>
        <xsl:otherwise>
          <xsl:attribute name="text-indent">10mm</xsl:attribute>
          <xsl:attribute name="text-align">justify</xsl:attribute>
          <xsl:if test="$rank = 'point'"><xsl:attribute name="font-weight">normal</xsl:attribute></xsl:if>
          <xsl:if test="$label != ''"><xsl:value-of select="$label"/><xsl:text> </xsl:text></xsl:if>
          <xsl:choose>
            <xsl:when test="$depth = 1 and $numbering = 'headings'"><xsl:call-template name="upper"><xsl:with-param name="text"><xsl:apply-templates select="$v" mode="plain"/></xsl:with-param></xsl:call-template></xsl:when>
            <xsl:otherwise><xsl:apply-templates select="$v/node()"/></xsl:otherwise>
          </xsl:choose>
        </xsl:otherwise>
      </xsl:choose>
    </fo:block>
  </xsl:template>

  <!-- Paragraphs. -->
  <xsl:template match="e:p">
    <fo:block xsl:use-attribute-sets="paragraph">
      <xsl:if test="preceding-sibling::*"><xsl:attribute name="space-before">6pt</xsl:attribute></xsl:if>
      <xsl:call-template name="component"><xsl:with-param name="name" select="'body'"/><xsl:with-param name="lang" select="string(ancestor::e:v[1]/@xml:lang)"/></xsl:call-template>
      <xsl:call-template name="own-id"/>
      <xsl:call-template name="place"/>
      <xsl:apply-templates/>
    </fo:block>
  </xsl:template>

  <xsl:template match="e:note/e:p">
    <fo:block><xsl:call-template name="place"/><xsl:apply-templates/></fo:block>
  </xsl:template>

  <!-- QUYẾT NGHỊ: a paragraph that is all strong stands in the middle. -->
  <xsl:template match="e:v/e:p[count(*) = 1 and e:strong and normalize-space(text()) = '']" priority="1">
    <fo:block text-align="center" font-weight="bold" line-height="{$cap-pitch}pt" keep-with-next.within-page="always">
      <xsl:call-template name="place"/>
      <xsl:apply-templates select="e:strong/node()"/>
    </fo:block>
  </xsl:template>

  <xsl:template match="e:quote"><xsl:apply-templates/></xsl:template>

  <!-- Lists: their lines go back to the margin, and they count on from the headings: under I- and in an article come 1. 2.,
       under 1. come a) b), under a) dashes.  1) 2) are always a) b). -->
  <xsl:template match="e:ul | e:ol">
    <fo:block role="L">
      <xsl:call-template name="own-id"/>
      <xsl:call-template name="place"/>
      <xsl:for-each select="e:li">
        <fo:block role="LI">
          <xsl:if test="position() > 1 or ../preceding-sibling::*"><xsl:attribute name="space-before">6pt</xsl:attribute></xsl:if>
          <xsl:call-template name="own-id"/>
          <xsl:call-template name="place"/>
          <xsl:apply-templates select="."/>
        </fo:block>
      </xsl:for-each>
    </fo:block>
  </xsl:template>

  <xsl:template match="e:li" mode="label">-</xsl:template>
  <xsl:template match="e:ul//e:ul/e:li" mode="label">+</xsl:template>
  <xsl:template match="e:ol/e:li" mode="label">
    <xsl:variable name="nr" select="../@start + count(preceding-sibling::e:li)"/>
    <xsl:variable name="sections" select="count(ancestor::e:section[$numbering = 'headings'])"/>
    <xsl:variable name="level" select="count(../ancestor::e:ol) + $sections + ($sections = 0)"/>
    <xsl:choose>
      <xsl:when test="$level = 2 or ../@delimiter = ')'"><xsl:call-template name="letter"><xsl:with-param name="nr" select="$nr"/><xsl:with-param name="lang" select="ancestor::e:v[1]/@xml:lang"/></xsl:call-template>)</xsl:when>
      <xsl:when test="$level = 1"><xsl:value-of select="$nr"/>.</xsl:when>
      <xsl:otherwise>-</xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="e:li">
    <xsl:variable name="label"><xsl:apply-templates select="." mode="label"/></xsl:variable>
    <xsl:variable name="first" select="e:p[not(preceding-sibling::*)]"/>
    <fo:block xsl:use-attribute-sets="paragraph" role="NonStruct">
      <xsl:if test="*[2]"><xsl:attribute name="keep-with-next.within-page">always</xsl:attribute></xsl:if>
      <xsl:call-template name="component">
        <xsl:with-param name="lang" select="string(ancestor::e:v[1]/@xml:lang)"/>
        <xsl:with-param name="name">
          <xsl:choose><xsl:when test="contains($label, ')')">point</xsl:when><xsl:when test="contains($label, '.')">clause</xsl:when><xsl:otherwise>body</xsl:otherwise></xsl:choose>
        </xsl:with-param>
      </xsl:call-template>
      <xsl:call-template name="form-item">
        <xsl:with-param name="label" select="string($label)"/>
        <xsl:with-param name="content"><xsl:apply-templates select="$first/node()"/></xsl:with-param>
      </xsl:call-template>
    </fo:block>
    <xsl:if test="*[not(self::e:p) or preceding-sibling::*]">
      <fo:block role="LBody" space-before="6pt"><xsl:apply-templates select="*[not(self::e:p) or preceding-sibling::*]"/></fo:block>
    </xsl:if>
  </xsl:template>

  <!-- ==== the end ==== -->

  <xsl:template name="form-end">
    <xsl:param name="lang"/>
    <fo:table table-layout="fixed" width="100%" role="NonStruct" space-before="12pt" keep-with-previous.within-page="always">
      <fo:table-column column-width="75mm"/>
      <fo:table-column column-width="90mm"/>
      <fo:table-body role="NonStruct">
        <fo:table-row role="NonStruct" keep-together.within-page="always">
          <fo:table-cell role="Div"><xsl:call-template name="recipients"><xsl:with-param name="lang" select="$lang"/></xsl:call-template></fo:table-cell>
          <fo:table-cell role="Div">
            <xsl:call-template name="signature"><xsl:with-param name="of" select="$edition/e:meta/e:signature"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
          </fo:table-cell>
        </fo:table-row>
      </fo:table-body>
    </fo:table>
  </xsl:template>

  <xsl:template name="recipients">
    <xsl:param name="lang"/>
    <xsl:variable name="all" select="$edition/e:meta/e:recipients/e:item[e:l[@xml:lang = $lang or not(@xml:lang)]]"/>
    <xsl:if test="$all">
      <fo:block>
        <xsl:call-template name="component"><xsl:with-param name="name" select="'recipients-heading'"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
        <xsl:choose>
          <xsl:when test="$party"><xsl:attribute name="font-size">14pt</xsl:attribute><xsl:attribute name="text-decoration">underline</xsl:attribute></xsl:when>
          <xsl:otherwise>
            <xsl:attribute name="font-size">12pt</xsl:attribute><xsl:attribute name="font-weight">bold</xsl:attribute><xsl:attribute name="font-style">italic</xsl:attribute>
          </xsl:otherwise>
        </xsl:choose>
        <xsl:call-template name="form-word"><xsl:with-param name="id" select="'recipients'"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
      </fo:block>
      <fo:block role="L" font-size="{11 + $party}pt" line-height="1.25">
        <xsl:for-each select="$all">
          <fo:block role="LI">
            <xsl:call-template name="component"><xsl:with-param name="name" select="'recipient'"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
            <xsl:call-template name="place"/>
            <xsl:call-template name="form-item">
              <xsl:with-param name="label" select="'-'"/>
              <xsl:with-param name="content"><xsl:call-template name="listed"><xsl:with-param name="lang" select="$lang"/><xsl:with-param name="last" select="position() = last()"/></xsl:call-template></xsl:with-param>
            </xsl:call-template>
          </fo:block>
        </xsl:for-each>
      </fo:block>
    </xsl:if>
    <xsl:if test="not($all)"><fo:block/></xsl:if>
  </xsl:template>

  <!-- In whose name: T/M (party) and TM. (state) say the same; without a sign `default` is meant. -->
  <xsl:template name="authority">
    <xsl:param name="of"/>
    <xsl:param name="default"/>
    <xsl:param name="lang"/>
    <xsl:variable name="said"><xsl:call-template name="said"><xsl:with-param name="of" select="$of"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template></xsl:variable>
    <xsl:variable name="text"><xsl:call-template name="upper"><xsl:with-param name="text"><xsl:call-template name="spell"><xsl:with-param name="text" select="string($said)"/></xsl:call-template></xsl:with-param></xsl:call-template></xsl:variable>
    <xsl:variable name="sign" select="translate(substring-before($text, ' '), './', '')"/>
    <xsl:variable name="known" select="$sign != '' and contains('|TM|KT|TL|TUQ|Q|', concat('|', $sign, '|'))"/>
    <xsl:variable name="written">
      <xsl:choose><xsl:when test="$known"><xsl:value-of select="$sign"/></xsl:when><xsl:otherwise><xsl:value-of select="$default"/></xsl:otherwise></xsl:choose>
    </xsl:variable>
    <xsl:choose>
      <xsl:when test="$lang != 'vi'"><xsl:value-of select="$text"/></xsl:when>
      <xsl:otherwise>
        <xsl:choose>
          <xsl:when test="$party and string-length($written) = 2"><xsl:value-of select="concat(substring($written, 1, 1), '/', substring($written, 2))"/></xsl:when>
          <xsl:otherwise><xsl:value-of select="concat($written, '.')"/></xsl:otherwise>
        </xsl:choose>
        <xsl:text>&#160;</xsl:text>
        <xsl:choose><xsl:when test="$known"><xsl:value-of select="substring-after($text, ' ')"/></xsl:when><xsl:otherwise><xsl:value-of select="$text"/></xsl:otherwise></xsl:choose>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- Who signs: in whose name, for whom, the post, room for the hand and the seal, the name.  role: of the two of minutes. -->
  <xsl:template name="signature">
    <xsl:param name="of"/>
    <xsl:param name="lang"/>
    <xsl:param name="post"/>
    <xsl:param name="name"/>
    <xsl:param name="post-component" select="'post'"/>
    <fo:block text-align="center">
      <xsl:for-each select="$of/e:authority | $of/e:acting">
        <fo:block font-weight="bold" line-height="{$cap-pitch}pt">
          <xsl:call-template name="component"><xsl:with-param name="name" select="'authority'"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
          <xsl:call-template name="place"/>
          <xsl:call-template name="authority"><xsl:with-param name="of" select="."/><xsl:with-param name="default" select="substring('TMKT', 1 + 2 * boolean(self::e:acting), 2)"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
        </fo:block>
      </xsl:for-each>
      <fo:block>
        <xsl:if test="not($party)"><xsl:attribute name="font-weight">bold</xsl:attribute><xsl:attribute name="line-height"><xsl:value-of select="$cap-pitch"/>pt</xsl:attribute></xsl:if>
        <xsl:call-template name="component"><xsl:with-param name="name" select="$post-component"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
        <xsl:variable name="own"><xsl:call-template name="said"><xsl:with-param name="of" select="$of/e:post"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template></xsl:variable>
        <xsl:choose>
          <xsl:when test="$own != '' or $post != ''">
            <xsl:call-template name="upper"><xsl:with-param name="text"><xsl:call-template name="spell"><xsl:with-param name="text"><xsl:value-of select="$own"/><xsl:if test="$own = ''"><xsl:value-of select="$post"/></xsl:if></xsl:with-param></xsl:call-template></xsl:with-param></xsl:call-template>
          </xsl:when>
          <xsl:otherwise><xsl:value-of select="$dots"/></xsl:otherwise>
        </xsl:choose>
      </fo:block>
      <fo:block font-weight="bold" space-before="60pt">
        <xsl:call-template name="component"><xsl:with-param name="name" select="'name'"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
        <xsl:variable name="own"><xsl:call-template name="said"><xsl:with-param name="of" select="$of/e:name"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template></xsl:variable>
        <xsl:value-of select="$own"/>
        <xsl:if test="$own = ''"><xsl:value-of select="$name"/></xsl:if>
        <xsl:if test="$own = '' and $name = ''"><xsl:value-of select="concat($dots, $dots)"/></xsl:if>
      </fo:block>
    </fo:block>
  </xsl:template>
</xsl:stylesheet>
