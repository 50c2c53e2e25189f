/* Sources -> edition XML: Markdown, YAML front matter and XML become one tree
 * that holds every unit of a publication once per language (the vocabulary is
 * styles/schemas/edition.rng).
 *
 * Paths in positions, in src:at and in inputs are relative to the project
 * folder.  Lines and columns count from 1, columns in characters of the
 * author's own file. */
#ifndef SOTAY_SOURCE_H
#define SOTAY_SOURCE_H

#include "base/base.h"

#include <libxml/tree.h>

#define SOURCE_EDITION_NS "urn:sotay:edition"
#define SOURCE_PLACE_NS "urn:sotay:source" /* of the attribute src:at */

struct source_project;

/* A part of the study kit that is made besides the publication (key `kit:`). */
struct source_kit_part {
    const char *name;   /* a stylesheet's: "introduction", "quiz", "minutes", "slides" or "cards" */
    bool named;         /* outright, not by "all" */
    int versions, seed; /* of the quiz; 0: not said */
    const char *size;   /* of slides ("16:9", "A4") or cards ("A7", "A6"), or NULL */
    struct pos pos;
};

/* A rule of form that is turned off: "PACK.RULE". */
struct source_off {
    const char *name, *reason; /* reason NULL: none was given, which was told */
    struct pos pos;
};

/* What a publication says of itself.  Strings that were not given are NULL;
 * the two lists are ended by NULL.  Owned by the project. */
struct source_publication {
    const char *id;
    const char *kind; /* NULL only when its own file is damaged */
    const char *date; /* yyyy-mm-dd */
    const char *number;
    const char *impose; /* "none" or "booklet" */
    const char *layout; /* "columns", "facing", "interleaved" or "sequential" */
    const char *editions; /* "together" or "separate": each language a document */
    const char *style;
    const char *form; /* "party" or "state" */
    const char *const *rules; /* packs its pages are held against; NULL: those of its kind and form */
    struct pos rules_pos;
    const struct source_off *rules_off; /* its own and the project's */
    size_t rules_off_count;
    const char *dir;  /* where its parts and pictures lie */
    const char *file; /* publication.yaml, or the first of its Markdown files */
    const char *const *languages;
    const char *const *standing; /* those of the parts that the next issue begins with, or NULL */
    const char *const *parts; /* names without language and ending */
    const struct source_kit_part *kit; /* ended by one without a name; NULL: not said */
    bool pair;                /* Markdown files with front matter, directly in content/ */
};

/* Opens the project in dir, which holds content/ and perhaps content/sotay.yaml,
 * and lists its publications.  NULL, after an error, when there is no content/
 * or sotay.yaml is damaged.  A damaged publication is listed all the same: its
 * errors come from source_edition. */
struct source_project *source_project_open(const char *dir, struct diags *diags);
void source_project_close(struct source_project *project);

/* The publications, sorted by id (bytes). */
size_t source_publication_count(const struct source_project *project);
const struct source_publication *source_publication_at(const struct source_project *project, size_t i);
/* By id, or by a path (from the working folder, or from the project's) to the
 * publication's folder or to any file of it.  NULL when there is none. */
const struct source_publication *source_publication_find(const struct source_project *project,
                                                         const char *name);

/* Whether a part of the publication holds a fenced block of this name, in the first
 * language; of a series, in any of its units. */
bool source_uses(struct source_project *project, const struct source_publication *publication, const char *directive);

/* A row of a series' table: what makes one document of a publication that has a
 * series.yaml.  Strings that were not given are NULL. */
struct source_unit {
    const char *key;           /* of its row; fit for file names */
    const char *month, *year;  /* yyyy-mm */
    const char *const *values; /* by column */
    const char *stem;          /* of the output's name; may hold "/" */
    const char *languages, *date, *number; /* in place of the publication's */
};
struct source_series {
    const char *file, *table; /* series.yaml; the table's file or NULL */
    const char *const *columns;
    size_t column_count, n;
    struct source_unit *units; /* sorted by key and month */
    const char **cells;        /* all values */
    bool damaged;              /* errors were told: the units are not all of them */
};
/* The series of a publication, read at the first call (what is wrong goes to
 * diags then); NULL when it has none.  Owned by the project. */
const struct source_series *source_series(struct source_project *project, const struct source_publication *pub,
                                          struct diags *diags);
/* yyyy-mm, perhaps with more behind it; yyyy-mm-dd. */
bool source_is_month(const char *s);
bool source_is_date(const char *s);

const char *source_project_dir(const struct source_project *project);
/* What sotay.yaml says of the project's archive: its folder, the URL of the time-stamp
 * authority for it, a URI of who answers for it; NULL where nothing is said. */
struct source_archive {
    const char *folder, *timestamp, *contact;
};
const struct source_archive *source_project_archive(const struct source_project *project);

/* The files an edition was made from: sorted, each once, relative to the
 * project.  Start with {0}. */
struct source_inputs {
    char **paths; /* also of files looked for that are not there */
    size_t n, cap;
    bool varies; /* a unit's values choose some of them */
};
void source_inputs_free(struct source_inputs *inputs);

/* Builds the edition of a publication in its languages, or in those of
 * `languages` ("vi,en" or "vi en") it has, in the publication's own order.
 * The caller owns the document, whose URL is the project's folder: paths in it
 * are relative to that.  inputs may be NULL.  NULL only when there is
 * nothing to build from; otherwise errors are in diags and the tree holds what
 * could be read. */
xmlDoc *source_edition(struct source_project *project, const struct source_publication *publication,
                       const char *languages, struct source_inputs *inputs, struct diags *diags);

/* The same for one unit of the publication's series, whose values are filled in
 * where the texts say ${unit.COLUMN}; unit NULL: as above. */
xmlDoc *source_edition_of(struct source_project *project, const struct source_publication *publication,
                          const struct source_unit *unit, const char *languages, struct source_inputs *inputs,
                          struct diags *diags);

/* The RELAX NG schema of a kind of publication (styles/schemas/kinds/KIND.rng);
 * NULL, after errors, when it cannot be used.  Messages call it `name`. */
struct source_schema;
struct source_schema *source_schema_open(const char *path, const char *name, struct diags *diags);
void source_schema_close(struct source_schema *schema);
/* Tells what in an edition its kind does not allow, at the author's place; false
 * when there is anything. */
bool source_schema_check(const struct source_schema *schema, xmlDoc *edition, struct diags *diags);

/* The edition as text: a line for each block, nothing added inside text. */
void source_edition_write(xmlDoc *edition, struct buf *out);

/* ---- the texts of a Markdown file, as a translator sees them ---- */

enum source_piece_kind {
    SOURCE_PIECE_PARAGRAPH,
    SOURCE_PIECE_HEADING,
    SOURCE_PIECE_ITEM, /* a paragraph in a list */
    SOURCE_PIECE_CELL,
    SOURCE_PIECE_TITLE, /* title="..." of a directive */
    SOURCE_PIECE_PICTURE, /* a paragraph that is one image */
    SOURCE_PIECE_LINE   /* of a chart */
};

/* A run of text that is translated as one, in Markdown: bytes `start` to `end`
 * of the file. */
struct source_piece {
    enum source_piece_kind kind;
    size_t start, end;
    const char *text; /* NFC, its lines joined with blanks, "\n" where a hard break is */
    struct pos pos;
};

/* What stands between blank lines at the top level, a footnote's definition
 * included: whole lines of the file, with the pieces in them. */
struct source_range {
    size_t start, end;
    int32_t line;      /* as in the unit's src:at */
    const char *note;  /* label of a definition, or NULL */
    int heading;       /* level, or 0 */
    struct source_piece *pieces;
    size_t count, cap;
};

struct source_pieces {
    struct arena *arena;
    const char *path; /* of the file, in the project; full: to be opened with */
    const char *full;
    bool there;
    struct buf raw;  /* the file without a byte order mark */
    bool marked;     /* it has one */
    bool pair;       /* it begins with front matter */
    size_t head;     /* bytes of its front matter */
    struct source_range *v;
    size_t n, cap;
};

/* Reads one part of a publication in one language; false after an error.  A file
 * that is not there is none (there == false). */
bool source_pieces_read(struct source_project *project, const struct source_publication *publication,
                        const char *part, const char *language, struct source_pieces *out, struct diags *diags);
/* The same of a text that is to become that file. */
void source_pieces_parse(const struct source_pieces *file, const char *s, size_t n, struct source_pieces *out,
                         struct diags *diags);
void source_pieces_free(struct source_pieces *pieces);

/* The place in an element's src:at, or that of the nearest ancestor with one. */
struct pos source_place(xmlNode *node);
/* Reads "file:line:col"; all zero when it is not one. */
struct pos source_place_parse(const char *at);

/* The name nearest to a wrong one, or NULL when none is near. */
const char *source_suggest(const char *wrong, const char *const *names, size_t n);

/* A number at the start of s as a language writes it (vi, lo: 1.000,5; others:
 * 1,000.5): its bytes, or 0.  The plain form ("1000.5") goes to out. */
size_t source_number_scan(const char *s, const char *language, char *out, size_t out_size);

#endif
