#include "cli/options.h"

#include <ctype.h>
#include <errno.h>
#include <unistd.h>

enum {
#define COMMAND(id, ...) C_##id = 1 << COMMAND_##id,
#include "cli/commands.def"
#undef COMMAND
    C_PROJECT = C_BUILD | C_KIT | C_WATCH | C_MERGE | C_CHECK | C_NEW | C_PLAN | C_DOCTOR | C_ARCHIVE | C_EXPLAIN | C_EXPORT |
                C_IMPORT | C_RULES,
    C_ALL = (1 << COMMAND_COUNT) - 1
};

enum option_id {
#define OPTION(id, ...) OPTION_##id,
#include "cli/options.def"
#undef OPTION
    OPTION_COUNT
};

struct option_row {
    char letter;
    const char *name, *argument;
    unsigned commands;
    const char *help;
};
static const struct option_row rows[OPTION_COUNT] = {
#define OPTION(id, letter, name, argument, commands, help) {letter, name, argument, commands, help},
#include "cli/options.def"
#undef OPTION
};

struct command_row {
    const char *name, *arguments, *help;
};
static const struct command_row commands[COMMAND_COUNT] = {
#define COMMAND(id, name, arguments, help) {name, arguments, help},
#include "cli/commands.def"
#undef COMMAND
};

int options_wrong(const struct options *o, const char *format, ...) {
    struct buf b = {0};
    va_list args;
    va_start(args, format);
    buf_vfmt(&b, format, args);
    va_end(args);
    bool known = o && o->command < COMMAND_COUNT;
    fprintf(stderr, "sotay: %s\nTry: sotay%s%s --help\n", b.p, known ? " " : "",
            known ? commands[o->command].name : "");
    buf_free(&b);
    return 2;
}

/* How many letters must be changed, added, taken out or swapped round. */
static size_t distance(const char *a, const char *b) {
    enum { MAX = 32 };
    size_t n = strlen(a), m = strlen(b), row[3][MAX + 1];
    if (n > MAX || m > MAX) return MAX;
    for (size_t j = 0; j <= m; j++) row[0][j] = j;
    for (size_t i = 1; i <= n; i++) {
        size_t *now = row[i % 3], *above = row[(i + 2) % 3], *before = row[(i + 1) % 3];
        now[0] = i;
        for (size_t j = 1; j <= m; j++) {
            size_t best = above[j - 1] + (a[i - 1] != b[j - 1]);
            if (above[j] + 1 < best) best = above[j] + 1;
            if (now[j - 1] + 1 < best) best = now[j - 1] + 1;
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] && before[j - 2] + 1 < best)
                best = before[j - 2] + 1;
            now[j] = best;
        }
    }
    return row[n % 3][m];
}

struct nearest {
    const char *name;
    size_t distance;
};

static void consider(struct nearest *best, const char *typed, const char *name) {
    size_t d = distance(typed, name);
    if (d < best->distance && d <= 1 + strlen(typed) / 3) *best = (struct nearest){name, d};
}

static bool unknown_option(const struct options *o, const char *typed, size_t n) {
    char name[64];
    snprintf(name, sizeof name, "%.*s", (int)n, typed);
    struct nearest best = {NULL, SIZE_MAX};
    for (int i = 0; i < OPTION_COUNT; i++) consider(&best, name, rows[i].name);
    if (best.name) options_wrong(o, "unknown option --%s; did you mean --%s?", name, best.name);
    else options_wrong(o, "unknown option --%s", name);
    return false;
}

static bool read_command(struct options *o, const char *typed) {
    struct nearest best = {NULL, SIZE_MAX};
    for (int i = 0; i < COMMAND_COUNT; i++) {
        if (strcmp(typed, commands[i].name) == 0) {
            o->command = (enum command)i;
            return true;
        }
        consider(&best, typed, commands[i].name);
    }
    if (best.name) options_wrong(o, "unknown command %s; did you mean %s?", typed, best.name);
    else options_wrong(o, "unknown command %s", typed);
    return false;
}

/* The index of a value among words separated by blanks, or -1. */
static int choice(const char *words, const char *value) {
    size_t n = strlen(value);
    int i = 0;
    for (const char *p = words; *p; i++) {
        size_t k = strcspn(p, " ");
        if (k == n && memcmp(p, value, n) == 0) return i;
        p += k;
        p += strspn(p, " ");
    }
    return -1;
}

static bool read_choice(const struct options *o, enum option_id id, const char *words, const char *value, int *out) {
    *out = choice(words, value);
    if (*out >= 0) return true;
    options_wrong(o, "--%s takes one of: %s (not %s)", rows[id].name, words, value);
    return false;
}

static bool read_count(const struct options *o, enum option_id id, const char *value, int32_t *out) {
    char *end;
    errno = 0;
    long n = strtol(value, &end, 10);
    if (*value && !*end && !errno && n >= 1 && n <= INT32_MAX) {
        *out = (int32_t)n;
        return true;
    }
    options_wrong(o, "--%s takes a number of 1 or more (not %s)", rows[id].name, value);
    return false;
}

static bool read_percent(const struct options *o, enum option_id id, const char *value, int32_t *out) {
    char *end;
    long n = strtol(value, &end, 10);
    if (*end == '%') end++;
    if (end > value && !*end && n >= 1 && n <= 100) {
        *out = (int32_t)n;
        return true;
    }
    options_wrong(o, "--%s takes a percentage from 1 to 100 (not %s)", rows[id].name, value);
    return false;
}

static bool read_port(struct options *o, enum option_id id, const char *value) {
    char *end;
    long n = strtol(value, &end, 10);
    o->port = n >= 0 && n <= 65535 && *value && !*end ? (int)n : -1;
    if (o->port < 0) options_wrong(o, "--%s takes a port up to 65535 (not %s)", rows[id].name, value);
    return o->port >= 0;
}

static bool read_month(struct options *o, enum option_id id, const char *value) {
    bool good = strlen(value) == 7 && value[4] == '-';
    for (int i = 0; good && i < 7; i++) good = i == 4 || isdigit((unsigned char)value[i]);
    int month = good ? atoi(value + 5) : 0;
    o->document.month = value;
    if (month >= 1 && month <= 12) return true;
    options_wrong(o, "--%s takes a month as 2026-11 (not %s)", rows[id].name, value);
    return false;
}

static bool read_shard(struct options *o, enum option_id id, const char *value) {
    int k = 0, n = 0, end = 0;
    bool good = sscanf(value, "%6d/%6d%n", &k, &n, &end) == 2 && !value[end] && k >= 1 && n >= k;
    o->shard = (struct batch_shard){k, n};
    if (!good) options_wrong(o, "--%s takes K/N with K from 1 to N (not %s)", rows[id].name, value);
    return good;
}

static bool read_size(const struct options *o, enum option_id id, const char *value, int64_t *out) {
    static const char units[] = "KMGT";
    char *end;
    errno = 0;
    long long n = strtoll(value, &end, 10);
    const char *unit = *end ? strchr(units, toupper((unsigned char)*end)) : NULL;
    int shift = unit ? 10 * (int)(unit - units + 1) : 0;
    if (unit) end++;
    if (!errno && n > 0 && !*end && n <= (INT64_MAX >> shift)) {
        *out = (int64_t)n << shift;
        return true;
    }
    options_wrong(o, "--%s takes a size like 500M or 2G (not %s)", rows[id].name, value);
    return false;
}

static bool read_length(const struct options *o, enum option_id id, const char *value, mpt *out) {
    char *end;
    double n = strtod(value, &end);
    bool ok = end > value && n >= 0 && n < 1000;
    if (ok) *out = mpt_from_unit(n, end, strlen(end), &ok);
    if (!ok) options_wrong(o, "--%s takes a length like 0.1mm (not %s)", rows[id].name, value);
    return ok;
}

/* Options that choose one of several words. */
static bool set_word(struct options *o, enum option_id id, const char *value, bool *handled) {
    static const enum document_emit emits[] = {DOCUMENT_EDITION, DOCUMENT_FO, DOCUMENT_AREAS, DOCUMENT_PDF};
    static const enum document_profile profiles[] = {PROFILE_A3A_UA1, PROFILE_A2A_UA1, PROFILE_A3B, PROFILE_NONE};
    int i = 0;
    bool good;
    switch (id) {
    case OPTION_EMIT:
        good = read_choice(o, id, o->command == COMMAND_FO ? "areas pdf" : "edition fo areas pdf", value, &i);
        if (good) o->document.emit = emits[o->command == COMMAND_FO ? i + 2 : i];
        return good;
    case OPTION_IMPOSE:
        good = read_choice(o, id, "none booklet", value, &i);
        if (good) o->document.impose = i ? IMPOSE_BOOKLET : IMPOSE_NONE;
        return good;
    case OPTION_PROFILE:
        good = read_choice(o, id, "a3a+ua1 a2a+ua1 a3b none", value, &i);
        if (good) o->document.profile = profiles[i];
        return good;
    case OPTION_PROGRESS:
        good = read_choice(o, id, "auto bar plain json none", value, &i);
        if (good) o->progress = (enum batch_progress)i;
        return good;
    case OPTION_MESSAGES:
        good = read_choice(o, id, "human json short", value, &i);
        if (good) o->messages = (enum message_format)i;
        return good;
    case OPTION_COLOR:
        good = read_choice(o, id, "auto always never", value, &i);
        if (good) o->color = (enum color_when)i;
        return good;
    case OPTION_FORMAT:
        good = read_choice(o, id, "bag pdf site", value, &i);
        o->form = (enum archive_form)i;
        return good;
    case OPTION_LAYOUT:
        o->document.layout = value;
        return read_choice(o, id, "columns facing interleaved sequential", value, &i);
    default:
        *handled = false;
        return true;
    }
}

static bool set_option(struct options *o, enum option_id id, const char *value) {
    bool handled = true, good = set_word(o, id, value, &handled);
    if (handled) return good;
    switch (id) {
    case OPTION_PROJECT: o->project = value; break;
    case OPTION_OUTPUT: o->output = value; break;
    case OPTION_OUTDIR: o->outdir = value; break;
    case OPTION_ROOT: o->root = value; break;
    case OPTION_MESSAGE: o->message = value; break;
    case OPTION_CORRECTION: o->correction = value; break;
    case OPTION_CLASS: o->class_name = value; break;
    case OPTION_SINCE: o->since = value; break;
    case OPTION_VERAPDF: o->verapdf = value; break;
    case OPTION_RESUME: o->resume = value; break;
    case OPTION_SIGN: o->sign = value; break;
    case OPTION_PASSWORD_FILE: o->password_file = value; break;
    case OPTION_LIMIT: return read_count(o, id, value, &o->limit);
    case OPTION_SAMPLE: return read_percent(o, id, value, &o->sample);
    case OPTION_LANG: o->document.languages = value; break;
    case OPTION_KEEP_GOING: o->keep_going = true; break;
    case OPTION_SUPPORT: o->support = true; break;
    case OPTION_QUIET: o->quiet = true; break;
    case OPTION_VERBOSE: o->verbose++; break;
    case OPTION_VERSION: o->version = true; break;
    case OPTION_HELP: o->help = true; break;
    case OPTION_XLIFF: {
        int i = 0;
        if (!read_choice(o, id, "1.2 2.1", value, &i)) return false;
        o->xliff_21 = i == 1;
        break;
    }
    case OPTION_RULES: o->document.rules = value; break;
    case OPTION_ACCEPT: o->accept = value; break;
    case OPTION_FORCE: o->force = true; break;
    case OPTION_WAIT: o->wait = true; break;
    case OPTION_FROM: o->from = value; break;
    case OPTION_SERVE: return read_port(o, id, value);
    case OPTION_REPORT: o->report = true; break;
    case OPTION_SERIES: o->document.series = value; break;
    case OPTION_MONTH: return read_month(o, id, value);
    case OPTION_SHARD: return read_shard(o, id, value);
    case OPTION_TIMEOUT: return read_count(o, id, value, &o->timeout);
    case OPTION_JOBS: return read_count(o, id, value, &o->jobs);
    case OPTION_EXPLAIN: return read_count(o, id, value, &o->document.explain_page);
    case OPTION_LIMIT_PAGES: return read_count(o, id, value, &o->document.limit_pages);
    case OPTION_LIMIT_MEMORY: return read_size(o, id, value, &o->limit_memory);
    case OPTION_CREEP: return read_length(o, id, value, &o->document.creep);
    default: break;
    }
    return true;
}

struct reading {
    struct options *o;
    int argc, i;
    char **argv;
    bool *seen; /* by option */
    const char **values;
};

static bool note_option(struct reading *r, int id, const char *value) {
    if (rows[id].argument && !value) {
        if (r->i + 1 >= r->argc) {
            options_wrong(r->o, "--%s needs %s", rows[id].name, rows[id].argument);
            return false;
        }
        value = r->argv[++r->i];
    }
    if (id == OPTION_VERBOSE) r->o->verbose++;
    r->seen[id] = true;
    r->values[id] = value;
    return true;
}

static bool read_long(struct reading *r, const char *typed) {
    size_t n = strcspn(typed, "=");
    for (int id = 0; id < OPTION_COUNT; id++) {
        if (strlen(rows[id].name) != n || memcmp(rows[id].name, typed, n) != 0) continue;
        if (typed[n] && !rows[id].argument) {
            options_wrong(r->o, "--%s takes no value", rows[id].name);
            return false;
        }
        return note_option(r, id, typed[n] ? typed + n + 1 : NULL);
    }
    return unknown_option(r->o, typed, n);
}

static bool read_letters(struct reading *r, const char *letters) {
    for (const char *p = letters; *p; p++) {
        int id = 0;
        while (id < OPTION_COUNT && rows[id].letter != *p) id++;
        if (id == OPTION_COUNT) {
            options_wrong(r->o, "unknown option -%c", *p);
            return false;
        }
        if (!rows[id].argument) {
            note_option(r, id, NULL);
            continue;
        }
        return note_option(r, id, p[1] ? p + 1 : NULL);
    }
    return true;
}

static bool read_argument(struct reading *r, bool *only_arguments) {
    struct options *o = r->o;
    const char *a = r->argv[r->i];
    if (!*only_arguments && strcmp(a, "--") == 0) {
        *only_arguments = true;
        return true;
    }
    if (!*only_arguments && a[0] == '-' && a[1] == '-') return read_long(r, a + 2);
    if (!*only_arguments && a[0] == '-' && a[1]) return read_letters(r, a + 1);
    if (o->command == COMMAND_NONE && strcmp(a, "help") == 0) {
        o->help = true;
        return true;
    }
    if (o->command == COMMAND_NONE) return read_command(o, a);
    o->args[o->arg_count++] = a;
    return true;
}

static bool apply(struct reading *r) {
    struct options *o = r->o;
    o->help = o->help || r->seen[OPTION_HELP];
    o->version = r->seen[OPTION_VERSION];
    if (o->help || o->version) return true;
    if (o->command == COMMAND_NONE) {
        options_wrong(o, "no command");
        return false;
    }
    r->seen[OPTION_VERBOSE] = false; /* counted while reading */
    for (int id = 0; id < OPTION_COUNT; id++) {
        if (!r->seen[id]) continue;
        if (!(rows[id].commands & (1u << o->command))) {
            options_wrong(o, "%s has no option --%s", commands[o->command].name, rows[id].name);
            return false;
        }
        if (!set_option(o, (enum option_id)id, r->values[id])) return false;
    }
    return true;
}

bool options_read(struct options *o, int argc, char **argv) {
    *o = (struct options){.command = COMMAND_NONE, .port = -1};
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    o->jobs = cores > 0 ? (int)cores : 1;
    o->args = mem_alloc((size_t)(argc + 1) * sizeof *o->args);
    bool seen[OPTION_COUNT] = {false}, only_arguments = false;
    const char *values[OPTION_COUNT] = {NULL};
    struct reading r = {o, argc, 1, argv, seen, values};
    for (; r.i < argc; r.i++)
        if (!read_argument(&r, &only_arguments)) return false;
    return apply(&r);
}

void options_free(struct options *o) {
    mem_free(o->args);
}

static void help_option(struct buf *out, const struct option_row *row) {
    struct buf left = {0};
    if (row->letter) buf_fmt(&left, "-%c, ", row->letter);
    else buf_str(&left, "    ");
    buf_fmt(&left, "--%s%s%s", row->name, row->argument ? " " : "", row->argument ? row->argument : "");
    buf_fmt(out, "  %-28s %s\n", left.p, row->help);
    buf_free(&left);
}

void options_help(struct buf *out, enum command command) {
    if (command < COMMAND_COUNT) {
        const struct command_row *c = &commands[command];
        buf_fmt(out, "usage: sotay %s [OPTION ...] %s\n\n%s\n\n", c->name, c->arguments, c->help);
        for (int i = 0; i < OPTION_COUNT; i++)
            if (rows[i].commands & (1u << command)) help_option(out, &rows[i]);
        if (command == COMMAND_ARCHIVE) cli_archive_help(out);
    } else {
        buf_str(out, "usage: sotay COMMAND [OPTION ...]\n\n"
                     "Makes booklets, handouts and bulletins from Markdown and XML, as accessible archival PDF.\n\n");
        for (int i = 0; i < COMMAND_COUNT; i++)
            buf_fmt(out, "  %-8s %-22s %s\n", commands[i].name, commands[i].arguments, commands[i].help);
        buf_str(out, "\nsotay COMMAND --help lists the options of a command.\n");
    }
    buf_str(out, "\nExit status: 0 done; 1 errors in the documents (check: warnings too); 2 wrong usage;\n"
                 "3 the environment failed (disk full, font missing, no permission); 130 Ctrl-C.\n");
}
