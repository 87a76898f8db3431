// SPDX-License-Identifier: MIT
#include "model.h"

#include <stdio.h>
#include <string.h>

static void set_side(struct side *side, UInt32 count, const UInt32 *widths)
{
    side->count = count;
    for (UInt32 i = 0; i < count; i++) {
        side->widths[i] = widths[i];
        side->channels += widths[i];
    }
}

void fake_hal_add(const fake_hal_device *spec)
{
    lock_hal();
    struct device *device = &hal.devices[hal.device_count];
    memset(device, 0, sizeof *device);
    snprintf(device->uid, sizeof device->uid, "%s", spec->uid);
    snprintf(device->name, sizeof device->name, "%s", spec->name);
    device->spec = *spec;
    set_side(&device->out, spec->output_streams, spec->output_channels);
    set_side(&device->in, spec->input_streams, spec->input_channels);
    device->played.channels = device->out.channels;
    device->feed.channels = device->in.channels;
    device->rate = spec->rates[0];
    device->rate_delay_ms = 5;
    device->buffer = spec->buffer_frames;
    device->plugged = true;
    give_ids(device);
    hal.device_count++;
    post(kSystemObject, kDevices, kScopeGlobal);
    leave();
}

static void forget_devices(void)
{
    for (int i = 0; i < hal.device_count; i++) {
        struct device *device = &hal.devices[i];
        memset(device->procs, 0, sizeof device->procs);
        stop_io(device);
        tape_free(&device->played);
        tape_free(&device->feed);
    }

    hal.device_count = 0;
    hal.default_out = 0;
    hal.default_in = 0;
}

void fake_hal_reset(void)
{
    lock_hal();
    hal.hung = false;
    hal.late_io = false;
    pthread_cond_broadcast(&hal.changed);
    forget_devices();
    forget_listeners();
    free_released_strings();
    hal.strings = 0;
    hal.misuses = 0;
    hal.misuse[0] = 0;
    start_notifier();
    leave();

    fake_hal_device speakers = {
        .uid = "fake-speakers", .name = "Fake Speakers", .output_streams = 1, .output_channels = { 2 }, .rates = { 48000, 44100, 96000 },
        .buffer_frames = 512, .buffer_min = 16, .buffer_max = 4096, .device_latency = 30, .stream_latency = 7, .safety_offset = 24,
    };
    fake_hal_device mic = {
        .uid = "fake-mic", .name = "Fake Microphone", .input_streams = 1, .input_channels = { 1 }, .rates = { 48000, 44100 },
        .buffer_frames = 512, .buffer_min = 16, .buffer_max = 4096, .device_latency = 11, .stream_latency = 5, .safety_offset = 24,
    };
    fake_hal_device interface = {
        .uid = "fake-interface", .name = "Fake Interf\xc3\xa4""ce \xf0\x9f\x8e\xa7", .output_streams = 4, .output_channels = { 1, 1, 1, 1 },
        .input_streams = 1, .input_channels = { 2 }, .rates = { 48000, 96000 }, .buffer_frames = 256, .buffer_min = 32,
        .buffer_max = 2048, .device_latency = 40, .stream_latency = 3, .safety_offset = 16,
    };
    fake_hal_add(&speakers);
    fake_hal_add(&mic);
    fake_hal_add(&interface);
    fake_hal_set_default("fake-speakers", 0);
    fake_hal_set_default("fake-mic", 1);
}

void fake_hal_set_default(const char *uid, int input)
{
    lock_hal();
    *(input ? &hal.default_in : &hal.default_out) = device_by_uid(uid)->id;
    post(kSystemObject, input ? kDefaultInput : kDefaultOutput, kScopeGlobal);
    leave();
}

void fake_hal_change_layout(const char *uid, UInt32 output_channels, UInt32 input_channels)
{
    lock_hal();
    struct device *device = device_by_uid(uid);
    while (device->calling != NULL) {
        pthread_cond_wait(&hal.changed, &hal.lock);
    }

    device->out = (struct side) { 0 };
    device->in = (struct side) { 0 };
    set_side(&device->out, 1, &output_channels);
    set_side(&device->in, 1, &input_channels);
    tape_free(&device->played);
    tape_free(&device->feed);
    device->played.channels = output_channels;
    device->feed.channels = input_channels;
    post(device->id, kStreamConfiguration, kScopeOutput);
    post(device->id, kStreamConfiguration, kScopeInput);
    leave();
}

static AudioObjectID first_with(bool input)
{
    for (int i = 0; i < hal.device_count; i++) {
        const struct device *device = &hal.devices[i];
        if (device->plugged && (input ? device->in.count : device->out.count) > 0) {
            return device->id;
        }
    }

    return 0;
}

static void end_object(struct device *device)
{
    AudioObjectID id = device->id;
    device->plugged = false;
    stop_io(device);
    memset(device->procs, 0, sizeof device->procs);
    drop_listeners(id);
}

void fake_hal_unplug(const char *uid)
{
    lock_hal();
    struct device *device = device_by_uid(uid);
    post(device->id, kIsAlive, kScopeGlobal);
    end_object(device);
    post(kSystemObject, kDevices, kScopeGlobal);
    if (hal.default_out == device->id) {
        hal.default_out = first_with(false);
        post(kSystemObject, kDefaultOutput, kScopeGlobal);
    }

    if (hal.default_in == device->id) {
        hal.default_in = first_with(true);
        post(kSystemObject, kDefaultInput, kScopeGlobal);
    }

    leave();
}

void fake_hal_replug(const char *uid)
{
    lock_hal();
    struct device *device = device_by_uid(uid);
    give_ids(device);
    device->plugged = true;
    post(kSystemObject, kDevices, kScopeGlobal);
    leave();
}

void fake_hal_restart_service(void)
{
    lock_hal();
    for (int i = 0; i < hal.device_count; i++) {
        struct device *device = &hal.devices[i];
        AudioObjectID before = device->id;
        if (device->plugged) {
            end_object(device);
            give_ids(device);
            device->plugged = true;
            hal.default_out = hal.default_out == before ? device->id : hal.default_out;
            hal.default_in = hal.default_in == before ? device->id : hal.default_in;
        }
    }

    post(kSystemObject, kServiceRestarted, kScopeGlobal);
    leave();
}

void fake_hal_stop_abnormally(const char *uid)
{
    lock_hal();
    struct device *device = device_by_uid(uid);
    for (int i = 0; i < MAX_PROCS; i++) {
        device->procs[i].started = false;
    }

    stop_io(device);
    post(device->id, kStoppedAbnormally, kScopeGlobal);
    leave();
}
