// SPDX-License-Identifier: MIT
// Runs a compiled kernel's threadgroups, one after the other, on the thread that asks.
#ifndef AUDIOMESH_FAKE_METAL_GROUPS_H
#define AUDIOMESH_FAKE_METAL_GROUPS_H

#include <stdbool.h>
#include <stdint.h>

enum { MOST_THREADS = 1024 };

typedef struct {
    uint32_t x, y, z;
} uint3;

// What one thread of a grid knows; the shim has the same structure.
struct msl_thread {
    uint3 thread_position_in_grid;
    uint3 threadgroup_position_in_grid;
    uint3 thread_position_in_threadgroup;
    uint3 threads_per_threadgroup;
    uint3 threadgroups_per_grid;
    uint3 threads_per_grid;
    uint32_t thread_index_in_threadgroup;
};

// A kernel of a compiled library.
struct kernel {
    void (*run)(void *const *buffers, const struct msl_thread *thread);
    void (**barrier)(void); // NULL where the library has none
    uint32_t buffers;       // a bit for each that it binds
};

// NULL, or why it could not be run to its end.
const char *run_groups(const struct kernel *kernel, void *const *buffers, uint3 groups, uint3 threads);

#endif
