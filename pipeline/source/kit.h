/* The parts of a study kit a publication asks for; private to source/. */
#ifndef SOTAY_SOURCE_KIT_H
#define SOTAY_SOURCE_KIT_H

#include "source/parts.h"

/* The value of `kit:`: "all", a list of parts, or parts with their options.  In
 * the job's arena, ended by one without a name; what is wrong is told. */
const struct source_kit_part *source_kit_read(struct source_job *job, struct source_yaml *yaml,
                                              struct yaml_node_s *node);
/* As the edition has it: an element `kit` with one for each part. */
void source_kit_write(struct source_build *build, xmlNode *root, const struct source_kit_part *kit);

#endif
