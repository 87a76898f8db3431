// SPDX-License-Identifier: MIT
#include "model.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define TAPE_FRAMES (1u << 19)

struct hal hal = { .lock = PTHREAD_MUTEX_INITIALIZER, .next_id = 40 };
_Thread_local bool in_listener;
_Thread_local bool in_io;

__attribute__((constructor)) static void prepare(void)
{
    pthread_condattr_t attributes;
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&hal.changed, &attributes);
    pthread_condattr_destroy(&attributes);
}

void lock_hal(void)
{
    pthread_mutex_lock(&hal.lock);
}

void leave(void)
{
    pthread_mutex_unlock(&hal.lock);
}

void enter(const char *call)
{
    if (in_listener || in_io) {
        report_misuse("%s called from inside %s", call, in_io ? "an IOProc" : "a listener");
    }

    lock_hal();
    while (hal.hung) {
        pthread_cond_wait(&hal.changed, &hal.lock);
    }
}

void wait_until(UInt64 nanoseconds)
{
    struct timespec deadline = { (time_t)(nanoseconds / 1000000000u), (long)(nanoseconds % 1000000000u) };
    pthread_cond_timedwait(&hal.changed, &hal.lock, &deadline);
}

void report_misuse(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(hal.misuse, sizeof hal.misuse, format, arguments);
    va_end(arguments);
    __atomic_add_fetch(&hal.misuses, 1, __ATOMIC_SEQ_CST);
}

struct device *device_by_id(AudioObjectID id)
{
    for (int i = 0; i < hal.device_count; i++) {
        if (hal.devices[i].plugged && hal.devices[i].id == id) {
            return &hal.devices[i];
        }
    }

    return NULL;
}

struct device *device_by_uid(const char *uid)
{
    for (int i = 0; i < hal.device_count; i++) {
        if (strcmp(hal.devices[i].uid, uid) == 0) {
            return &hal.devices[i];
        }
    }

    fprintf(stderr, "fake HAL: no device %s\n", uid);
    abort();
}

static void give_side_ids(struct side *side)
{
    for (UInt32 i = 0; i < side->count; i++) {
        side->ids[i] = hal.next_id++;
    }
}

void give_ids(struct device *device)
{
    device->id = hal.next_id++;
    give_side_ids(&device->out);
    give_side_ids(&device->in);
}

void apply_rate(struct device *device, UInt32 rate)
{
    device->pending_rate = 0;
    if (device->rate != rate) {
        device->rate = rate;
        device->epoch++;
        post(device->id, kNominalRate, kScopeGlobal);
    }

    pthread_cond_broadcast(&hal.changed);
}

void apply_buffer(struct device *device, UInt32 frames)
{
    device->pending_buffer = 0;
    if (device->buffer != frames) {
        device->buffer = frames;
        post(device->id, kBufferFrameSize, kScopeGlobal);
    }
}

void tape_write(struct tape *tape, const float *samples, UInt32 frames)
{
    if (tape->channels == 0) {
        return;
    }

    if (tape->samples == NULL) {
        tape->samples = calloc((size_t)TAPE_FRAMES * tape->channels, sizeof(float));
    }

    for (UInt32 i = 0; i < frames; i++) {
        size_t slot = (size_t)(tape->written++ % TAPE_FRAMES) * tape->channels;
        memcpy(tape->samples + slot, samples + (size_t)i * tape->channels, tape->channels * sizeof(float));
    }

    if (tape->written - tape->taken > TAPE_FRAMES) {
        tape->taken = tape->written - TAPE_FRAMES;
    }
}

UInt32 tape_read(struct tape *tape, float *samples, UInt32 frames)
{
    UInt32 count = 0;
    for (; count < frames && tape->taken < tape->written; count++) {
        size_t slot = (size_t)(tape->taken++ % TAPE_FRAMES) * tape->channels;
        memcpy(samples + (size_t)count * tape->channels, tape->samples + slot, tape->channels * sizeof(float));
    }

    return count;
}

void tape_free(struct tape *tape)
{
    free(tape->samples);
    tape->samples = NULL;
    tape->written = 0;
    tape->taken = 0;
}
