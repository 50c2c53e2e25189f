/* Every stage for one document: source -> transform -> fo -> layout -> pdf.
 *
 * A workshop holds what the documents of one process share: the project, the
 * stylesheets and the fonts.  A publication gives one or more documents (its
 * variants: the members' copy, "facilitator", "print"), each one output file
 * that appears whole or not at all. */
#ifndef SOTAY_DOCUMENT_H
#define SOTAY_DOCUMENT_H

#include "base/base.h"

#ifndef SOTAY_VERSION
#define SOTAY_VERSION "0"
#endif

enum document_emit { DOCUMENT_PDF, DOCUMENT_AREAS, DOCUMENT_FO, DOCUMENT_EDITION };
/* DEFAULT: PDF/A-3a with PDF/UA-1; imposed sheets PDF/A-3b. */
enum document_profile { PROFILE_DEFAULT, PROFILE_A3A_UA1, PROFILE_A2A_UA1, PROFILE_A3B, PROFILE_NONE };
/* AS_TOLD: what the publication says; none for a single FO document. */
enum document_impose { IMPOSE_AS_TOLD, IMPOSE_NONE, IMPOSE_BOOKLET };

struct document_options {
    enum document_emit emit;
    enum document_profile profile;
    enum document_impose impose;
    mpt creep;             /* of an imposed booklet, per sheet */
    const char *languages; /* "vi,en", or NULL: the publication's own */
    const char *layout;    /* "columns" ..., or NULL: the publication's own */
    int32_t limit_pages;   /* 0: none */
    int32_t explain_page;  /* why that page ended where it did goes to `explain`; 0: none */
    bool explain_json, explain_vietnamese;
    struct buf *explain;
    bool kit;              /* also every part of a study kit the source can give */
    bool check_forms;      /* hold pages against the rules of their form */
    const char *rules;     /* packs of them ("nd30,hd05"), or NULL: those of the publication */
    bool trial;            /* all stages, nothing kept: to find what is wrong */
    const char *series;    /* only publications of this id or kind; NULL: all */
    const char *month;     /* only documents of this month, yyyy-mm; NULL: all */
    /* Told after each stage, NULL where nobody asks. */
    void (*stage)(void *arg, const char *output, const char *stage, int64_t microseconds);
    /* Not NULL: outputs are put in place while others are made; counts those of
     * which document_commit_next has not told yet. */
    size_t *later;
    /* Told when an output is made, with its pages, or NULL. */
    void (*made)(void *arg, const char *output, int32_t pages);
    /* Told now and then while pages are made, or NULL. */
    void (*pages)(void *arg, int32_t pages);
    void *arg;
};

struct workshop;

/* Opens a project folder (NULL: none), with its publications or, for single FO
 * documents, without.  Styles and fonts are those beside the program where the
 * project has none.  NULL, after an error, when the publications cannot be
 * listed.  diags gets what is wrong with project and fonts, and must live as
 * long as the workshop. */
struct workshop *workshop_open(const char *project, bool publications, struct diags *diags);
/* Lists the publications of a workshop opened without; false after an error. */
bool workshop_load(struct workshop *w, struct diags *diags);
/* Forgets the publications: workshop_load lists them anew. */
void workshop_unload(struct workshop *w);
/* Forgets stylesheets and fonts: they are read anew. */
void workshop_reload(struct workshop *w);
/* The project's folder, or NULL. */
const char *workshop_project(const struct workshop *w);
void workshop_close(struct workshop *w);
/* What is wrong with the project and the fonts. */
struct diags *workshop_diags(struct workshop *w);
/* The folder of stylesheets and fonts.xml. */
const char *workshop_styles(const struct workshop *w);

/* Whether a folder holds content/; it may hold styles/ of its own, too. */
bool document_is_project(const char *dir);
/* The project's folder, from `start` upwards; false when
 * there is none. */
bool document_find_project(struct buf *out, const char *start);

/* One output.  Strings belong to the list's arena. */
struct source_unit;
struct document {
    const char *id, *kind;
    const char *number;    /* of the issue, or "" */
    const char *variant;   /* "" | "facilitator" | "print" | "quiz" | "quiz.facilitator" | "cards.a6" ... */
    const char *sheet;     /* the stylesheet: the kind's, or that of a part of the kit */
    const char *sheets;    /* the stylesheets of all documents made together, blanks between */
    const char *copy;      /* of that: "" | "a6" | "1" (a version of the quiz) */
    const char *languages; /* "vi en" */
    const char *layout;    /* "columns" ...; "": the kind's own */
    const char *output;    /* a path, or "-" */
    size_t publication;    /* in its project; documents of one stand together */
    /* Of one unit of a series; documents of one stand together: */
    const char *unit, *month; /* key, and yyyy-mm, or NULL */
    const char *values;       /* "column=value" in lines: what it is made from besides its files, or NULL */
    const struct source_unit *row;
};
/* Whether two documents are made together. */
bool document_together(const struct document *a, const struct document *b);
struct document_list {
    struct arena *arena;
    struct document *items;
    size_t n, cap;
};

/* What is to be built of the publications and units ("ID/UNIT") named (all when
 * count is 0), sorted by id, unit, month and variant.  out: a folder, a file or
 * "-" where one output is meant, NULL: the project's out/.  0; 1 after an error in
 * a series or when two documents would go to one file (told); 2 when a name is
 * unknown or several publications would go to one file. */
int document_list_fill(struct document_list *list, struct workshop *w, const char *const *names, size_t count,
                       const char *out, const struct document_options *options, struct diags *diags);
/* Whether `out` names one file ("-": standard output), not a folder. */
bool document_is_file(const char *out, enum document_emit emit);
void document_list_free(struct document_list *list);

/* Confirms translations ("UNIT,UNIT" or "all") of the publications of a list, in
 * their edition.lock.  How many, -1 after an error. */
int document_accept(struct workshop *w, const struct document_list *list, const char *units, struct diags *diags);

/* Translators' files (exchange/exchange.h): PO, or XLIFF 1.2 or 2.1, of a
 * publication named by id or path. */
enum document_exchange { DOCUMENT_PO, DOCUMENT_XLIFF_12, DOCUMENT_XLIFF_21 };
struct document_exchanged {
    int messages, changed, fuzzy, missing;
};
/* A file for each language ("en,lo"; NULL: all but the first): out is a folder, a
 * file or "-" where one language is meant, NULL: the project's out/.  False after
 * an error. */
bool document_export(struct workshop *w, const char *name, const char *languages, enum document_exchange format,
                     const char *out, struct diags *diags);
/* From path, or, where it is NULL, from where document_export writes. */
bool document_import(struct workshop *w, const char *name, const char *languages, enum document_exchange format,
                     const char *path, struct document_exchanged *done, struct diags *diags);

/* Files that documents are made from, sorted by name, each once: sources by
 * their place in the project, styles as "styles/..."; also files looked for
 * that are not there. */
struct document_input {
    const char *name, *path; /* interned; path: from the working folder */
};
struct document_inputs {
    struct document_input *items;
    size_t n, cap;
    bool varies; /* other units of the series may have others */
};
void document_inputs_add(struct document_inputs *inputs, const char *name, const char *path);
void document_inputs_sort(struct document_inputs *inputs);
void document_inputs_free(struct document_inputs *inputs);

/* Makes the documents of one publication or unit (n of them, standing together
 * in a list); what is wrong goes to diags, the sources they are made from to
 * sources (NULL where nobody asks).  After an error nothing of the document
 * concerned is written. */
void document_build(struct workshop *w, const struct document *documents, size_t n,
                    const struct document_options *options, struct document_inputs *sources, struct diags *diags);

/* One output that is in place now, or could not be put there (told as an error):
 * whose counter it was; false when none is (with `wait`: when all have been told). */
bool document_commit_next(size_t **later, bool wait, struct diags *(*diags_of)(size_t *later));

/* The sources of a document. */
void document_sources_find(struct document_inputs *inputs, struct workshop *w, const struct document *document,
                           struct diags *diags);
/* series.yaml and its table, of which a document is made from its own row alone. */
void document_series_find(struct document_inputs *inputs, struct workshop *w, const struct document *document);
/* All sources and styles of a document that are there. */
void document_inputs_find(struct document_inputs *inputs, struct workshop *w, const struct document *document,
                          struct diags *diags);
/* The files that say which documents there are: publications and series. */
void document_definitions_find(struct document_inputs *inputs, struct workshop *w);
/* Stylesheets by name (blanks between) with all they take in, and the fonts' list. */
void document_styles_find(struct document_inputs *inputs, struct workshop *w, const char *sheets);
/* What all documents are made with: font files, hyphenation patterns, the colour profile. */
void document_machine_find(struct document_inputs *inputs, struct workshop *w);
/* Compiles the stylesheets of these documents and opens the fonts, so that
 * children of this process have them. */
void document_warm(struct workshop *w, const struct document *documents, size_t n);

/* What a document's publication says of itself, as a JSON object: id, kind, number,
 * date, languages, titles, organisation, class, documents cited, targets served.
 * false after an error. */
bool document_describe(struct buf *json, struct workshop *w, const struct document *document, struct diags *diags);
/* A publication as the next issue of it needs it; strings are the project's. */
struct document_issue {
    const char *id, *kind;
    const char *dir; /* from the project */
    const char *const *parts, *const *standing; /* ended by NULL; standing may be NULL */
};
bool document_find_issue(struct document_issue *out, struct workshop *w, const char *name, struct diags *diags);
/* Where the project keeps its archive (sotay.yaml), or NULL. */
const char *workshop_archive(const struct workshop *w);
/* The URL of its time-stamp authority, or NULL. */
const char *workshop_timestamp(const struct workshop *w);
/* A URI of who answers for what is kept (sotay.yaml: contact), or NULL. */
const char *workshop_contact(const struct workshop *w);

/* Formats one FO document ("-": standard input) to a PDF or an area dump. */
void document_format(struct workshop *w, const char *in, const char *out, const struct document_options *options,
                     struct diags *diags);

/* The exit status that diagnostics stand for: 0; 1 an error in the documents,
 * 3 one of the environment. */
int document_status(const struct diags *diags);

/* The fonts of the workshop, in order: the i-th one's family, style and file;
 * false past the end. */
bool workshop_font(struct workshop *w, int32_t i, const char **family, const char **name, const char **file);
/* The packs of rules of form, read at first use; what is wrong with them goes to the
 * workshop's diags. */
struct check_packs *workshop_packs(struct workshop *w);
/* The packs, a line each, or (pack not NULL) one with its rules; false when there is
 * none of that name. */
bool document_print_rules(struct buf *out, struct workshop *w, const char *pack, bool json, bool vietnamese);
/* "hd05, nd30" */
void document_pack_names(struct buf *out, struct workshop *w);
/* The rules that hold for a publication (id or path), and those turned off; false when
 * there is none of that name. */
bool document_print_rules_of(struct buf *out, struct workshop *w, const char *name, bool json, bool vietnamese,
                             struct diags *diags);
/* The support table of formatting objects and properties. */
void document_print_support(struct buf *out);
/* Names and versions of the libraries, a line each. */
void document_print_versions(struct buf *out);

#endif
