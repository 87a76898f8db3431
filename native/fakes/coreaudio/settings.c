// SPDX-License-Identifier: MIT
#include "model.h"

#include <string.h>

// Setting a property is asynchronous: it reads as before for a while.
#define BUFFER_DELAY_NS 2000000u

typedef struct {
    void *mIOProc;
    UInt32 mNumberStreams;
    UInt32 mStreamIsOn[FAKE_HAL_STREAMS];
} StreamUsage;

_Static_assert(offsetof(StreamUsage, mStreamIsOn) == 12, "AudioHardwareIOProcStreamUsage");

static OSStatus set_rate(struct device *device, Float64 rate)
{
    for (int i = 0; i < FAKE_HAL_RATES && device->spec.rates[i] != 0; i++) {
        if (device->spec.rates[i] == rate && device->rate_delay_ms >= 0) {
            device->pending_rate = (UInt32)rate;
            device->pending_due = now_ns() + (UInt64)device->rate_delay_ms * 1000000u;
            pthread_cond_broadcast(&hal.changed);
        }

        if (device->spec.rates[i] == rate) {
            return kNoError;
        }
    }

    return kIllegalOperation;
}

static OSStatus set_buffer(struct device *device, UInt32 frames)
{
    if (frames < device->spec.buffer_min || frames > device->spec.buffer_max) {
        return kIllegalOperation;
    }

    device->pending_buffer = frames;
    device->pending_buffer_due = now_ns() + BUFFER_DELAY_NS;
    pthread_cond_broadcast(&hal.changed);
    return kNoError;
}

static OSStatus set_usage(struct device *device, UInt32 scope, UInt32 size, const StreamUsage *usage)
{
    const struct side *side = scope == kScopeInput ? &device->in : &device->out;
    if (size < offsetof(StreamUsage, mStreamIsOn) || usage->mNumberStreams != side->count
        || size != offsetof(StreamUsage, mStreamIsOn) + (size_t)side->count * sizeof(UInt32)) {
        return kBadPropertySize;
    }

    for (int i = 0; i < MAX_PROCS; i++) {
        struct proc *proc = &device->procs[i];
        if (proc->used && (void *)proc == usage->mIOProc) {
            for (UInt32 s = 0; s < side->count; s++) {
                (scope == kScopeInput ? proc->input_off : proc->output_off)[s] = usage->mStreamIsOn[s] == 0;
            }

            return kNoError;
        }
    }

    return kIllegalOperation;
}

FAKE_EXPORT OSStatus AudioObjectSetPropertyData(AudioObjectID object, const AudioObjectPropertyAddress *address, UInt32 qualifierSize,
                                                const void *qualifier, UInt32 size, const void *data)
{
    (void)qualifierSize;
    (void)qualifier;
    enter("AudioObjectSetPropertyData");
    struct device *device = device_by_id(object);
    OSStatus status = kUnknownProperty;
    Float64 rate;
    UInt32 frames;
    if (device == NULL) {
        status = kBadObject;
    } else if (device->hogged) {
        status = kPermissions;
    } else if (address->mSelector == kNominalRate && size == sizeof rate) {
        memcpy(&rate, data, sizeof rate);
        status = set_rate(device, rate);
    } else if (address->mSelector == kBufferFrameSize && size == sizeof frames) {
        memcpy(&frames, data, sizeof frames);
        status = set_buffer(device, frames);
    } else if (address->mSelector == kIOProcStreamUsage) {
        status = set_usage(device, address->mScope, size, data);
    } else if (address->mSelector == kNominalRate || address->mSelector == kBufferFrameSize) {
        status = kBadPropertySize;
    }

    leave();
    return status;
}
