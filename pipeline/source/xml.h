/* Private to source/: XML files with the place of every element. */
#ifndef SOTAY_SOURCE_XML_H
#define SOTAY_SOURCE_XML_H

#include "source/parts.h"

/* Reads an XML file of the project: entities from outside are refused, XInclude
 * is done (inside the project only), every element gets src:at, text is NFC.
 * The caller owns the document; NULL after an error. */
xmlDoc *source_xml_load(struct source_job *job, const char *path);

/* Validates against a schema file of the project; false after errors. */
bool source_xml_validate(struct source_job *job, xmlDoc *doc, const char *schema);

#endif
