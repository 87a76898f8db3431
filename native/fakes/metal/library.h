// SPDX-License-Identifier: MIT
// MSL, compiled as C++ and loaded.
#ifndef AUDIOMESH_FAKE_METAL_LIBRARY_H
#define AUDIOMESH_FAKE_METAL_LIBRARY_H

#include "groups.h"

// The code of a source: compiled once in a process, never unloaded. NULL: *message, to be freed, says why not.
void *library_compile(const char *source, char **message);

bool library_find(void *code, const char *name, struct kernel *kernel);

#endif
