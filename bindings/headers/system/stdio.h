/* SPDX-License-Identifier: MIT */
/* What library headers need of the system, for parsing them for targets whose system headers are not here. */
#ifndef AUDIOMESH_FAKE_STDIO_H
#define AUDIOMESH_FAKE_STDIO_H
#include <stddef.h>
#define SEEK_SET 0
#define SEEK_CUR 1
#define SEEK_END 2
#endif
