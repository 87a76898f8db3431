// SPDX-License-Identifier: MIT
#include "model.h"

#include <stdarg.h>
#include <stdio.h>
#include <time.h>

struct fake fake = { .lock = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER };

void misuse(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    pthread_mutex_lock(&fake.lock);
    if (fake.misuse[0] == 0) {
        vsnprintf(fake.misuse, sizeof fake.misuse, format, arguments);
    }

    pthread_mutex_unlock(&fake.lock);
    va_end(arguments);
}

int64_t monotonic_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000000000LL + now.tv_nsec;
}

void fake_metal_reset(void)
{
    fake_metal_hold(0);
    fake_metal_drain();
    pthread_mutex_lock(&fake.lock);
    fake.device_count = 0;
    fake.removed = false;
    fake.refuses = false;
    fake.fail_after = -1;
    fake.longest_buffer = 1ull << 30;
    fake.most_threads = 1024;
    fake.command_buffers = 0;
    fake.misuse[0] = 0;
    pthread_mutex_unlock(&fake.lock);
    fake_metal_set_clock(24e6, 1000);
    fake_metal_add(&(fake_metal_device) { .name = "Fake M1", .registry_id = 0x100000abc, .unified_memory = 1, .metal3 = 1 });
}

void fake_metal_add(const fake_metal_device *device)
{
    pthread_mutex_lock(&fake.lock);
    struct device_spec *spec = &fake.devices[fake.device_count++];
    spec->told = *device;
    snprintf(spec->name, sizeof spec->name, "%s", device->name);
    pthread_mutex_unlock(&fake.lock);
}

#define SETTER(declaration, assignment)      \
    void declaration                         \
    {                                        \
        pthread_mutex_lock(&fake.lock);      \
        assignment;                          \
        pthread_cond_broadcast(&fake.changed); \
        pthread_mutex_unlock(&fake.lock);    \
    }

SETTER(fake_metal_forget_devices(void), fake.device_count = 0)
SETTER(fake_metal_hold(int held), fake.held = held != 0)
SETTER(fake_metal_remove(int removed), fake.removed = removed != 0)
SETTER(fake_metal_limit_buffer(uint64_t bytes), fake.longest_buffer = bytes)
SETTER(fake_metal_limit_threads(uint64_t per_threadgroup), fake.most_threads = per_threadgroup)
SETTER(fake_metal_refuse_command_buffers(int refused), fake.refuses = refused != 0)

void fake_metal_fail_after(int command_buffers, int code)
{
    pthread_mutex_lock(&fake.lock);
    fake.fail_after = command_buffers;
    fake.fail_code = code;
    pthread_mutex_unlock(&fake.lock);
}

void fake_metal_set_clock(double hz, uint64_t now)
{
    pthread_mutex_lock(&fake.lock);
    fake.clock_hz = hz;
    fake.clock_base = now;
    fake.clock_set_at = monotonic_ns();
    pthread_mutex_unlock(&fake.lock);
}

double fake_metal_ticks_at(int64_t nanoseconds)
{
    pthread_mutex_lock(&fake.lock);
    double ticks = fake.clock_base + (double)(nanoseconds - fake.clock_set_at) * fake.clock_hz / 1e9;
    pthread_mutex_unlock(&fake.lock);
    return ticks;
}

int fake_metal_command_buffers(void)
{
    pthread_mutex_lock(&fake.lock);
    int count = fake.command_buffers;
    pthread_mutex_unlock(&fake.lock);
    return count;
}

int fake_metal_fast_math(void)
{
    return fake.fast_math;
}

const char *fake_metal_last_misuse(void)
{
    return fake.misuse;
}
