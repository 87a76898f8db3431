// SPDX-License-Identifier: MIT
// What the fake's files share.
#ifndef AUDIOMESH_FAKE_METAL_MODEL_H
#define AUDIOMESH_FAKE_METAL_MODEL_H

#include "fake_metal.h"

#include <pthread.h>

struct device_spec {
    fake_metal_device told;
    char name[64];
};

struct fake {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    struct device_spec devices[FAKE_METAL_DEVICES];
    int device_count;
    bool held;
    bool removed;
    bool refuses;
    int fail_after;
    int fail_code;
    uint64_t longest_buffer;
    uint64_t most_threads;
    double clock_hz;
    int64_t clock_set_at;
    uint64_t clock_base;
    int command_buffers;
    bool fast_math;
    char misuse[256];
};

extern struct fake fake;

// Notes what a real Metal would punish; the first one since the reset stays.
__attribute__((format(printf, 1, 2))) void misuse(const char *format, ...);

int64_t monotonic_ns(void);

// Takes a committed command buffer; it is retained until it is done.
void gpu_commit(void *command_buffer);

#endif
