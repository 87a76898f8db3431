// SPDX-License-Identifier: MIT
// One IO cycle: buffer lists and time stamps made, every started IOProc called, what they played mixed and kept.
#include "model.h"

#include <stdlib.h>
#include <string.h>

#define GUARD 16
#define GUARD_VALUE 1234.5f

struct buffers {
    UInt64 head;
    AudioBuffer list[FAKE_HAL_STREAMS];
    float *memory[FAKE_HAL_STREAMS];
};

_Static_assert(offsetof(struct buffers, list) == offsetof(AudioBufferList, mBuffers), "AudioBufferList");

static void make_buffers(struct buffers *buffers, const struct side *side, const bool *off, UInt32 frames)
{
    UInt32 count = side->count;
    buffers->head = 0;
    memcpy(&buffers->head, &count, sizeof count);
    for (UInt32 i = 0; i < count; i++) {
        size_t samples = (size_t)frames * side->widths[i];
        buffers->memory[i] = calloc(samples + GUARD, sizeof(float));
        for (int g = 0; g < GUARD; g++) {
            buffers->memory[i][samples + (size_t)g] = GUARD_VALUE;
        }

        // A stream that is off has a size, but no memory.
        buffers->list[i] = (AudioBuffer) { side->widths[i], (UInt32)(samples * sizeof(float)), off[i] ? NULL : buffers->memory[i] };
    }
}

static void free_buffers(struct buffers *buffers, const struct side *side, UInt32 frames)
{
    for (UInt32 i = 0; i < side->count; i++) {
        for (int g = 0; g < GUARD; g++) {
            if (buffers->memory[i][(size_t)frames * side->widths[i] + (size_t)g] != GUARD_VALUE) {
                report_misuse("an IOProc wrote past the end of buffer %u", i);
            }
        }

        free(buffers->memory[i]);
    }
}

// Between the streams of a buffer list and the device's channels in order, interleaved: all of them counted through.
static void split(const float *interleaved, struct buffers *buffers, const struct side *side, UInt32 frames)
{
    UInt32 first = 0;
    for (UInt32 i = 0; i < side->count; first += side->widths[i], i++) {
        for (UInt32 n = 0; n < frames * side->widths[i]; n++) {
            buffers->memory[i][n] = interleaved[n / side->widths[i] * side->channels + first + n % side->widths[i]];
        }
    }
}

static void mix(float *interleaved, const struct buffers *buffers, const struct side *side, UInt32 frames)
{
    UInt32 first = 0;
    for (UInt32 i = 0; i < side->count; first += side->widths[i], i++) {
        for (UInt32 n = 0; n < frames * side->widths[i]; n++) {
            interleaved[n / side->widths[i] * side->channels + first + n % side->widths[i]] += buffers->memory[i][n];
        }
    }
}

static AudioTimeStamp stamp(const struct device *device, double position, UInt64 anchor, double anchor_position)
{
    AudioTimeStamp time = { .mSampleTime = position, .mRateScalar = 1 };
    time.mHostTime = to_host((UInt64)((double)anchor + (position - anchor_position) * 1e9 / device->rate));
    time.mFlags = kSampleTimeValid | kHostTimeValid | kRateScalarValid;
    return time;
}

static void call_proc(struct device *device, struct proc *proc, UInt32 frames, const AudioTimeStamp *times,
                      const float *recorded, float *played)
{
    struct buffers input;
    struct buffers output;
    make_buffers(&input, &device->in, proc->input_off, frames);
    make_buffers(&output, &device->out, proc->output_off, frames);
    split(recorded, &input, &device->in, frames);
    struct proc called = *proc;
    device->calling = proc;
    leave();
    in_io = true;
    called.entry(device->id, &times[0], (AudioBufferList *)&input, &times[1], (AudioBufferList *)&output, &times[2], called.client);
    in_io = false;
    lock_hal();
    device->calling = NULL;
    pthread_cond_broadcast(&hal.changed);
    mix(played, &output, &device->out, frames);
    free_buffers(&input, &device->in, frames);
    free_buffers(&output, &device->out, frames);
}

void run_cycle(struct device *device, UInt32 frames, double position, UInt64 due, UInt64 anchor, double anchor_position)
{
    double safety = device->spec.safety_offset;
    AudioTimeStamp times[3] = { { 0 } };
    UInt64 now = now_ns();
    times[0] = stamp(device, position + (double)(now - due) * device->rate / 1e9, anchor, anchor_position);
    if (device->in.count > 0) {
        times[1] = stamp(device, position - frames - safety, anchor, anchor_position);
    }

    if (device->out.count > 0) {
        times[2] = stamp(device, position + frames + safety, anchor, anchor_position);
    }

    float *recorded = calloc((size_t)frames * device->in.channels + 1, sizeof(float));
    float *played = calloc((size_t)frames * device->out.channels + 1, sizeof(float));
    tape_read(&device->feed, recorded, frames);
    for (int i = 0; i < MAX_PROCS; i++) {
        if (device->procs[i].used && device->procs[i].started) {
            call_proc(device, &device->procs[i], frames, times, recorded, played);
        }
    }

    if (device->late.used) {
        call_proc(device, &device->late, frames, times, recorded, played);
        device->late.used = false;
    }

    tape_write(&device->played, played, frames);
    free(recorded);
    free(played);
}
