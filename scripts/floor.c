/* The least that anyone must do: read the XML, deflate the same content streams.
 *     floor IN.fo STREAMS OUT
 * STREAMS: for each stream its length (8 bytes, native) and its bytes. */
#include <libxml/xmlreader.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <zlib.h>

static int read_xml(const char *path) {
    xmlTextReader *r = xmlReaderForFile(path, NULL, XML_PARSE_HUGE);
    int more = r ? 1 : -1;
    while (more == 1) more = xmlTextReaderRead(r);
    if (r) xmlFreeTextReader(r);
    return more;
}

static int deflate_streams(const char *from, const char *to) {
    FILE *in = fopen(from, "rb"), *out = fopen(to, "wb");
    uint64_t n;
    if (!in || !out) return 1;
    while (fread(&n, sizeof n, 1, in) == 1) {
        uLongf size = compressBound(n);
        unsigned char *data = malloc(n), *packed = malloc(size);
        if (!data || !packed || fread(data, 1, n, in) != n || compress2(packed, &size, data, n, 6) != Z_OK) return 1;
        fwrite(packed, 1, size, out);
        free(data);
        free(packed);
    }
    fclose(in);
    return fclose(out);
}

int main(int argc, char **argv) {
    if (argc != 4) return 2;
    return read_xml(argv[1]) || deflate_streams(argv[2], argv[3]);
}
