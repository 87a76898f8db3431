/* SPDX-License-Identifier: MIT */
/* What library headers need of the system, for parsing them for targets whose system headers are not here. */
#ifndef AUDIOMESH_FAKE_PTHREAD_H
#define AUDIOMESH_FAKE_PTHREAD_H
typedef unsigned long pthread_t; /* as wide as a pointer everywhere */
typedef struct audiomesh_opaque_pthread_attr pthread_attr_t;
#endif
