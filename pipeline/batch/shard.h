/* Parts of a build, each done by a process of its own, perhaps elsewhere. */
#ifndef SOTAY_BATCH_SHARD_H
#define SOTAY_BATCH_SHARD_H

#include "batch/batch.h"

/* Leaves in the list what belongs to a shard.  The time that each job took by the
 * records of the folder is dealt out evenly; a job without counts as one of
 * middling length, and among equals a checksum of the name decides.  The first
 * shard notes who has what in FOLDER/.sotay/shards-N, for the others and for a
 * shard that is begun again, however the records change; shard_forget ends that. */
void shard_keep(struct document_list *list, struct batch_shard shard, const char *folder);
void shard_forget(const char *folder);

#endif
