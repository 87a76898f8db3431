// SPDX-License-Identifier: MIT
// The IO thread of a device, and the calls that start and stop it.
#include "model.h"

#include <sched.h>

#define LATE_CALL_NS 20000000u

static UInt32 cycle_frames(const struct device *device)
{
    UInt32 longest = device->spec.variable_max;
    return longest <= device->buffer ? device->buffer : device->buffer + (UInt32)(device->cycles % (longest - device->buffer + 1));
}

static bool must_run(const struct device *device)
{
    return !device->io_stop && device->plugged;
}

static void *io_forever(void *argument)
{
    struct device *device = argument;
    struct sched_param priority = { .sched_priority = 60 };
    bool realtime = pthread_setschedparam(pthread_self(), SCHED_FIFO, &priority) == 0;
    lock_hal();
    hal.realtime = realtime;
    UInt64 epoch = ~device->epoch;
    UInt64 anchor = 0;
    UInt64 due = 0;
    double anchor_position = 0;
    double position = 0;
    while (must_run(device)) {
        if (device->stalled || hal.hung) {
            pthread_cond_wait(&hal.changed, &hal.lock);
            continue;
        }

        UInt32 frames = cycle_frames(device);
        if (epoch != device->epoch) {
            // Begins late enough that the time of the first input is not negative.
            epoch = device->epoch;
            anchor = now_ns();
            position = anchor_position = frames + device->spec.safety_offset;
        }

        double period_ns = frames * 1e9 / device->rate;
        due = anchor + (UInt64)((position - anchor_position) * 1e9 / device->rate);
        UInt64 now = now_ns();
        if (now < due) {
            wait_until(due);
            continue;
        }

        UInt32 missed = device->overload + (UInt32)((double)(now - due) / period_ns) * frames;
        device->overload = 0;
        if (missed > 0) {
            position += missed;
            call_listeners_now(device->id, kOverload);
            continue;
        }

        run_cycle(device, frames, position, due, anchor, anchor_position);
        device->cycles++;
        position += frames;
    }

    if (device->late.used) {
        UInt64 when = now_ns() + LATE_CALL_NS;
        while (now_ns() < when) {
            wait_until(when);
        }

        run_cycle(device, device->buffer, position, due, anchor, anchor_position);
    }

    device->io_running = false;
    pthread_cond_broadcast(&hal.changed);
    leave();
    return NULL;
}

bool start_io(struct device *device)
{
    if (device->io_running && !device->io_stop) {
        return true;
    }

    stop_io(device);
    device->io_stop = false;
    device->io_running = pthread_create(&device->io, NULL, io_forever, device) == 0;
    device->io_joinable = device->io_running;
    return device->io_running;
}

void stop_io(struct device *device)
{
    device->io_stop = true;
    pthread_cond_broadcast(&hal.changed);
    if (device->io_joinable) {
        device->io_joinable = false;
        leave();
        pthread_join(device->io, NULL);
        lock_hal();
    }

    while (device->io_running) {
        pthread_cond_wait(&hal.changed, &hal.lock);
    }
}

static struct proc *proc_of(struct device *device, AudioDeviceIOProcID id)
{
    for (int i = 0; device != NULL && i < MAX_PROCS; i++) {
        if (device->procs[i].used && (void *)&device->procs[i] == (void *)id) {
            return &device->procs[i];
        }
    }

    return NULL;
}

FAKE_EXPORT OSStatus AudioDeviceCreateIOProcID(AudioObjectID id, AudioDeviceIOProc entry, void *client, AudioDeviceIOProcID *created)
{
    enter("AudioDeviceCreateIOProcID");
    struct device *device = device_by_id(id);
    OSStatus status = device == NULL ? kBadObject : kIllegalOperation;
    for (int i = 0; device != NULL && i < MAX_PROCS && status != kNoError; i++) {
        if (!device->procs[i].used) {
            device->procs[i] = (struct proc) { .used = true, .entry = entry, .client = client };
            *created = (AudioDeviceIOProcID)(void *)&device->procs[i];
            status = kNoError;
        }
    }

    leave();
    return status;
}

FAKE_EXPORT OSStatus AudioDeviceStart(AudioObjectID id, AudioDeviceIOProcID proc_id)
{
    enter("AudioDeviceStart");
    struct device *device = device_by_id(id);
    struct proc *proc = proc_of(device, proc_id);
    OSStatus status = kNoError;
    if (device == NULL || proc == NULL) {
        status = kBadObject;
    } else if (device->hogged) {
        status = kPermissions;
    } else {
        proc->started = true;
        status = start_io(device) ? kNoError : kIllegalOperation;
    }

    leave();
    return status;
}

static void stop_proc(struct device *device, struct proc *proc)
{
    proc->started = false;
    bool others = false;
    for (int i = 0; i < MAX_PROCS; i++) {
        others |= device->procs[i].used && device->procs[i].started;
    }

    if (hal.late_io) {
        // AudioDeviceStop promises nothing outside an IOProc: the stopped one may be called once more.
        device->late = *proc;
        device->io_stop = !others;
        pthread_cond_broadcast(&hal.changed);
        return;
    }

    while (device->calling == proc && !in_io) {
        pthread_cond_wait(&hal.changed, &hal.lock);
    }

    if (!others) {
        stop_io(device);
    }
}

FAKE_EXPORT OSStatus AudioDeviceStop(AudioObjectID id, AudioDeviceIOProcID proc_id)
{
    enter("AudioDeviceStop");
    struct device *device = device_by_id(id);
    struct proc *proc = proc_of(device, proc_id);
    if (proc != NULL && proc->started) {
        stop_proc(device, proc);
    }

    leave();
    return proc == NULL ? kBadObject : kNoError;
}

FAKE_EXPORT OSStatus AudioDeviceDestroyIOProcID(AudioObjectID id, AudioDeviceIOProcID proc_id)
{
    enter("AudioDeviceDestroyIOProcID");
    struct device *device = device_by_id(id);
    struct proc *proc = proc_of(device, proc_id);
    if (proc != NULL) {
        if (proc->started) {
            report_misuse("an IOProc was destroyed that is not stopped");
            stop_proc(device, proc);
        }

        *proc = (struct proc) { 0 };
    }

    leave();
    return proc == NULL ? kBadObject : kNoError;
}
