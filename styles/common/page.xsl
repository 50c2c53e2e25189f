<?xml version="1.0" encoding="UTF-8"?>
<!-- Page masters, running titles and page numbers, metadata, bookmarks, contents. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:fo="http://www.w3.org/1999/XSL/Format"
    xmlns:s="urn:sotay:fo"
    xmlns:e="urn:sotay:edition"
    exclude-result-prefixes="e">

  <!-- The page; a kind sets its own. -->
  <xsl:variable name="page-width">210mm</xsl:variable>
  <xsl:variable name="page-height">297mm</xsl:variable>
  <xsl:variable name="margin-top">12mm</xsl:variable>
  <xsl:variable name="margin-bottom">11mm</xsl:variable>
  <xsl:variable name="margin-inner">24mm</xsl:variable>
  <xsl:variable name="margin-outer">20mm</xsl:variable>
  <!-- Room for the running title and the page number, and from there to the text. -->
  <xsl:variable name="header-extent">6mm</xsl:variable>
  <xsl:variable name="header-room">12mm</xsl:variable>
  <xsl:variable name="footer-extent">6mm</xsl:variable>
  <xsl:variable name="footer-room">12mm</xsl:variable>
  <xsl:variable name="columns">1</xsl:variable>
  <!-- Lanes take the whole page. -->
  <xsl:variable name="body-columns"><xsl:choose><xsl:when test="$mode = 'columns' or $facing">1</xsl:when><xsl:otherwise><xsl:value-of select="$columns"/></xsl:otherwise></xsl:choose></xsl:variable>
  <!-- Whether left and right pages have their own masters (sides verso and recto), or all are alike ("any"). -->
  <xsl:variable name="mirrored" select="false()"/>
  <xsl:variable name="sided" select="$mirrored or $facing"/>

  <!-- The last page sequence, for "page x of y". -->
  <xsl:variable name="last-sequence">
    <xsl:choose>
      <xsl:when test="$mode = 'sequential'"><xsl:value-of select="concat('pages-', $langs[last()])"/></xsl:when>
      <xsl:otherwise>pages</xsl:otherwise>
    </xsl:choose>
  </xsl:variable>

  <!-- A page with the usual regions.  side: recto, verso or any.  header: the name of its header's flow. -->
  <xsl:template name="simple-master">
    <xsl:param name="name"/>
    <xsl:param name="side" select="'any'"/>
    <xsl:param name="header" select="concat('header-', $side)"/>
    <xsl:param name="footer" select="concat('footer-', $side)"/>
    <xsl:param name="header-room" select="$header-room"/>
    <fo:simple-page-master master-name="{$name}" page-width="{$page-width}" page-height="{$page-height}"
        margin-top="{$margin-top}" margin-bottom="{$margin-bottom}">
      <xsl:attribute name="margin-left">
        <xsl:choose>
          <xsl:when test="$side = 'verso'"><xsl:value-of select="$margin-outer"/></xsl:when>
          <xsl:otherwise><xsl:value-of select="$margin-inner"/></xsl:otherwise>
        </xsl:choose>
      </xsl:attribute>
      <xsl:attribute name="margin-right">
        <xsl:choose>
          <xsl:when test="$side = 'verso'"><xsl:value-of select="$margin-inner"/></xsl:when>
          <xsl:otherwise><xsl:value-of select="$margin-outer"/></xsl:otherwise>
        </xsl:choose>
      </xsl:attribute>
      <fo:region-body margin-top="{$header-room}" margin-bottom="{$footer-room}" column-count="{$body-columns}" column-gap="{$gutter}"/>
      <fo:region-before region-name="{$header}" extent="{$header-extent}"/>
      <fo:region-after region-name="{$footer}" extent="{$footer-extent}" display-align="after"/>
    </fo:simple-page-master>
  </xsl:template>

  <!-- A page left white. -->
  <xsl:template name="blank-master">
    <fo:simple-page-master master-name="blank" page-width="{$page-width}" page-height="{$page-height}"><fo:region-body/></fo:simple-page-master>
  </xsl:template>

  <!-- First page without running title, then the others. -->
  <xsl:template name="masters">
    <xsl:call-template name="simple-master">
      <xsl:with-param name="name" select="'first'"/><xsl:with-param name="header" select="'no-header'"/>
      <xsl:with-param name="side"><xsl:choose><xsl:when test="$sided">recto</xsl:when><xsl:otherwise>any</xsl:otherwise></xsl:choose></xsl:with-param>
      <xsl:with-param name="footer"><xsl:choose><xsl:when test="$facing">footer-title</xsl:when><xsl:when test="$sided">footer-recto</xsl:when><xsl:otherwise>footer-any</xsl:otherwise></xsl:choose></xsl:with-param>
      <xsl:with-param name="header-room" select="'0mm'"/>
    </xsl:call-template>
    <xsl:for-each select="$words/sides/side[($sided and . != 'any') or (not($sided) and . = 'any')]">
      <xsl:call-template name="simple-master"><xsl:with-param name="name" select="string(.)"/><xsl:with-param name="side" select="string(.)"/></xsl:call-template>
    </xsl:for-each>
    <xsl:call-template name="blank-master"/>
    <fo:page-sequence-master master-name="text">
      <fo:repeatable-page-master-alternatives>
        <fo:conditional-page-master-reference blank-or-not-blank="blank" master-reference="blank"/>
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

  <!-- The pages of a publication: one sequence, or one per language.  A kind may add a cover before. -->
  <xsl:template name="pages">
    <xsl:choose>
      <xsl:when test="$mode = 'sequential'">
        <xsl:variable name="self" select="."/>
        <xsl:for-each select="$langs">
          <xsl:variable name="lang" select="."/>
          <xsl:for-each select="$self">
            <xsl:call-template name="sequence">
              <xsl:with-param name="id" select="concat('pages-', $lang)"/>
              <xsl:with-param name="in" select="$lang"/>
            </xsl:call-template>
          </xsl:for-each>
        </xsl:for-each>
      </xsl:when>
      <xsl:otherwise>
        <xsl:call-template name="sequence">
          <xsl:with-param name="id" select="'pages'"/><xsl:with-param name="in" select="$langs"/>
        </xsl:call-template>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- One page sequence in the languages `in`. -->
  <xsl:template name="sequence">
    <xsl:param name="id"/>
    <xsl:param name="in"/>
    <xsl:variable name="opening"><xsl:call-template name="opening"><xsl:with-param name="in" select="$in"/></xsl:call-template></xsl:variable>
    <fo:page-sequence master-reference="text" id="{$id}" xml:lang="{$in[1]}">
      <!-- Facing pages begin on a left one: without an opening at once. -->
      <xsl:if test="$facing and string($opening) = ''"><xsl:attribute name="initial-page-number">auto-even</xsl:attribute></xsl:if>
      <xsl:call-template name="hyphenation"><xsl:with-param name="lang" select="string($in[1])"/></xsl:call-template>
      <xsl:call-template name="statics"><xsl:with-param name="in" select="$in"/></xsl:call-template>
      <fo:flow flow-name="xsl-region-body">
        <xsl:choose>
          <xsl:when test="$facing and string($opening) != ''"><xsl:call-template name="title-page"><xsl:with-param name="in" select="$in"/></xsl:call-template></xsl:when>
          <xsl:otherwise><xsl:copy-of select="$opening"/></xsl:otherwise>
        </xsl:choose>
        <xsl:choose>
          <xsl:when test="$in-lanes"><xsl:call-template name="lanes"><xsl:with-param name="in" select="$in"/></xsl:call-template></xsl:when>
          <xsl:otherwise><xsl:apply-templates select="e:body/*" mode="flow"><xsl:with-param name="in" select="$in"/></xsl:apply-templates></xsl:otherwise>
        </xsl:choose>
        <xsl:if test="not($facing)"><xsl:call-template name="closing"><xsl:with-param name="in" select="$in"/></xsl:call-template></xsl:if>
      </fo:flow>
    </fo:page-sequence>
  </xsl:template>

  <!-- The body in lanes, a unit a row (common/unit.xsl). -->
  <xsl:template name="lanes">
    <xsl:param name="in"/>
    <s:lanes mode="{$mode}" column-gap="{$gutter}">
      <xsl:attribute name="lanes"><xsl:for-each select="$in"><xsl:if test="position() > 1"><xsl:text> </xsl:text></xsl:if><xsl:value-of select="."/></xsl:for-each></xsl:attribute>
      <xsl:attribute name="widths"><xsl:for-each select="$in"><xsl:if test="position() > 1"><xsl:text> </xsl:text></xsl:if>1</xsl:for-each></xsl:attribute>
      <xsl:apply-templates select="e:body/*" mode="flow"><xsl:with-param name="in" select="$in"/></xsl:apply-templates>
      <xsl:if test="$facing">
        <xsl:variable name="self" select="."/>
        <xsl:variable name="cells">
          <xsl:for-each select="$in">
            <xsl:variable name="lang" select="."/>
            <xsl:variable name="closing"><xsl:for-each select="$self"><xsl:call-template name="closing"><xsl:with-param name="in" select="$lang"/></xsl:call-template></xsl:for-each></xsl:variable>
            <xsl:if test="string($closing) != ''"><s:cell lane="{$lang}" xml:lang="{$lang}"><xsl:copy-of select="$closing"/></s:cell></xsl:if>
          </xsl:for-each>
        </xsl:variable>
        <xsl:if test="string($cells) != ''"><s:row><xsl:copy-of select="$cells"/></s:row></xsl:if>
      </xsl:if>
    </s:lanes>
  </xsl:template>

  <!-- Before facing pages what opens the text stands on a page of its own, with the contents. -->
  <xsl:template name="title-page">
    <xsl:param name="in"/>
    <xsl:variable name="self" select="."/>
    <xsl:for-each select="$in">
      <xsl:variable name="lang" select="."/>
      <fo:block xml:lang="{$lang}">
        <xsl:if test="position() > 1"><xsl:attribute name="space-before"><xsl:value-of select="$size * 2"/>pt</xsl:attribute></xsl:if>
        <xsl:for-each select="$self"><xsl:call-template name="opening"><xsl:with-param name="in" select="$lang"/></xsl:call-template></xsl:for-each>
      </fo:block>
    </xsl:for-each>
    <fo:block space-before="{$size * 2}pt"><xsl:call-template name="contents"><xsl:with-param name="in" select="$in"/></xsl:call-template></fo:block>
  </xsl:template>

  <!-- What a kind prints before and after the text. -->
  <xsl:template name="opening"><xsl:param name="in"/></xsl:template>
  <xsl:template name="closing"><xsl:param name="in"/></xsl:template>

  <!-- Whether words may break at syllables: of English, and only where a kind justifies its text. -->
  <xsl:variable name="hyphenate" select="false()"/>
  <xsl:template name="hyphenation">
    <xsl:param name="lang"/>
    <xsl:attribute name="hyphenate"><xsl:value-of select="$hyphenate and $lang = 'en'"/></xsl:attribute>
  </xsl:template>

  <!-- Running titles and page numbers.  apart: on the left pages the first language, on the right ones the others. -->
  <xsl:template name="statics">
    <xsl:param name="in"/>
    <xsl:param name="apart" select="$facing"/>
    <xsl:for-each select="$words/sides/side[($sided and . != 'any') or (not($sided) and . = 'any')]">
      <xsl:variable name="side" select="string(.)"/>
      <xsl:variable name="here" select="$in[not($apart) or (($side = 'verso') = (. = $lang1))]"/>
      <fo:static-content flow-name="header-{$side}" role="artifact">
        <xsl:call-template name="running-title"><xsl:with-param name="in" select="$here"/></xsl:call-template>
      </fo:static-content>
      <fo:static-content flow-name="footer-{$side}" role="artifact">
        <xsl:call-template name="footer"><xsl:with-param name="in" select="$here"/><xsl:with-param name="side" select="$side"/></xsl:call-template>
      </fo:static-content>
    </xsl:for-each>
    <xsl:if test="$facing">
      <fo:static-content flow-name="footer-title" role="artifact">
        <xsl:call-template name="footer"><xsl:with-param name="in" select="$in"/><xsl:with-param name="side" select="'recto'"/></xsl:call-template>
      </fo:static-content>
    </xsl:if>
    <fo:static-content flow-name="xsl-footnote-separator" role="artifact">
      <fo:block line-height="4pt" font-size="4pt" space-after="2pt"><fo:leader leader-pattern="rule" leader-length="28mm" rule-thickness="0.5pt" color="{$hair}"/></fo:block>
    </fo:static-content>
  </xsl:template>

  <!-- The section's title in each language, over its own column, on a hairline. -->
  <xsl:template name="running-title">
    <xsl:param name="in"/>
    <fo:table table-layout="fixed" width="100%" border-after-style="solid" border-after-width="0.4pt" border-after-color="{$hair}" xsl:use-attribute-sets="running">
      <xsl:for-each select="$in"><fo:table-column column-width="proportional-column-width(1)"/></xsl:for-each>
      <fo:table-body>
        <fo:table-row>
          <xsl:for-each select="$in">
            <fo:table-cell padding-after="2pt" xml:lang="{.}">
              <xsl:call-template name="side-padding"/>
              <fo:block><fo:retrieve-marker retrieve-class-name="title-{.}" retrieve-position="first-including-carryover" retrieve-boundary="document"/></fo:block>
            </fo:table-cell>
          </xsl:for-each>
        </fo:table-row>
      </fo:table-body>
    </fo:table>
  </xsl:template>

  <!-- The publication's title at the inner side, "page x of y" in each language at the outer; with three languages x/y. -->
  <xsl:template name="footer">
    <xsl:param name="in"/>
    <xsl:param name="side"/>
    <xsl:variable name="title">
      <xsl:for-each select="$in">
        <xsl:if test="position() > 1"><xsl:text> · </xsl:text></xsl:if>
        <fo:inline xml:lang="{.}"><xsl:call-template name="footer-title"><xsl:with-param name="lang" select="string(.)"/></xsl:call-template></fo:inline>
      </xsl:for-each>
    </xsl:variable>
    <xsl:variable name="numbers">
      <xsl:for-each select="$in[count($in) &lt; 3]">
        <xsl:if test="position() > 1"><xsl:text> · </xsl:text></xsl:if>
        <xsl:call-template name="page-number"><xsl:with-param name="lang" select="string(.)"/></xsl:call-template>
      </xsl:for-each>
      <xsl:if test="count($in) > 2"><fo:page-number/>/<fo:page-number-citation-last ref-id="{$last-sequence}"/></xsl:if>
    </xsl:variable>
    <fo:table table-layout="fixed" width="100%" xsl:use-attribute-sets="running">
      <fo:table-column column-width="proportional-column-width({1 + ($side != 'verso')})"/>
      <fo:table-column column-width="proportional-column-width({1 + ($side = 'verso')})"/>
      <fo:table-body>
        <fo:table-row>
          <xsl:choose>
            <xsl:when test="$side = 'verso'">
              <fo:table-cell><fo:block text-align="start"><xsl:copy-of select="$numbers"/></fo:block></fo:table-cell>
              <fo:table-cell><fo:block text-align="end"><xsl:copy-of select="$title"/></fo:block></fo:table-cell>
            </xsl:when>
            <xsl:otherwise>
              <fo:table-cell><fo:block text-align="start"><xsl:copy-of select="$title"/></fo:block></fo:table-cell>
              <fo:table-cell><fo:block text-align="end"><xsl:copy-of select="$numbers"/></fo:block></fo:table-cell>
            </xsl:otherwise>
          </xsl:choose>
        </fo:table-row>
      </fo:table-body>
    </fo:table>
  </xsl:template>

  <xsl:template name="footer-title">
    <xsl:param name="lang"/>
    <xsl:call-template name="field"><xsl:with-param name="name" select="'title'"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
  </xsl:template>

  <xsl:template name="page-number">
    <xsl:param name="lang"/>
    <fo:inline xml:lang="{$lang}">
      <xsl:call-template name="word"><xsl:with-param name="id" select="'page'"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
      <xsl:text>&#160;</xsl:text>
      <fo:page-number/>
      <xsl:call-template name="word"><xsl:with-param name="id" select="'of'"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
      <fo:page-number-citation-last ref-id="{$last-sequence}"/>
    </fo:inline>
  </xsl:template>

  <!-- What the document says of itself (XSL 1.1, 6.4.4; XMP) -->
  <xsl:template name="declarations">
    <fo:declarations>
      <x:xmpmeta xmlns:x="adobe:ns:meta/">
        <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
          <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
            <dc:title><rdf:Alt>
              <rdf:li xml:lang="x-default"><xsl:call-template name="document-title"/></rdf:li>
              <xsl:for-each select="$langs">
                <rdf:li xml:lang="{.}"><xsl:call-template name="document-title"><xsl:with-param name="lang" select="string(.)"/></xsl:call-template></rdf:li>
              </xsl:for-each>
            </rdf:Alt></dc:title>
            <xsl:if test="e:meta/e:organisation">
              <dc:creator><rdf:Seq><rdf:li><xsl:call-template name="field"><xsl:with-param name="name" select="'organisation'"/></xsl:call-template></rdf:li></rdf:Seq></dc:creator>
            </xsl:if>
            <dc:language><rdf:Bag><xsl:for-each select="$langs"><rdf:li><xsl:value-of select="."/></rdf:li></xsl:for-each></rdf:Bag></dc:language>
            <xsl:if test="e:meta/e:field[@name = 'summary']">
              <dc:description><rdf:Alt>
                <rdf:li xml:lang="x-default"><xsl:call-template name="field"><xsl:with-param name="name" select="'summary'"/></xsl:call-template></rdf:li>
              </rdf:Alt></dc:description>
            </xsl:if>
            <xsl:if test="e:meta/e:field[@name = 'keywords']">
              <pdf:Keywords><xsl:call-template name="field"><xsl:with-param name="name" select="'keywords'"/></xsl:call-template></pdf:Keywords>
            </xsl:if>
            <xsl:if test="$date != ''"><xmp:CreateDate><xsl:value-of select="$date"/>T00:00:00Z</xmp:CreateDate></xsl:if>
          </rdf:Description>
        </rdf:RDF>
      </x:xmpmeta>
    </fo:declarations>
  </xsl:template>

  <xsl:template name="document-title">
    <xsl:param name="lang" select="$lang1"/>
    <xsl:call-template name="field"><xsl:with-param name="name" select="'title'"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
    <xsl:if test="$facilitator">
      <xsl:text> – </xsl:text>
      <xsl:call-template name="word"><xsl:with-param name="id" select="'facilitator-copy'"/><xsl:with-param name="lang" select="$lang"/></xsl:call-template>
    </xsl:if>
  </xsl:template>

  <!-- Bookmarks: the first two levels of headings -->
  <xsl:template name="bookmarks">
    <xsl:if test="e:body/e:section">
      <fo:bookmark-tree>
        <xsl:choose>
          <xsl:when test="$mode = 'sequential'">
            <xsl:variable name="body" select="e:body"/>
            <xsl:for-each select="$langs">
              <xsl:apply-templates select="$body/e:section" mode="bookmark"><xsl:with-param name="in" select="."/></xsl:apply-templates>
            </xsl:for-each>
          </xsl:when>
          <xsl:otherwise>
            <xsl:apply-templates select="e:body/e:section" mode="bookmark"><xsl:with-param name="in" select="$langs"/></xsl:apply-templates>
          </xsl:otherwise>
        </xsl:choose>
      </fo:bookmark-tree>
    </xsl:if>
  </xsl:template>

  <xsl:template match="e:section" mode="bookmark">
    <xsl:param name="in"/>
    <xsl:variable name="heading" select="e:unit[1]"/>
    <fo:bookmark>
      <xsl:attribute name="internal-destination">
        <xsl:call-template name="id"><xsl:with-param name="id" select="@id"/><xsl:with-param name="in" select="$in"/></xsl:call-template>
      </xsl:attribute>
      <fo:bookmark-title>
        <xsl:for-each select="$in">
          <xsl:variable name="lang" select="string(.)"/>
          <xsl:variable name="v" select="$heading/e:v[@xml:lang = $lang]"/>
          <xsl:if test="position() > 1 and $v"> · </xsl:if>
          <xsl:apply-templates select="$v" mode="plain"/>
        </xsl:for-each>
      </fo:bookmark-title>
      <xsl:if test="not(parent::e:section)">
        <xsl:apply-templates select="e:section | e:unit" mode="bookmark"><xsl:with-param name="in" select="$in"/></xsl:apply-templates>
      </xsl:if>
    </fo:bookmark>
  </xsl:template>

  <!-- Only what makes headings of its own has bookmarks besides. -->
  <xsl:template match="e:unit" mode="bookmark"/>

  <!-- Contents: each heading of two levels with its page -->
  <xsl:template name="contents">
    <xsl:param name="in"/>
    <fo:block role="TOC">
      <xsl:apply-templates select="e:body/e:section" mode="contents"><xsl:with-param name="in" select="$in"/></xsl:apply-templates>
    </fo:block>
  </xsl:template>

  <xsl:template match="e:section" mode="contents">
    <xsl:param name="in"/>
    <fo:block xsl:use-attribute-sets="contents-entry contents-1" role="TOCI">
      <xsl:call-template name="contents-entry"><xsl:with-param name="in" select="$in"/></xsl:call-template>
    </fo:block>
    <xsl:apply-templates select="e:section" mode="contents"><xsl:with-param name="in" select="$in"/></xsl:apply-templates>
  </xsl:template>

  <xsl:template match="e:section/e:section" mode="contents">
    <xsl:param name="in"/>
    <fo:block xsl:use-attribute-sets="contents-entry contents-2" role="TOCI">
      <xsl:call-template name="contents-entry"><xsl:with-param name="in" select="$in"/></xsl:call-template>
    </fo:block>
  </xsl:template>

  <xsl:template name="contents-entry">
    <xsl:param name="in"/>
    <xsl:variable name="heading" select="e:unit[1]"/>
    <xsl:variable name="id"><xsl:call-template name="id"><xsl:with-param name="id" select="@id"/><xsl:with-param name="in" select="$in"/></xsl:call-template></xsl:variable>
    <fo:basic-link internal-destination="{$id}">
      <xsl:for-each select="$in">
        <xsl:variable name="lang" select="string(.)"/>
        <xsl:variable name="v" select="$heading/e:v[@xml:lang = $lang]"/>
        <xsl:choose>
          <xsl:when test="position() = 1"><xsl:apply-templates select="$v" mode="plain"/></xsl:when>
          <xsl:when test="$v">
            <fo:inline xsl:use-attribute-sets="second" xml:lang="{$lang}">
              <xsl:text> · </xsl:text><xsl:apply-templates select="$v" mode="plain"/>
            </fo:inline>
          </xsl:when>
        </xsl:choose>
      </xsl:for-each>
      <xsl:text> </xsl:text>
      <fo:leader leader-pattern="dots" leader-pattern-width="4pt" leader-alignment="page" leader-length.minimum="8pt"
          leader-length.optimum="12pt" leader-length.maximum="100%" color="{$hair}" role="artifact"/>
      <xsl:text> </xsl:text>
      <fo:page-number-citation ref-id="{$id}"/>
    </fo:basic-link>
  </xsl:template>
</xsl:stylesheet>
