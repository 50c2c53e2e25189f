/* Building again whenever a source changes. */
#ifndef SOTAY_BATCH_WATCH_H
#define SOTAY_BATCH_WATCH_H

#include "batch/batch.h"

/* ---- changes.c: what changed in folders, by inotify ---- */

struct changes;

/* Watches folders and all below them; NULL with errno. */
struct changes *changes_open(const char *const *folders, size_t n);
void changes_close(struct changes *c);
int changes_fd(const struct changes *c);
/* Reads what has come; *file gets the last path that counts, which is no hidden,
 * backup or temporary file.  False when none does. */
bool changes_read(struct changes *c, struct buf *file);

/* ---- serve.c: pages as pictures, for a browser on this machine ---- */

struct server;

/* Listens on a port of the loopback address; 0: any.  NULL with errno. */
struct server *server_open(int port);
void server_close(struct server *s);
int server_port(const struct server *s);
/* The documents there are now, and what was said in the last build. */
void server_set(struct server *s, const struct document_list *list, bool good);
/* Waits for `fd` or requests, which are answered; true when fd is readable. */
bool server_wait(struct server *s, int fd, int milliseconds);

#endif
