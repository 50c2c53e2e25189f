/* XMP metadata and the claim to a profile (ISO 16684-1; ISO 19005-3, 6.6; ISO
 * 14289-1, 5). */
#include "pdf/private.h"

/* What the file may claim: part and conformance of PDF/A, and PDF/UA. */
void pdf_claim(const struct pdf *p, int *part, char *conformance, bool *ua) {
    *part = 0;
    *conformance = 0;
    *ua = false;
    if (p->missing_glyph) return;
    switch (p->options.profile) {
    case PDF_PLAIN: return;
    case PDF_A3B:
        *part = 3;
        *conformance = 'B';
        return;
    case PDF_A3A_UA1: *part = 3; break;
    case PDF_A2A_UA1: *part = 2; break;
    }
    *conformance = p->refusal_count ? 'U' : 'A';
    *ua = !p->refusal_count;
}

static void put_lang_alt(struct buf *b, const char *name, const char *value) {
    if (!value) return;
    buf_fmt(b, "<%s><rdf:Alt><rdf:li xml:lang=\"x-default\">", name);
    buf_xml(b, value);
    buf_fmt(b, "</rdf:li></rdf:Alt></%s>\n", name);
}

static void put_simple(struct buf *b, const char *name, const char *value) {
    if (!value) return;
    buf_fmt(b, "<%s>", name);
    buf_xml(b, value);
    buf_fmt(b, "</%s>\n", name);
}

/* ISO 19005-3, 6.6.2.3: properties of other schemas are described. */
static void put_ua_schema(struct buf *b) {
    buf_str(b, "<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType=\"Resource\">"
               "<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>"
               "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>"
               "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq>"
               "<rdf:li rdf:parseType=\"Resource\"><pdfaProperty:name>part</pdfaProperty:name>"
               "<pdfaProperty:valueType>Integer</pdfaProperty:valueType>"
               "<pdfaProperty:category>internal</pdfaProperty:category>"
               "<pdfaProperty:description>part of ISO 14289</pdfaProperty:description></rdf:li>"
               "</rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>\n");
}

/* A date of XMP from "2026-11-05" or longer. */
static void put_xmp_date(struct buf *b, const char *name, const char *date) {
    if (date) put_simple(b, name, date);
}

uint32_t xmp_finish(struct pdf *p) {
    struct buf b = {0};
    int part;
    char conformance;
    bool ua;
    pdf_claim(p, &part, &conformance, &ua);
    buf_str(&b, "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
                "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">"
                "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
                "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
                " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\""
                " xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\""
                " xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\""
                " xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\""
                " xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\""
                " xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">\n");
    if (part) buf_fmt(&b, "<pdfaid:part>%d</pdfaid:part>\n", part);
    if (part) buf_fmt(&b, "<pdfaid:conformance>%c</pdfaid:conformance>\n", conformance);
    if (ua) {
        buf_str(&b, "<pdfuaid:part>1</pdfuaid:part>\n");
        put_ua_schema(&b);
    }
    buf_str(&b, "<dc:format>application/pdf</dc:format>\n");
    put_lang_alt(&b, "dc:title", p->meta.title);
    put_lang_alt(&b, "dc:description", p->meta.subject);
    if (p->meta.author) {
        buf_str(&b, "<dc:creator><rdf:Seq><rdf:li>");
        buf_xml(&b, p->meta.author);
        buf_str(&b, "</rdf:li></rdf:Seq></dc:creator>\n");
    }
    if (p->meta.lang) {
        buf_str(&b, "<dc:language><rdf:Bag><rdf:li>");
        buf_xml(&b, p->meta.lang);
        buf_str(&b, "</rdf:li></rdf:Bag></dc:language>\n");
    }
    put_simple(&b, "pdf:Keywords", p->meta.keywords);
    put_simple(&b, "pdf:Producer", p->options.producer);
    put_simple(&b, "xmp:CreatorTool", p->meta.creator);
    put_xmp_date(&b, "xmp:CreateDate", p->meta.date);
    put_xmp_date(&b, "xmp:ModifyDate", p->meta.date);
    buf_str(&b, "</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"w\"?>");
    uint32_t object = object_number(p);
    HPDF_Dict d = dict_new(p, "Metadata");
    dict_name(p, d, "Subtype", "XML");
    object_stream(p, object, d, b.p, b.n, true);
    buf_free(&b);
    return object;
}

/* D:YYYYMMDD… (7.9.4) of an ISO 8601 date. */
void put_date(struct buf *b, const char *iso) {
    char digits[15] = {0};
    size_t n = 0;
    const char *s = iso;
    for (; *s && n < 14 && *s != 'Z' && *s != '+'; s++) {
        if (n >= 8 && *s == '-') break;
        if (*s >= '0' && *s <= '9') digits[n++] = *s;
    }
    buf_fmt(b, "(D:%s", digits);
    if (n >= 14) {
        const char *zone = strpbrk(iso + 10, "Z+-");
        if (!zone || *zone == 'Z') buf_char(b, 'Z');
        else buf_fmt(b, "%c%.2s'%.2s'", *zone, zone + 1, strlen(zone) >= 6 ? zone + 4 : "00");
    }
    buf_char(b, ')');
}
