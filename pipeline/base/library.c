#include "base/library.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>

static void *must(void *p) {
    if (p) return p;
    fprintf(stderr, "sotay: error: %s\n", dlerror());
    exit(3);
}

void library_load(const char *file, const char *const names[], void *slots[], size_t n) {
    void *library = must(dlopen(file, RTLD_NOW));
    for (size_t i = 0; i < n; i++) slots[i] = must(dlsym(library, names[i]));
}
