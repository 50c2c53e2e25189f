/* Private to source/: what its files share. */
#ifndef SOTAY_SOURCE_PARTS_H
#define SOTAY_SOURCE_PARTS_H

#include "source/source.h"

/* ---- text.c: an author's file, and places in it ---- */

struct source_text {
    const char *path; /* interned, relative to the project */
    struct buf raw;   /* without a byte order mark */
    size_t *start;    /* byte offset of each line; start[lines] == raw.n */
    size_t lines;
};

/* What one run of the stage works with. */
struct source_job {
    struct source_project *project;
    struct source_inputs *inputs; /* or NULL */
    struct diags *diags;
    struct arena *arena;
    const struct source_series *series; /* with unit: what ${...} stands for; or NULL */
    const struct source_unit *unit;
    const char *language; /* of the edition being read: ${unit.name} is of column name.LANGUAGE first */
};

/* Reads a file of the project and checks its encoding; NULL after an error. */
struct source_text *source_text_load(struct source_job *job, const char *path);
/* A text that is in no file yet, and is UTF-8. */
struct source_text *source_text_make(const char *path, const char *s, size_t n);
void source_text_drop(struct source_text *text);
/* Line from 0, byte from 0 within it (clamped). */
struct pos source_text_pos(const struct source_text *text, size_t line, size_t byte);
struct pos source_text_pos_at(const struct source_text *text, size_t offset);
/* A line without its end. */
const char *source_text_line(const struct source_text *text, size_t line, size_t *length);

void source_input_add(struct source_job *job, const char *path);

/* The text in normalisation form C (UAX 15); in the arena. */
char *source_nfc(struct arena *arena, const char *s, size_t n);
/* Adds "did you mean" to the last diagnostic when a name is near. */
void source_hint(struct diags *diags, struct pos pos, const char *wrong, const char *const *names, size_t n);
static inline bool source_is_digit(char c) {
    return c >= '0' && c <= '9';
}
static inline bool source_is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool source_is_ncname(const char *s);
bool source_is_language(const char *s, size_t n);

/* ---- yaml.c ---- */

struct source_yaml;
struct yaml_node_s;

/* Parses the bytes from `from` to `to` of a text, which begin a line; NULL after
 * an error, or when the whole is not a mapping. */
struct source_yaml *source_yaml_load(struct source_job *job, const struct source_text *text, size_t from,
                                     size_t to);
void source_yaml_drop(struct source_yaml *yaml);
struct yaml_node_s *source_yaml_root(struct source_yaml *yaml);
struct yaml_node_s *source_yaml_find(struct source_yaml *yaml, struct yaml_node_s *map, const char *key);
struct pos source_yaml_pos(const struct source_yaml *yaml, const struct yaml_node_s *node);
/* A scalar's text (NFC, in the job's arena); NULL when it is no scalar or empty. */
const char *source_yaml_text(struct source_yaml *yaml, const struct yaml_node_s *node);
/* Pairs of a mapping and items of a list; 0 for other nodes. */
size_t source_yaml_pairs(const struct yaml_node_s *map);
void source_yaml_pair(struct source_yaml *yaml, struct yaml_node_s *map, size_t i, struct yaml_node_s **key,
                      struct yaml_node_s **value);
size_t source_yaml_items(const struct yaml_node_s *list);
struct yaml_node_s *source_yaml_item(struct source_yaml *yaml, struct yaml_node_s *list, size_t i);
bool source_yaml_is_map(const struct yaml_node_s *node);
bool source_yaml_is_list(const struct yaml_node_s *node);
/* Errors for keys that are not among names (NULL: any) or stand twice. */
void source_yaml_check_keys(struct source_yaml *yaml, struct yaml_node_s *map, const char *const *names,
                            size_t n);

/* ---- meta.c: what a publication says of itself ---- */

struct source_words {
    const char *name; /* "title", "organisation", or a field's */
    const char *lang; /* NULL = all languages */
    const char *text;
    struct source_words *next;
};

/* What the form of the document asks for (form.c). */
struct source_form {
    const char *type;       /* "party" or "state" */
    const char *urgency;    /* "khan", "thuong-khan" or "hoa-toc" */
    const char *pitch;      /* of lines: "18", "19" or "20" points */
    const char *numbering;  /* "headings", "articles" or "none" */
    const char *spelling;   /* of "òa oà ủy uỷ" those to use */
    const char *record;     /* a YAML file: what a session was like */
    struct pos record_pos;
    const struct source_said *said;
};

struct source_part {
    const char *name;
    struct pos pos;
};

struct source_meta {
    struct source_publication pub;
    struct pos pos;            /* where it begins */
    struct source_part *parts; /* as pub.parts, with places */
    size_t part_count;
    struct source_words *words, **words_end;
    struct source_form form;
    struct pos title_pos;
    const char *stem, *const *found; /* of a pair: path without language, languages there are files of */
    bool damaged;                    /* none of its YAML could be read */
    struct source_series *series;    /* once asked for */
};

/* content/sotay.yaml; false after an error. */
bool source_meta_load_project(struct source_job *job, const char *path, struct source_meta *out,
                              struct source_archive *archive);
/* A folder with publication.yaml, or a pair stem ("content/thu-moi"); `project`
 * gives the defaults. Never NULL; errors are in the job's diags. */
struct source_meta *source_meta_load(struct source_job *job, const struct source_meta *project,
                                     const char *dir, const char *stem, const char *const *found);
/* The words of a node: a text, which is in `lang` (or NULL: all), or one for each
 * language; NULL after an error. */
const struct source_words *source_words_read(struct source_job *job, struct source_yaml *yaml, const char *key,
                                             struct yaml_node_s *node, const char *lang);
/* Offset just after the front matter (0: none); its YAML is [*from, *to). */
size_t source_front_matter(const struct source_text *text, size_t *from, size_t *to);

/* ---- rules.c ---- */

/* The keys rules and rules-off. */
void source_rules_read(struct source_job *job, struct source_yaml *yaml, struct source_publication *pub);
/* Adds what the project turns off. */
void source_rules_inherit(struct source_job *job, struct source_publication *pub, const struct source_publication *project);

/* ---- series.c ---- */

void source_series_free(struct source_meta *meta);
/* Text of an author with the unit's values filled in; s itself outside a series. */
const char *source_fill(struct source_job *job, const char *s, struct pos pos);

/* ---- project.c ---- */

struct source_project {
    struct arena *arena;
    const char *dir;
    struct source_archive archive;
    struct source_meta defaults;
    struct source_meta **pubs;
    size_t pub_count, pub_cap;
};

/* The file "dir/rel" as a path relative to the project, both relative to it;
 * NULL when it would leave the project. */
const char *source_project_path(struct source_job *job, const char *dir, const char *rel);
/* The path to open a project-relative path with. */
const char *source_project_file(struct source_job *job, const char *path);
/* True when the file, links resolved, lies in the project. */
bool source_project_holds(struct source_job *job, const char *path);

/* ---- markdown.c, inline.c, block.c, directive.c: one Markdown file ---- */

enum source_type {
    SOURCE_HEADING,
    SOURCE_P,
    SOURCE_LIST,
    SOURCE_TABLE,
    SOURCE_QUOTE,
    SOURCE_CODE,
    SOURCE_RULE,
    SOURCE_FIGURE,
    SOURCE_DIRECTIVE
};

/* A block that lies directly in a part. */
struct source_block {
    enum source_type type;
    const char *directive; /* its name, or NULL */
    const char *id, *class;
    const char *allow; /* as in src:allow, or NULL */
    struct pos pos;
    int level;                      /* of a heading */
    xmlNode *node;                  /* the block; a heading's is an element holding its inlines */
    size_t length;                  /* characters of text */
    uint64_t figures;               /* a bit for each run of figures in it */
    struct source_section *section; /* that a heading begins: align.c's own */
};

/* The blocks of one part in one language. */
struct source_flow {
    const char *lang;
    struct source_text *text;
    struct source_block *blocks;
    size_t n, cap;
};

/* What is counted through a whole edition. */
struct source_build {
    struct source_job *job;
    xmlDoc *doc;
    xmlNs *ns, *src;
    struct source_ref *refs;  /* XML sources that `include` asks for */
    struct map *ids;          /* of sections and units */
    struct map *note_counts;  /* language -> notes so far */
    size_t section_count;     /* directly under body */
    struct pos meta_pos;      /* of the publication's own texts */
};

struct source_ref {
    const char *name;
    struct pos pos;
    struct source_ref *next;
};

/* Fills flow->blocks from the text's bytes after `from` (a line's beginning). */
void source_markdown_read(struct source_build *build, struct source_flow *flow, size_t from);

/* ---- align.c ---- */

/* Puts the flows of one part (one per language, the first the base) under body. */
void source_align_part(struct source_build *build, xmlNode *body, struct source_flow *flows, size_t n,
                       const char *part);

/* ---- data.c: the XML sources ---- */

/* body, which is complete, cites documents of the data. */
void source_data_load(struct source_build *build, xmlNode *body, xmlNode *data, const struct source_meta *meta);

/* ---- citations.c ---- */

/* Tells what is wrong in the registry (NULL: there is none) and in what body cites;
 * a citation's ref becomes the document's id. */
void source_citations_check(struct source_build *build, xmlNode *body, xmlNode *citations);

/* ---- tree.c: making edition elements ---- */

xmlNode *source_element(struct source_build *build, xmlNode *parent, const char *name);
void source_set_at(struct source_build *build, xmlNode *node, struct pos pos);
void source_set(xmlNode *node, const char *name, const char *value);
void source_set_int(xmlNode *node, const char *name, long value);
void source_set_lang(xmlNode *node, const char *lang);
bool source_is(const xmlNode *node, const char *name);

#endif
