// SPDX-License-Identifier: MIT
// A stand-in for Metal's compute half on Linux, x86-64, over the GNU Objective-C runtime. It exports the functions of Metal and of Apple's
// Objective-C runtime that a program without Apple's compiler needs, and these to steer it from a test. MSL is compiled as C++ by g++ and
// runs on one thread of the fake's own, "the GPU". Any thread may call.
#ifndef AUDIOMESH_FAKE_METAL_H
#define AUDIOMESH_FAKE_METAL_H

#include <stdbool.h>
#include <stdint.h>

#define FAKE_EXPORT __attribute__((visibility("default")))
#define FAKE_METAL_DEVICES 8

// What a device answers.
typedef struct {
    const char *name;
    uint64_t registry_id;
    uint32_t low_power;
    uint32_t removable;
    uint32_t unified_memory;
    uint32_t metal3;
} fake_metal_device;

// Forgets devices, faults and misuses, waits until the GPU is idle, and adds one device, "Fake M1". Objects that live go on living.
FAKE_EXPORT void fake_metal_reset(void);
FAKE_EXPORT void fake_metal_add(const fake_metal_device *device);
FAKE_EXPORT void fake_metal_forget_devices(void);

// The GPU takes no command buffer until this is 0 again.
FAKE_EXPORT void fake_metal_hold(int held);
// The command buffer after so many others ends with this code of MTLCommandBufferErrorDomain; -1: none does.
FAKE_EXPORT void fake_metal_fail_after(int command_buffers, int code);
// Waits until the GPU has nothing to do.
FAKE_EXPORT void fake_metal_drain(void);
// The device is gone: what runs and what comes ends with MTLCommandBufferErrorDeviceRemoved, nothing new can be made, until this is 0 again.
FAKE_EXPORT void fake_metal_remove(int removed);
FAKE_EXPORT void fake_metal_limit_buffer(uint64_t bytes);
FAKE_EXPORT void fake_metal_limit_threads(uint64_t per_threadgroup);
// The queue gives no more command buffers, as when memory is out.
FAKE_EXPORT void fake_metal_refuse_command_buffers(int refused);
// The GPU's clock: so many ticks a second, and what it shows now. 0 ticks a second: it cannot be read.
FAKE_EXPORT void fake_metal_set_clock(double hz, uint64_t now);
// What the GPU's clock showed at a time of CLOCK_MONOTONIC.
FAKE_EXPORT double fake_metal_ticks_at(int64_t nanoseconds);

FAKE_EXPORT int fake_metal_live_objects(void);
// The class of some object that lives; empty when none does.
FAKE_EXPORT const char *fake_metal_live_name(void);
FAKE_EXPORT int fake_metal_open_pools(void);
FAKE_EXPORT int fake_metal_command_buffers(void);
// Whether MSL was last compiled with fast math.
FAKE_EXPORT int fake_metal_fast_math(void);
// The last thing done that a real Metal punishes; empty when nothing was.
FAKE_EXPORT const char *fake_metal_last_misuse(void);
// The type encoding of a method of this fake; NULL when there is none.
FAKE_EXPORT const char *fake_metal_encoding(const char *class_name, const char *selector);

#endif
