// SPDX-License-Identifier: MIT
// The small controls and counts of the fake.
#include "model.h"

void fake_hal_change_rate(const char *uid, UInt32 rate)
{
    lock_hal();
    apply_rate(device_by_uid(uid), rate);
    leave();
}

void fake_hal_change_buffer(const char *uid, UInt32 frames)
{
    lock_hal();
    apply_buffer(device_by_uid(uid), frames);
    leave();
}

void fake_hal_change_latency(const char *uid, UInt32 device_latency, UInt32 stream_latency, UInt32 safety_offset)
{
    lock_hal();
    struct device *device = device_by_uid(uid);
    device->spec.device_latency = device_latency;
    device->spec.stream_latency = stream_latency;
    device->spec.safety_offset = safety_offset;
    post(device->id, kLatency, kScopeOutput);
    post(device->id, kSafetyOffset, kScopeOutput);
    leave();
}

void fake_hal_set_rate_delay(const char *uid, int milliseconds)
{
    lock_hal();
    device_by_uid(uid)->rate_delay_ms = milliseconds;
    leave();
}

void fake_hal_hog(const char *uid, int hogged)
{
    lock_hal();
    device_by_uid(uid)->hogged = hogged;
    leave();
}

void fake_hal_overload(const char *uid, UInt32 frames)
{
    lock_hal();
    device_by_uid(uid)->overload += frames;
    leave();
}

void fake_hal_stall(const char *uid, int stalled)
{
    lock_hal();
    device_by_uid(uid)->stalled = stalled;
    pthread_cond_broadcast(&hal.changed);
    leave();
}

void fake_hal_hang(int hangs)
{
    lock_hal();
    hal.hung = hangs;
    pthread_cond_broadcast(&hal.changed);
    leave();
}

void fake_hal_late_io(int late)
{
    lock_hal();
    hal.late_io = late;
    leave();
}

void fake_hal_feed(const char *uid, const float *samples, UInt32 frames)
{
    lock_hal();
    tape_write(&device_by_uid(uid)->feed, samples, frames);
    leave();
}

UInt32 fake_hal_take_played(const char *uid, float *samples, UInt32 frames)
{
    lock_hal();
    UInt32 taken = tape_read(&device_by_uid(uid)->played, samples, frames);
    leave();
    return taken;
}

UInt64 fake_hal_cycles(const char *uid)
{
    lock_hal();
    UInt64 cycles = device_by_uid(uid)->cycles;
    leave();
    return cycles;
}

int fake_hal_streams_in_use(const char *uid, int input)
{
    lock_hal();
    const struct device *device = device_by_uid(uid);
    UInt32 streams = input ? device->in.count : device->out.count;
    int count = 0;
    for (UInt32 s = 0; s < streams; s++) {
        bool wanted = false;
        for (int p = 0; p < MAX_PROCS; p++) {
            const struct proc *proc = &device->procs[p];
            wanted |= proc->used && !(input ? proc->input_off : proc->output_off)[s];
        }

        count += wanted;
    }

    leave();
    return count;
}

int fake_hal_live_strings(void)
{
    lock_hal();
    int strings = hal.strings;
    leave();
    return strings;
}

int fake_hal_live_procs(void)
{
    lock_hal();
    int count = 0;
    for (int i = 0; i < hal.device_count; i++) {
        for (int p = 0; p < MAX_PROCS; p++) {
            count += hal.devices[i].procs[p].used;
        }
    }

    leave();
    return count;
}

int fake_hal_misuses(void)
{
    return __atomic_load_n(&hal.misuses, __ATOMIC_SEQ_CST);
}

const char *fake_hal_last_misuse(void)
{
    return hal.misuse;
}

int fake_hal_is_realtime(void)
{
    lock_hal();
    int realtime = hal.realtime;
    leave();
    return realtime;
}
