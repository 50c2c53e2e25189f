/* Private to archive/. */
#ifndef SOTAY_ARCHIVE_PRIVATE_H
#define SOTAY_ARCHIVE_PRIVATE_H

#include "archive/archive.h"

#include <jansson.h>
#include <time.h>

struct sqlite3;

enum { SHA512_HEX = 128, SHA256_HEX = 64 };

struct archive {
    struct buf root;
    enum archive_mode mode;
    int lock; /* descriptor, or -1 */
    struct sqlite3 *db;
    struct diags *diags;
};

/* ---- digest.c: lower-case hexadecimal, NUL-terminated ---- */
void sha512_bytes(char hex[SHA512_HEX + 1], const void *p, size_t n);
void sha256_bytes(char hex[SHA256_HEX + 1], const void *p, size_t n);
/* Of a file, with its size; 0 or errno. */
int sha512_file(char hex[SHA512_HEX + 1], uint64_t *size, const char *path);
/* Copies a file (made new) and digests what was copied; io_sync_tree is to follow.
 * EBUSY: it changed meanwhile. */
int sha512_copy(char hex[SHA512_HEX + 1], const char *from, const char *to);

/* ---- ident.c ---- */
/* The id in NFC; why it can be none (empty, not UTF-8, control characters), or NULL. */
const char *ident_fault(struct buf *out, const char *id);
/* The same, told; false when it can be none. */
bool ident_normalise(struct buf *out, const char *id, struct diags *diags);
/* The parts of an object's path below the storage root: three tuples and the
 * encoded id (extension 0003). */
struct ident_path {
    struct buf part[4];
};
void ident_layout(struct ident_path *p, const char *id);
void ident_path_free(struct ident_path *p);
/* ROOT/ocfl/aaa/bbb/ccc/ID */
void ident_object(const struct archive *a, struct buf *out, const char *id);
/* A folder's name for an object outside the root: letters, digits and - only,
 * since readers of bags and browsers differ about the rest. */
void ident_slug(struct buf *out, const char *id);
/* A logical path of OCFL 3.5.3.1: relative, no empty, "." or ".." part. */
bool ident_is_name(const char *name);

/* ---- io.c: all return 0 or errno ---- */
int io_put(const char *path, const void *data, size_t n); /* a new file; io_sync_tree is to follow */
int io_put_synced(const char *path, const void *data, size_t n);
int io_sync_dir(const char *path);
int io_sync_tree(const char *path); /* every file and folder of it */
int io_remove_tree(const char *path);
/* Copies every file of a folder into another. */
int io_copy_tree(const char *from, const char *to);
/* Links every file of a folder into another, but not those at its top named in `but` (NULL-terminated). */
int io_link_tree(const char *from, const char *to, const char *const *but);
/* Swaps two folders; ENOTSUP where the file system cannot. */
int io_exchange(const char *a, const char *b);
/* Renames to a name that must not exist. */
int io_rename_new(const char *from, const char *to);
/* Names in a folder, sorted; NULL on error (*e).  Free with io_names_free. */
char **io_names(const char *path, size_t *n, int *e);
void io_names_free(char **names, size_t n);
bool io_is_dir(const char *path);

/* ---- inventory.c ---- */
/* Reads ROOT.../inventory.json and checks its sidecar, id and shape; NULL (told).
 * digest: of its bytes, or NULL. */
json_t *inventory_read(const char *object, const char *id, char digest[SHA512_HEX + 1], struct diags *diags);
int inventory_head(const json_t *inventory); /* 3 for "v3" */
json_t *inventory_new(const char *id);
/* The state of a version: digest -> names; NULL when there is none. */
json_t *inventory_state(const json_t *inventory, int version);
/* The file that holds a digest, relative to the object, or NULL. */
const char *inventory_content(const json_t *inventory, const char *digest);
void inventory_dump(struct buf *out, const json_t *inventory);
/* On one line, without newline. */
void inventory_dump_line(struct buf *out, const json_t *json);
/* Writes inventory and sidecar into a folder; 0 or errno. */
int inventory_write(const char *folder, const char *text, size_t n);

/* ---- log.c ---- */
struct log_line {
    size_t n;
    const char *time, *id, *version, *inventory, *previous; /* lent until the call returns */
    char digest[SHA256_HEX + 1];                            /* of the line itself */
};
/* Calls each (may be NULL) for the whole lines from *offset on, in order, and
 * moves *offset past them; false (told) when a line is damaged or does not
 * follow the one before it. */
bool log_read(struct archive *a, uint64_t *offset, void (*each)(void *arg, const struct log_line *l),
              void *arg);
/* The text of the next line, without newline. */
bool log_next(struct archive *a, struct buf *line, const char *id, const char *version,
              const char *inventory);
/* Appends a line and syncs; a line that is already the last one is not
 * repeated, half a line at the end is cut off first.  0 or errno. */
int log_append(struct archive *a, const char *line);
/* A line's members; false when it is none.  json keeps them alive. */
bool log_parse(const char *text, size_t n, json_t **json, struct log_line *l);

/* ---- root.c ---- */
void archive_path(const struct archive *a, struct buf *out, const char *rel);
time_t now(void);           /* SOURCE_DATE_EPOCH where it is set */
void now_utc(char out[32]); /* the same as RFC 3339 says */

/* ---- recover.c ---- */
/* Finishes or cleans what a dead writer left.  Needs the lock. */
bool recover(struct archive *a);
int pending_write(struct archive *a, const char *line);
int pending_done(struct archive *a);
/* Takes a version into an object where folders cannot be swapped: its folder
 * (staged; NULL when it is there), then inventory and sidecar.  0 or errno. */
int commit_piecewise(struct archive *a, const char *object, const char *staged, const char *version);

/* ---- bag.c ---- */
bool archive_chosen(const struct archive_choice *c, const struct archive_entry *e);
bool archive_allowed(const struct archive_choice *c, const struct archive_entry *e);

/* ---- commit.c ---- */
/* Takes an object of another root in whole; its id goes to name.  One that is
 * here must be an earlier state of it. */
enum archive_result commit_adopt(struct archive *a, const char *object, struct buf *name, int *number);

/* ---- verify.c ---- */
/* An object's files against its inventory; the number of findings (told). */
size_t verify_object(struct archive *a, const char *object);

/* ---- resume.c: a file of objects that were found whole ---- */
/* Reads what is in it and goes on writing to it; false (told): it is of another archive. */
bool resume_open(struct archive *a, const char *path, struct map *known, FILE **file);
void resume_note(FILE *file, const char *id, const char *inventory);
bool resume_knows(const struct map *known, const char *id, const char *inventory);

/* ---- proof.c ---- */
/* The stamps against the log; the number of findings (told). */
size_t proof_verify(struct archive *a);

/* ---- catalogue.c ---- */
bool catalogue_open(struct archive *a);
void catalogue_close(struct archive *a);
/* Has it the rows of an object as they would be made now?  Adds those it has to *rows. */
bool catalogue_same(struct archive *a, const char *id, const char *object, const json_t *inventory,
                    const char *digest, size_t *rows);
/* All its rows, and those of an object. */
size_t catalogue_count(struct archive *a);
size_t catalogue_rows(struct archive *a, const char *id);
/* A query with values bound: s a string, i an int64_t; NULL after an error (told). */
struct sqlite3_stmt *catalogue_query(struct archive *a, const char *sql, const char *types, ...);
/* Ends a query; false (told) when it failed. */
bool catalogue_done(struct archive *a, struct sqlite3_stmt *s);

/* ---- pages.c ---- */
/* What a PDF says of itself in its XMP: "PDF/A-3a", or "".  0 or errno. */
int pdfa_claim(struct buf *out, const char *pdf);
/* What veraPDF, run as a shell's command with --format text, says of files: why
 * is NULL where one passes.  0, or errno: ENOENT when it is not there. */
int pdfa_judge(const char *command, const char *const *files, size_t n,
               void (*each)(void *arg, size_t i, const char *why), void *arg);

/* ---- fold.c ---- */
/* Text as it is searched: lower case, without marks (đ as d), Lao cut into its
 * words.  map (may be NULL): for each byte of out the offset in text. */
void fold_text(struct buf *out, struct buf *map, const char *text, size_t n);

#endif
