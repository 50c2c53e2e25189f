/* Proof: time stamps (RFC 3161) on the log's head, and receipts. */
#include "archive/merkle.h"
#include "archive/sign.h"

#include <errno.h>
#include <openssl/evp.h>
#include <sys/stat.h>
#include <unistd.h>

static void hex_of(struct buf *out, const unsigned char *p, size_t n) {
    for (size_t i = 0; i < n; i++) buf_fmt(out, "%02x", p[i]);
}

/* What is stamped: the number of lines and the root over them. */
static void head_text(struct buf *out, const struct merkle *m, size_t n) {
    unsigned char root[32];
    merkle_root(m, n, root);
    buf_fmt(out, "sotay archive log\n%zu\n", n);
    hex_of(out, root, 32);
    buf_char(out, '\n');
}

static void stamp_path(const struct archive *a, struct buf *out, size_t n, const char *ending) {
    buf_clear(out);
    buf_fmt(out, "%s/stamps/%zu.%s", a->root.p, n, ending);
}

/* ---- stamping ------------------------------------------------------------------------- */

static bool failed(struct archive *a, const char *why) {
    diag_add(a->diags, DIAG_ARCHIVE_STAMP, (struct pos){0}, why);
    return false;
}

/* The answer takes its place whole; then the head, which says that both are there. */
static int keep(struct archive *a, size_t n, const struct buf *head, const struct buf *answer) {
    struct buf dir = {0}, temp = {0}, path = {0};
    archive_path(a, &dir, "stamps");
    archive_path(a, &temp, "staging/stamp");
    int e = mkdir(dir.p, 0755) != 0 && errno != EEXIST ? errno : io_sync_dir(a->root.p);
    stamp_path(a, &path, n, "tsr");
    if (!e) e = io_remove_tree(temp.p);
    if (!e) e = io_put_synced(temp.p, answer->p, answer->n);
    if (!e && rename(temp.p, path.p) != 0) e = errno;
    stamp_path(a, &path, n, "head");
    if (!e) e = io_put_synced(temp.p, head->p, head->n);
    if (!e && rename(temp.p, path.p) != 0) e = errno;
    if (!e) e = io_sync_dir(dir.p);
    buf_free(&dir);
    buf_free(&temp);
    buf_free(&path);
    return e;
}

bool archive_stamp(struct archive *a, const struct archive_authority *authority, bool *stamped,
                   size_t *lines) {
    struct buf log = {0}, head = {0}, path = {0}, answer = {0};
    struct merkle m = {0};
    *stamped = false;
    bool good = archive_log(a, &log);
    *lines = good ? merkle_read(&m, buf_cstr(&log), log.n) : 0;
    if (good && !*lines) good = failed(a, "the log is empty");
    stamp_path(a, &path, *lines, "head");
    if (good && !file_exists(path.p)) {
        head_text(&head, &m, *lines);
        good = authority_ask(a, authority, head.p, head.n, &answer);
        int e = good ? keep(a, *lines, &head, &answer) : 0;
        if (e) good = failed(a, strerror(e));
        *stamped = good;
    }
    merkle_free(&m);
    struct buf *all[] = {&log, &head, &path, &answer};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) buf_free(all[i]);
    return good;
}

/* ---- verifying ------------------------------------------------------------------------ */

/* The stamps there are, by number; their count. */
static size_t *stamps_of(struct archive *a, size_t *count) {
    struct buf dir = {0};
    size_t n, cap = 0, *found = NULL;
    int e;
    archive_path(a, &dir, "stamps");
    char **names = io_names(dir.p, &n, &e);
    *count = 0;
    for (size_t i = 0; i < n; i++) {
        char *end;
        unsigned long long number = strtoull(names[i], &end, 10);
        if (end == names[i] || strcmp(end, ".head") != 0) continue;
        found = mem_grow(found, &cap, *count + 1, sizeof *found);
        found[(*count)++] = (size_t)number;
    }
    io_names_free(names, n);
    buf_free(&dir);
    return found;
}

/* Does an answer speak of this head? */
static bool speaks_of(const struct buf *answer, const struct buf *head) {
    unsigned char digest[32];
    unsigned n = 0;
    TS_RESP *r = authority_read(answer);
    TS_TST_INFO *info = r ? TS_RESP_get_tst_info(r) : NULL;
    ASN1_OCTET_STRING *said = info ? TS_MSG_IMPRINT_get_msg(TS_TST_INFO_get_msg_imprint(info)) : NULL;
    bool same = said && EVP_Digest(buf_cstr(head), head->n, digest, &n, EVP_sha256(), NULL) &&
                ASN1_STRING_length(said) == (int)n && memcmp(ASN1_STRING_get0_data(said), digest, n) == 0;
    TS_RESP_free(r);
    return same;
}

static size_t check_stamp(struct archive *a, const struct merkle *m, size_t n) {
    struct buf path = {0}, kept = {0}, head = {0}, answer = {0};
    const char *why = NULL;
    stamp_path(a, &path, n, "tsr");
    if (file_read(&answer, path.p) != 0) why = "the authority's answer is not there";
    stamp_path(a, &path, n, "head");
    if (!why && file_read(&kept, path.p) != 0) why = "it cannot be read";
    if (n > m->n || !n) why = "the log has fewer lines than were stamped";
    else head_text(&head, m, n);
    if (!why && strcmp(buf_cstr(&kept), head.p) != 0) why = "the log is not the one that was stamped";
    if (!why && !speaks_of(&answer, &kept)) why = "the authority's answer is about something else";
    if (why) diag_add(a->diags, DIAG_ARCHIVE_DAMAGED, (struct pos){str_intern(path.p, path.n), 0, 0}, why);
    buf_free(&path);
    buf_free(&kept);
    buf_free(&head);
    buf_free(&answer);
    return why != NULL;
}

size_t proof_verify(struct archive *a) {
    struct buf log = {0};
    struct merkle m = {0};
    size_t count, findings = 0, *stamps = stamps_of(a, &count);
    if (count && archive_log(a, &log)) {
        merkle_read(&m, buf_cstr(&log), log.n);
        for (size_t i = 0; i < count; i++) findings += check_stamp(a, &m, stamps[i]);
    }
    merkle_free(&m);
    mem_free(stamps);
    buf_free(&log);
    return findings;
}

/* ---- receipts ------------------------------------------------------------------------- */

static const char script[] =
    "#!/usr/bin/env python3\n"
    "\"\"\"Checks that the PDFs beside this file are what the archive took in: python3 check.py\"\"\"\n"
    "import glob, hashlib, json\n"
    "\n"
    "receipt = json.load(open('receipt.json', encoding='utf-8'))\n"
    "line = receipt['line']\n"
    "entry = json.loads(line)\n"
    "inventory = open('inventory.json', 'rb').read()\n"
    "assert hashlib.sha512(inventory).hexdigest() == entry['inventory'], 'the inventory is not that of the "
    "log'\n"
    "state = json.loads(inventory)['versions'][entry['version']]['state']\n"
    "known = {name: digest for digest, names in state.items() for name in names}\n"
    "for name in glob.glob('*.pdf'):\n"
    "    digest = hashlib.sha512(open(name, 'rb').read()).hexdigest()\n"
    "    assert known.get('pdf/' + name) == digest, name + ' is not what was issued'\n"
    "h = hashlib.sha256(b'\\0' + line.encode()).digest()\n"
    "for step in receipt['path']:\n"
    "    other = bytes.fromhex(step['hash'])\n"
    "    h = hashlib.sha256(b'\\1' + (other + h if step['left'] else h + other)).digest()\n"
    "assert h.hex() == open('log.head', encoding='utf-8').read().split('\\n')[2], 'the line is not in the "
    "log'\n"
    "print('whole and in the log:', entry['id'], entry['version'], entry['time'])\n"
    "print('its time: openssl ts -verify -data log.head -in log.tsr -CAfile THE-AUTHORITY.pem')\n";

/* The line of a version in the log's text, and its number from 0. */
static bool find_line(struct archive *a, const char *log, const char *id, int version, struct buf *line,
                      size_t *number) {
    char label[16];
    snprintf(label, sizeof label, "v%d", version);
    size_t i = 0;
    for (const char *p = log, *end; (end = strchr(p, '\n')); p = end + 1, i++) {
        json_t *j;
        struct log_line l;
        if (!log_parse(p, (size_t)(end - p), &j, &l)) continue;
        bool found = strcmp(l.id, id) == 0 && strcmp(l.version, label) == 0;
        json_decref(j);
        if (!found) continue;
        buf_put(line, p, (size_t)(end - p));
        *number = i;
        return true;
    }
    diag_add(a->diags, DIAG_ARCHIVE_LOG_NONE, (struct pos){0}, id);
    return false;
}

static void receipt_text(struct buf *out, const struct merkle *m, const struct buf *line, size_t number,
                         size_t lines) {
    struct merkle_step steps[MERKLE_MAX];
    size_t n = merkle_path(m, number, lines, steps);
    buf_str(out, "{\"line\": \"");
    buf_json(out, line->p);
    buf_fmt(out, "\",\n \"number\": %zu, \"lines\": %zu,\n \"path\": [", number + 1, lines);
    for (size_t i = 0; i < n; i++) {
        buf_fmt(out, "%s\n  {\"left\": %s, \"hash\": \"", i ? "," : "", steps[i].left ? "true" : "false");
        hex_of(out, steps[i].hash, 32);
        buf_str(out, "\"}");
    }
    buf_str(out, "]}\n");
}

static int put_in(const char *folder, const char *name, const char *text, size_t n) {
    struct buf path = {0};
    buf_fmt(&path, "%s/%s", folder, name);
    int e = io_put(path.p, text, n);
    buf_free(&path);
    return e;
}

static int copy_in(const char *folder, const char *name, const char *from) {
    struct buf text = {0};
    int e = file_read(&text, from);
    if (!e) e = put_in(folder, name, buf_cstr(&text), text.n);
    buf_free(&text);
    return e;
}

/* The newest stamp that covers a line; 0: none. */
static size_t stamp_over(struct archive *a, size_t number, size_t lines) {
    size_t count, best = 0, *stamps = stamps_of(a, &count);
    for (size_t i = 0; i < count; i++)
        if (stamps[i] > number && stamps[i] <= lines && stamps[i] > best) best = stamps[i];
    mem_free(stamps);
    return best;
}

static int put_proof(struct archive *a, const struct buf *log, const struct buf *line, size_t number,
                     const char *id, int version, const char *folder) {
    struct merkle m = {0};
    struct buf text = {0}, path = {0};
    size_t lines = merkle_read(&m, log->p, log->n), stamp = stamp_over(a, number, lines);
    size_t over = stamp ? stamp : lines;
    receipt_text(&text, &m, line, number, over);
    int e = put_in(folder, "receipt.json", text.p, text.n);
    buf_clear(&text);
    head_text(&text, &m, over);
    if (!e) e = put_in(folder, "log.head", text.p, text.n);
    stamp_path(a, &path, stamp, "tsr");
    if (!e && stamp) e = copy_in(folder, "log.tsr", path.p);
    ident_object(a, &path, id);
    buf_fmt(&path, "/v%d/inventory.json", version);
    if (!e) e = copy_in(folder, "inventory.json", path.p);
    if (!e) e = put_in(folder, "check.py", script, sizeof script - 1);
    merkle_free(&m);
    buf_free(&text);
    buf_free(&path);
    return e;
}

/* The PDFs come out beside each other; what is for the facilitator alone stays. */
static int put_pdfs(const char *temp, const char *folder) {
    struct buf dir = {0}, from = {0};
    size_t n;
    int e;
    buf_fmt(&dir, "%s/pdf", temp);
    char **names = io_names(dir.p, &n, &e);
    for (size_t i = 0; i < n && !e; i++) {
        if (strstr(names[i], ".facilitator.")) continue;
        buf_clear(&from);
        buf_fmt(&from, "%s/%s", dir.p, names[i]);
        e = copy_in(folder, names[i], from.p);
    }
    io_names_free(names, n);
    buf_free(&dir);
    buf_free(&from);
    return e;
}

bool archive_receipt(struct archive *a, const char *id, int version, const char *folder) {
    struct buf object = {0}, log = {0}, line = {0}, temp = {0}, out = {0};
    size_t number = 0;
    ident_object(a, &object, id);
    json_t *inventory = io_is_dir(object.p) ? inventory_read(object.p, id, NULL, a->diags) : NULL;
    if (!io_is_dir(object.p)) diag_add(a->diags, DIAG_ARCHIVE_UNKNOWN, (struct pos){0}, id);
    if (inventory && !version) version = inventory_head(inventory);
    json_decref(inventory);
    buf_fmt(&temp, "%s.%ld.tmp", folder, (long)getpid());
    buf_fmt(&out, "%s/out", temp.p);
    bool good = inventory && archive_log(a, &log) &&
                find_line(a, buf_cstr(&log), id, version, &line, &number);
    int e = good ? (file_exists(folder) ? EEXIST : dir_make(out.p)) : 0;
    good = good && !e && archive_get(a, id, version, "pdf/", temp.p);
    if (good) e = put_pdfs(temp.p, out.p);
    if (good && !e) e = put_proof(a, &log, &line, number, id, version, out.p);
    if (good && !e) e = io_sync_tree(out.p);
    if (good && !e) e = io_rename_new(out.p, folder);
    if (e) diag_add(a->diags, DIAG_CANNOT_WRITE, (struct pos){0}, folder, strerror(e));
    io_remove_tree(temp.p);
    struct buf *all[] = {&object, &log, &line, &temp, &out};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) buf_free(all[i]);
    return good && !e;
}
