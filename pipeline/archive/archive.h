/* The archive: an OCFL 1.1 storage root of everything that was issued, a log
 * of what came when, and a catalogue to search it.
 *
 *   ROOT/0=sotay_archive_1    says whose folder this is
 *   ROOT/ocfl/                the storage root: valid for any OCFL program
 *   ROOT/log.jsonl            a line for each version, chained by SHA-256; only appended to
 *   ROOT/catalogue.db         SQLite, made again from the objects at any time
 *   ROOT/stamps/              heads of the log and a time-stamp authority's answers to them
 *   ROOT/staging/, ROOT/lock  what is being written, and by one writer only
 *
 * An object is a document and its number; a version is an issue or a
 * correction.  Ids are those people know, not URIs (OCFL 1.1 only recommends these):
 * an id stays as long as the object, so a URI would need a name that the unit owns as
 * long.  Who has one may use it, with import's lists.  Errors go to diags.  Sources: OCFL 1.1 (ocfl.io/1.1/spec) and
 * its extension 0003-hash-and-id-n-tuple-storage-layout. */
#ifndef SOTAY_ARCHIVE_H
#define SOTAY_ARCHIVE_H

#include "base/base.h"

struct archive;

/* WAIT: to write, after another writer has ended. */
enum archive_mode { ARCHIVE_READ, ARCHIVE_WRITE, ARCHIVE_WAIT };

/* Makes an empty archive in a folder that is empty or not there; false after an error. */
bool archive_init(const char *root, struct diags *diags);
/* Opens an archive.  To write means: take the lock, finish or clean what a dead
 * writer left.  NULL after an error; *busy: another process holds the lock. */
struct archive *archive_open(const char *root, enum archive_mode mode, bool *busy, struct diags *diags);
void archive_close(struct archive *a);

/* A time-stamp authority (RFC 3161), asked through curl, and how long to wait (0: a minute). */
struct archive_authority {
    const char *url;
    int seconds;
};

/* Who signs the PDFs of a version: PAdES B-B, or B-T with an authority (EN 319 142-1). */
struct archive_signer;
/* The key and certificate of a PKCS #12 file, fit to sign now; NULL (told).  Neither
 * it nor the password, which is wiped, is written anywhere. */
struct archive_signer *archive_signer_open(const char *path, struct buf *password,
                                           const struct archive_authority *authority, struct diags *diags);
void archive_signer_close(struct archive_signer *s);
/* Is a PDF another one and a signature after it? */
bool archive_is_signed(const char *signed_pdf, const char *pdf);

/* A file of a version: its name (a relative path), and a file to copy or bytes. */
struct archive_item {
    const char *name;
    const char *path; /* NULL: data */
    const void *data;
    size_t size;
};
struct archive_version {
    const char *id;         /* any text without control characters; NFC is made of it */
    const char *message;    /* what the version is, for people */
    const char *agent;      /* the program: "sotay 0.1.0" */
    const char *contact;    /* a URI of who answers for it, or NULL */
    const char *event;      /* what happened (PREMIS): NULL: "issue" or "correction" */
    const char *correction; /* why issued bytes change; NULL: they must not */
    const struct archive_signer *signer; /* of each pdf/ *.pdf that is not signed yet, or NULL */
    const struct archive_item *items;
    size_t n;
};
enum archive_result { ARCHIVE_FAILED, ARCHIVE_ADDED, ARCHIVE_SAME };
/* Adds a version, whole or not at all; *number is that of the head after it.
 * The items' `metadata.json` is what the catalogue knows (see catalogue.c); its
 * organisation answers for the version. */
enum archive_result archive_put(struct archive *a, const struct archive_version *v, int *number);

/* Brings the catalogue up to the log: after all is put.  false after an error. */
bool archive_follow(struct archive *a);
/* The text of a PDF, a form feed after each page, by poppler's pdftotext: what
 * the catalogue searches goes into a version as text/NAME.txt.  0 or errno: EACCES
 * when the PDF forbids it, EINVAL when it cannot be read. */
int archive_pdf_text(struct buf *out, const char *pdf);

/* What archive_list and archive_find tell of an object; strings live until the call returns. */
struct archive_entry {
    const char *id, *head, *kind, *number, *date, *languages, *title, *class_name;
};
/* All objects by id, from the catalogue. */
bool archive_list(struct archive *a, void (*each)(void *arg, const struct archive_entry *e), void *arg);
/* The full id of an object: the id itself, or the one object whose id begins
 * with NAME and "/".  false: told. */
bool archive_resolve(struct archive *a, const char *name, struct buf *id);
/* Versions and files of an object as JSON (its inventory's content). */
bool archive_show(struct archive *a, const char *id, struct buf *json);
/* Copies the files of a version (0: the head) into a folder; prefix: only those
 * whose name begins so, "" for all.  Each is checked against its digest. */
bool archive_get(struct archive *a, const char *id, int version, const char *prefix, const char *folder);

/* A page that holds what was searched for; page 0 is the title and the facts. */
struct archive_hit {
    const char *id, *title, *date, *file, *excerpt;
    int page;
};
/* Searches titles and pages: words and "phrases", marks optional, and fields
 * (kind: number: date: lang: class: id: cites: serves:).  At most `limit` hits,
 * best first.  false after an error. */
bool archive_search(struct archive *a, const char *query, int limit,
                    void (*each)(void *arg, const struct archive_hit *h), void *arg);
/* Makes the catalogue again from the objects. */
bool archive_rebuild(struct archive *a);

struct archive_verify_options {
    int percent;       /* of the objects, 100: all; the choice depends on the id only */
    const char *since; /* only versions created from this date on, or NULL */
    const char *resume; /* a file that keeps what was found whole, to go on from after an end before
                           the end; it goes when all is done.  NULL: none */
    const char *verapdf; /* its command: also whether PDFs are what they claim; NULL: not */
    void (*progress)(void *arg, size_t done, size_t all);
    void *arg;
};
struct archive_verified {
    size_t objects, files, findings;
    size_t before; /* objects that the file of `resume` knows as whole */
    uint64_t bytes;
};
/* Every byte against its inventory, inventories against their sidecars, paths
 * against the layout, heads against the log, the catalogue against the objects.
 * Each finding is a diagnostic whose place is the file.  false when it could not be done. */
bool archive_verify(struct archive *a, const struct archive_verify_options *o,
                    struct archive_verified *result);

/* Prints the log, a line a version; or its head for a time stamp. */
bool archive_log(struct archive *a, struct buf *out);

/* Which objects leave: those named, or all when n is 0; of a class only when
 * class_name is it (NULL: only those without a class; "all": any). */
struct archive_choice {
    const char *const *ids;
    size_t n;
    const char *class_name;
};
struct archive_exported {
    size_t objects, withheld; /* withheld: of another class */
};
/* Writes a BagIt 1.0 bag (RFC 8493) whose payload are whole objects; the folder
 * must not be there and appears whole or not at all. */
bool archive_export_bag(struct archive *a, const struct archive_choice *choice, const char *folder,
                        struct archive_exported *done);
/* Writes a web site of the heads: an index in Vietnamese and English, a page a
 * document, their PDFs but the facilitators', and a search that needs no server.
 * assets: the folder of search.js and site.css (styles/archive). */
bool archive_export_site(struct archive *a, const struct archive_choice *choice, const char *assets,
                         const char *folder, struct archive_exported *done);
/* Takes in the objects of such a bag after checking all of it: new ones, and
 * those that go on from what is here; others are told and left out. */
bool archive_import_bag(struct archive *a, const char *folder,
                        void (*each)(void *arg, const char *id, enum archive_result r, int version),
                        void *arg);

/* Old PDFs by a list: a CSV file with a line of names, of which id and file must be
 * there, and kind, number, date, organisation, title, class, languages, cites may be (or
 * their Vietnamese names; title.en for other languages).  All of the list is read
 * before anything is taken in; what is wrong is told with its line. */
struct archive_list_options {
    const char *agent, *message, *correction; /* of the versions; correction may be NULL */
    bool keep_going;                          /* take in the lines that are right */
    const char *verapdf;                      /* its command, or NULL: go by what PDFs claim */
    bool verapdf_must;                        /* it is an error when that cannot be run */
};
bool archive_import_list(struct archive *a, const char *csv, const struct archive_list_options *o,
                         void (*each)(void *arg, const char *id, enum archive_result r, int version), void *arg);

/* Has a time-stamp authority confirm the head
 * of the log: a Merkle tree's root over its lines (RFC 6962, 2.1), kept with the
 * answer in stamps/.  A head that is stamped is not stamped again (*stamped false). */
bool archive_stamp(struct archive *a, const struct archive_authority *authority, bool *stamped,
                   size_t *lines);
/* Writes a version's PDFs but a facilitator's into a new folder, with its receipt: the
 * line of the log, its way up the tree, the newest stamp over it, and a script that
 * checks all of it.  version 0: the head. */
bool archive_receipt(struct archive *a, const char *id, int version, const char *folder);

#endif
