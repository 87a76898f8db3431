// SPDX-License-Identifier: MIT
// A stand-in for CoreAudio's HAL on Linux. It exports the framework's own entry points, and these to steer it from a test.
// Devices are named by their UID. Any thread may call; no call here may be made from an IOProc or a listener.
#ifndef AUDIOMESH_FAKE_HAL_H
#define AUDIOMESH_FAKE_HAL_H

#include "hal_abi.h"

#define FAKE_HAL_STREAMS 8
#define FAKE_HAL_RATES 8

#define FAKE_EXPORT __attribute__((visibility("default")))

// One device. Streams of one channel make a non-interleaved device, one stream of many an interleaved one.
typedef struct {
    const char *uid;
    const char *name;
    UInt32 output_streams;
    UInt32 output_channels[FAKE_HAL_STREAMS];
    UInt32 input_streams;
    UInt32 input_channels[FAKE_HAL_STREAMS];
    UInt32 rates[FAKE_HAL_RATES]; // ends at the first 0; the first one is the present rate
    UInt32 buffer_frames;
    UInt32 buffer_min;
    UInt32 buffer_max;
    UInt32 variable_max;  // the longest buffer where lengths vary from cycle to cycle, else 0
    UInt32 device_latency;
    UInt32 stream_latency;
    UInt32 safety_offset;
    UInt32 integer_format; // 1: the streams' virtual format is 32-bit integer
} fake_hal_device;

// Stops everything, forgets all devices and counts, and adds the three devices that most tests use:
// fake-speakers (2 out, interleaved, default output), fake-mic (1 in, default input), fake-interface (4 mono out, 2 in).
FAKE_EXPORT void fake_hal_reset(void);
FAKE_EXPORT void fake_hal_add(const fake_hal_device *device);
FAKE_EXPORT void fake_hal_unplug(const char *uid);
// The device comes back under another object id.
FAKE_EXPORT void fake_hal_replug(const char *uid);
FAKE_EXPORT void fake_hal_set_default(const char *uid, int input);
// Another program changes the device.
FAKE_EXPORT void fake_hal_change_rate(const char *uid, UInt32 rate);
FAKE_EXPORT void fake_hal_change_buffer(const char *uid, UInt32 frames);
FAKE_EXPORT void fake_hal_change_latency(const char *uid, UInt32 device_latency, UInt32 stream_latency, UInt32 safety_offset);
// Another program chooses another format: the streams have other widths, in the buffers too. What was fed and played is forgotten.
FAKE_EXPORT void fake_hal_change_layout(const char *uid, UInt32 output_channels, UInt32 input_channels);
// How long the device takes to change its rate; -1: it says yes and never does.
FAKE_EXPORT void fake_hal_set_rate_delay(const char *uid, int milliseconds);
// Another process has (1) or leaves (0) the device to itself.
FAKE_EXPORT void fake_hal_hog(const char *uid, int hogged);
// The device misses this many frames before its next cycle.
FAKE_EXPORT void fake_hal_overload(const char *uid, UInt32 frames);
// The device runs but calls nobody.
FAKE_EXPORT void fake_hal_stall(const char *uid, int stalled);
// IO ends by itself with kAudioDevicePropertyIOStoppedAbnormally.
FAKE_EXPORT void fake_hal_stop_abnormally(const char *uid);
// The audio server died: every device is a new object, no IOProc or listener on a device is left.
FAKE_EXPORT void fake_hal_restart_service(void);
// Every call into the HAL blocks until this is 0 again.
FAKE_EXPORT void fake_hal_hang(int hangs);
// AudioDeviceStop does not wait, and the IOProc is called once more after it.
FAKE_EXPORT void fake_hal_late_io(int late);
// Notifications are kept back (and reach listeners that were removed meanwhile) until this is 0 again.
FAKE_EXPORT void fake_hal_hold_notifications(int held);
// Waits until all notifications are delivered.
FAKE_EXPORT void fake_hal_flush_notifications(void);

// Samples the device will record, interleaved over all its input channels; silence follows.
FAKE_EXPORT void fake_hal_feed(const char *uid, const float *samples, UInt32 frames);
// Takes what was played since the device was added, oldest first, interleaved over all its output channels; returns frames.
FAKE_EXPORT UInt32 fake_hal_take_played(const char *uid, float *samples, UInt32 frames);
FAKE_EXPORT UInt64 fake_hal_cycles(const char *uid);
// Streams of a direction that some IOProc wants.
FAKE_EXPORT int fake_hal_streams_in_use(const char *uid, int input);

FAKE_EXPORT int fake_hal_live_strings(void);
FAKE_EXPORT int fake_hal_live_procs(void);
FAKE_EXPORT int fake_hal_live_listeners(void);
FAKE_EXPORT int fake_hal_listeners_added(void);
// Uses of the HAL that a real one punishes: freed too often, written past a buffer, called from inside a listener.
FAKE_EXPORT int fake_hal_misuses(void);
// The last of them in words.
FAKE_EXPORT const char *fake_hal_last_misuse(void);
// 1 when the IO threads got realtime priority.
FAKE_EXPORT int fake_hal_is_realtime(void);

#endif
