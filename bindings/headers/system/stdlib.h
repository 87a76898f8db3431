/* SPDX-License-Identifier: MIT */
/* What library headers need of the system, for parsing them for targets whose system headers are not here. */
#ifndef AUDIOMESH_FAKE_STDLIB_H
#define AUDIOMESH_FAKE_STDLIB_H
#include <stddef.h>
#include <stdint.h>
#endif
