// SPDX-License-Identifier: MIT
// What the files of the fake share: the devices, one lock over all of it, and who is told what.
#ifndef AUDIOMESH_FAKE_MODEL_H
#define AUDIOMESH_FAKE_MODEL_H

#include "fake_hal.h"

#include <pthread.h>
#include <stdbool.h>

#define MAX_DEVICES 16
#define MAX_PROCS 4

struct side {
    UInt32 count;
    UInt32 channels;
    UInt32 widths[FAKE_HAL_STREAMS];
    AudioObjectID ids[FAKE_HAL_STREAMS];
};

struct proc {
    bool used;
    bool started;
    AudioDeviceIOProc entry;
    void *client;
    bool output_off[FAKE_HAL_STREAMS];
    bool input_off[FAKE_HAL_STREAMS];
};

// Interleaved frames in the order they come; the oldest are overwritten when it is full.
struct tape {
    float *samples;
    UInt32 channels;
    UInt64 written;
    UInt64 taken;
};

struct device {
    AudioObjectID id;
    bool plugged;
    char uid[64];
    char name[64];
    struct side out;
    struct side in;
    fake_hal_device spec;
    UInt32 rate;
    UInt32 pending_rate;
    UInt64 pending_due;
    int rate_delay_ms;
    UInt32 buffer;
    UInt32 pending_buffer;
    UInt64 pending_buffer_due;
    bool hogged;
    bool stalled;
    UInt32 overload;
    struct proc procs[MAX_PROCS];
    struct proc *calling;
    bool io_running;
    bool io_joinable;
    bool io_stop;
    struct proc late;
    pthread_t io;
    UInt64 epoch;
    UInt64 cycles;
    struct tape played;
    struct tape feed;
};

struct hal {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    struct device devices[MAX_DEVICES];
    int device_count;
    AudioObjectID next_id;
    AudioObjectID default_out;
    AudioObjectID default_in;
    bool hung;
    bool late_io;
    bool realtime;
    int strings;
    int misuses;
    char misuse[160];
};

extern struct hal hal;

// Every entry point of the HAL begins with enter, which also waits out a hang, and ends with leave.
void enter(const char *call);
void leave(void);
void lock_hal(void);
void wait_until(UInt64 nanoseconds); // lock held; returns early when something changed
void report_misuse(const char *format, ...) __attribute__((format(printf, 1, 2)));

// Lock held in all below.
struct device *device_by_id(AudioObjectID id);
struct device *device_by_uid(const char *uid);
void give_ids(struct device *device);
void apply_rate(struct device *device, UInt32 rate);
void apply_buffer(struct device *device, UInt32 frames);

void tape_write(struct tape *tape, const float *samples, UInt32 frames);
UInt32 tape_read(struct tape *tape, float *samples, UInt32 frames);
void tape_free(struct tape *tape);

void post(AudioObjectID object, UInt32 selector, UInt32 scope);
void call_listeners_now(AudioObjectID object, UInt32 selector); // gives the lock up meanwhile
void drop_listeners(AudioObjectID object);
void forget_listeners(void);
void start_notifier(void);

void stop_io(struct device *device); // gives the lock up meanwhile
bool start_io(struct device *device);
void run_cycle(struct device *device, UInt32 frames, double position, UInt64 due, UInt64 anchor, double anchor_position);

CFStringRef make_string(const char *text);
void free_released_strings(void);
Boolean CFStringGetCString(CFStringRef string, char *buffer, CFIndex size, CFStringEncoding encoding);
UInt64 now_ns(void);
UInt64 to_host(UInt64 nanoseconds);

// Where the present thread is: nothing of the HAL may be called from either.
extern _Thread_local bool in_listener;
extern _Thread_local bool in_io;

#endif
