// SPDX-License-Identifier: MIT
#include "model.h"

#include <string.h>

#define MAX_VALUE 512

// One property's value as it is copied out. A string is made only when the value itself is asked for.
struct value {
    OSStatus status;
    UInt32 size;
    bool is_list;
    bool is_string;
    const char *text;
    unsigned char bytes[MAX_VALUE];
};

static void put(struct value *value, const void *bytes, UInt32 size)
{
    memcpy(value->bytes + value->size, bytes, size);
    value->size += size;
    value->status = kNoError;
}

static void put_u32(struct value *value, UInt32 number)
{
    put(value, &number, sizeof number);
}

static void put_string(struct value *value, const char *text)
{
    value->text = text;
    value->is_string = true;
    value->size = sizeof(CFStringRef);
    value->status = kNoError;
}

static void read_system(const AudioObjectPropertyAddress *address, const void *qualifier, struct value *value)
{
    switch (address->mSelector) {
    case kDevices:
        value->is_list = true;
        value->status = kNoError;
        for (int i = 0; i < hal.device_count; i++) {
            if (hal.devices[i].plugged) {
                put_u32(value, hal.devices[i].id);
            }
        }

        break;
    case kDefaultOutput:
        put_u32(value, hal.default_out);
        break;
    case kDefaultInput:
        put_u32(value, hal.default_in);
        break;
    case kTranslateUID: {
        char uid[64] = "";
        AudioObjectID id = 0;
        if (qualifier != NULL && CFStringGetCString(*(const CFStringRef *)qualifier, uid, sizeof uid, kEncodingUTF8)) {
            for (int i = 0; i < hal.device_count; i++) {
                if (hal.devices[i].plugged && strcmp(hal.devices[i].uid, uid) == 0) {
                    id = hal.devices[i].id;
                }
            }
        }

        put_u32(value, id);
        break;
    }
    default:
        break;
    }
}

static void read_layout(const struct side *side, UInt32 frames, struct value *value)
{
    UInt64 head = side->count; // the count, and padding up to the first buffer
    put(value, &head, sizeof head);
    for (UInt32 i = 0; i < side->count; i++) {
        AudioBuffer buffer = { side->widths[i], frames * side->widths[i] * (UInt32)sizeof(float), NULL };
        put(value, &buffer, sizeof buffer);
    }
}

static void read_device(const struct device *device, const AudioObjectPropertyAddress *address, struct value *value)
{
    bool scoped = address->mScope == kScopeInput || address->mScope == kScopeOutput;
    const struct side *side = address->mScope == kScopeInput ? &device->in : &device->out;
    switch (address->mSelector) {
    case kDeviceUID:
        put_string(value, device->uid);
        break;
    case kName:
        put_string(value, device->name);
        break;
    case kIsAlive:
        put_u32(value, 1);
        break;
    case kIsRunning:
        put_u32(value, device->io_running);
        break;
    case kHogMode:
        put_u32(value, device->hogged ? 4711 : UINT32_MAX);
        break;
    case kBufferFrameSize:
        put_u32(value, device->buffer);
        break;
    case kBufferFrameSizeRange: {
        AudioValueRange range = { device->spec.buffer_min, device->spec.buffer_max };
        put(value, &range, sizeof range);
        break;
    }
    case kVariableFrameSizes:
        if (device->spec.variable_max != 0) {
            put_u32(value, device->spec.variable_max);
        }

        break;
    case kNominalRate: {
        Float64 rate = device->rate;
        put(value, &rate, sizeof rate);
        break;
    }
    case kAvailableRates:
        value->is_list = true;
        for (int i = 0; i < FAKE_HAL_RATES && device->spec.rates[i] != 0; i++) {
            AudioValueRange range = { device->spec.rates[i], device->spec.rates[i] };
            put(value, &range, sizeof range);
        }

        break;
    case kStreamConfiguration:
        if (scoped) {
            read_layout(side, device->buffer, value);
        }

        break;
    case kStreams:
        value->is_list = true;
        value->status = scoped ? kNoError : kUnknownProperty;
        for (UInt32 i = 0; scoped && i < side->count; i++) {
            put_u32(value, side->ids[i]);
        }

        break;
    case kLatency:
    case kSafetyOffset:
        if (scoped) {
            put_u32(value, address->mSelector == kLatency ? device->spec.device_latency : device->spec.safety_offset);
        }

        break;
    default:
        break;
    }
}

static void read_stream(const struct device *device, UInt32 channels, UInt32 selector, struct value *value)
{
    if (selector == kLatency) {
        put_u32(value, device->spec.stream_latency);
    } else if (selector == kVirtualFormat) {
        UInt32 flags = device->spec.integer_format ? kSignedPacked : kFloatPacked;
        AudioStreamBasicDescription format = { device->rate, kLinearPCM, flags, channels * 4, 1, channels * 4, channels, 32, 0 };
        put(value, &format, sizeof format);
    }
}

static const struct device *device_of_stream(AudioObjectID id, UInt32 *channels)
{
    for (int i = 0; i < hal.device_count; i++) {
        const struct device *device = &hal.devices[i];
        for (UInt32 s = 0; device->plugged && s < FAKE_HAL_STREAMS; s++) {
            if (s < device->out.count && device->out.ids[s] == id) {
                *channels = device->out.widths[s];
                return device;
            }

            if (s < device->in.count && device->in.ids[s] == id) {
                *channels = device->in.widths[s];
                return device;
            }
        }
    }

    return NULL;
}

static struct value read_property(AudioObjectID object, const AudioObjectPropertyAddress *address, const void *qualifier)
{
    struct value value = { .status = kUnknownProperty };
    UInt32 channels = 0;
    const struct device *device = device_by_id(object);
    const struct device *owner = device_of_stream(object, &channels);
    if (object == kSystemObject) {
        read_system(address, qualifier, &value);
    } else if (device != NULL) {
        read_device(device, address, &value);
    } else if (owner != NULL) {
        read_stream(owner, channels, address->mSelector, &value);
    } else {
        value.status = kBadObject;
    }

    return value;
}

FAKE_EXPORT Boolean AudioObjectHasProperty(AudioObjectID object, const AudioObjectPropertyAddress *address)
{
    enter("AudioObjectHasProperty");
    struct value value = read_property(object, address, NULL);
    leave();
    return value.status == kNoError;
}

FAKE_EXPORT OSStatus AudioObjectGetPropertyDataSize(AudioObjectID object, const AudioObjectPropertyAddress *address,
                                                    UInt32 qualifierSize, const void *qualifier, UInt32 *size)
{
    (void)qualifierSize;
    enter("AudioObjectGetPropertyDataSize");
    struct value value = read_property(object, address, qualifier);
    *size = value.size;
    leave();
    return value.status;
}

FAKE_EXPORT OSStatus AudioObjectGetPropertyData(AudioObjectID object, const AudioObjectPropertyAddress *address,
                                                UInt32 qualifierSize, const void *qualifier, UInt32 *size, void *data)
{
    (void)qualifierSize;
    enter("AudioObjectGetPropertyData");
    struct value value = read_property(object, address, qualifier);
    if (value.status == kNoError && *size < value.size && !value.is_list) {
        value.status = kBadPropertySize;
    }

    if (value.status == kNoError) {
        if (value.is_string) {
            CFStringRef string = make_string(value.text);
            memcpy(value.bytes, &string, sizeof string);
        }

        *size = *size < value.size ? *size : value.size;
        memcpy(data, value.bytes, *size);
    }

    leave();
    return value.status;
}

FAKE_EXPORT OSStatus AudioObjectIsPropertySettable(AudioObjectID object, const AudioObjectPropertyAddress *address, Boolean *settable)
{
    enter("AudioObjectIsPropertySettable");
    struct value value = read_property(object, address, NULL);
    *settable = address->mSelector == kNominalRate || address->mSelector == kBufferFrameSize;
    leave();
    return value.status;
}
