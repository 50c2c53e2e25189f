/* One build at a time in a folder of outputs, and what one left that was killed. */
#ifndef SOTAY_BATCH_LOCK_H
#define SOTAY_BATCH_LOCK_H

#include "base/base.h"

struct lock;

/* Takes FOLDER/.sotay/NAME.lock.  NULL with *busy when another process holds it
 * and `wait` is false; NULL without when there can be none (a folder that cannot
 * be written to, which the outputs will tell). */
struct lock *lock_take(const char *folder, const char *name, bool wait, bool *busy);
/* True when the build before this one did not end: then temporary files of
 * processes that are no more have been removed from the folder. */
bool lock_swept(const struct lock *l);
/* In a child: the lock is its parent's alone. */
void lock_forget(struct lock *l);
/* The work is done, or is broken off in good order. */
void lock_release(struct lock *l);

#endif
