// SPDX-License-Identifier: MIT
// Checks of the fake itself, for when a test of the backend is in doubt. Build: gcc -pthread *.c selftest/main.c -o /tmp/selftest
#include "../model.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

OSStatus AudioObjectGetPropertyData(AudioObjectID, const AudioObjectPropertyAddress *, UInt32, const void *, UInt32 *, void *);
OSStatus AudioObjectSetPropertyData(AudioObjectID, const AudioObjectPropertyAddress *, UInt32, const void *, UInt32, const void *);
OSStatus AudioObjectAddPropertyListener(AudioObjectID, const AudioObjectPropertyAddress *, AudioObjectPropertyListenerProc, void *);
OSStatus AudioObjectRemovePropertyListener(AudioObjectID, const AudioObjectPropertyAddress *, AudioObjectPropertyListenerProc, void *);
OSStatus AudioDeviceCreateIOProcID(AudioObjectID, AudioDeviceIOProc, void *, AudioDeviceIOProcID *);
OSStatus AudioDeviceDestroyIOProcID(AudioObjectID, AudioDeviceIOProcID);
OSStatus AudioDeviceStart(AudioObjectID, AudioDeviceIOProcID);
OSStatus AudioDeviceStop(AudioObjectID, AudioDeviceIOProcID);
CFStringRef CFStringCreateWithCString(CFAllocatorRef, const char *, CFStringEncoding);
CFIndex CFStringGetLength(CFStringRef);
void CFRelease(CFTypeRef);

#define CHECK(holds) ((holds) ? (void)0 : (fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #holds), exit(1)))

struct seen {
    int calls;
    int jumps;
    double next;
    float value;
    int notices;
    UInt32 selector;
};

static OSStatus io(AudioObjectID device, const AudioTimeStamp *now, const AudioBufferList *input, const AudioTimeStamp *inputTime,
                   AudioBufferList *output, const AudioTimeStamp *outputTime, void *client)
{
    (void)device;
    struct seen *seen = client;
    CHECK(input->mNumberBuffers == 1 && output->mNumberBuffers == 4);
    UInt32 frames = output->mBuffers[0].mDataByteSize / (UInt32)sizeof(float);
    CHECK(outputTime->mSampleTime - inputTime->mSampleTime == 2 * frames + 2 * 16);
    CHECK(now->mHostTime < outputTime->mHostTime && inputTime->mHostTime < now->mHostTime);
    seen->jumps += seen->calls > 0 && outputTime->mSampleTime != seen->next;
    seen->next = outputTime->mSampleTime + frames;
    seen->calls++;
    const float *recorded = input->mBuffers[0].mData;
    for (UInt32 i = 0; i < frames; i++) {
        ((float *)output->mBuffers[2].mData)[i] = ++seen->value;
        ((float *)output->mBuffers[3].mData)[i] = recorded[2 * i + 1];
    }

    return kNoError;
}

static OSStatus notice(AudioObjectID object, UInt32 count, const AudioObjectPropertyAddress *addresses, void *client)
{
    (void)object;
    struct seen *seen = client;
    seen->notices += (int)count;
    seen->selector = addresses[count - 1].mSelector;
    return kNoError;
}

static AudioObjectID find(const char *uid)
{
    AudioObjectPropertyAddress translate = { kTranslateUID, kScopeGlobal, 0 };
    CFStringRef string = CFStringCreateWithCString(NULL, uid, kEncodingUTF8);
    AudioObjectID id = 0;
    UInt32 size = sizeof id;
    CHECK(AudioObjectGetPropertyData(kSystemObject, &translate, sizeof string, &string, &size, &id) == kNoError);
    CFRelease(string);
    return id;
}

static void plays_and_records(AudioObjectID id)
{
    struct seen seen = { 0 };
    float fed[2 * 1000];
    for (int i = 0; i < 2000; i++) {
        fed[i] = (float)i;
    }

    fake_hal_feed("fake-interface", fed, 1000);
    AudioDeviceIOProcID proc;
    CHECK(AudioDeviceCreateIOProcID(id, io, &seen, &proc) == kNoError);
    CHECK(AudioDeviceStart(id, proc) == kNoError);
    while (fake_hal_cycles("fake-interface") < 20) {
        usleep(1000);
    }

    fake_hal_overload("fake-interface", 1000);
    usleep(100000);
    CHECK(AudioDeviceStop(id, proc) == kNoError);
    int calls = seen.calls;
    usleep(30000);
    CHECK(seen.calls == calls && seen.jumps >= 1);
    static float played[4 * 100000];
    UInt32 frames = fake_hal_take_played("fake-interface", played, 100000);
    CHECK(frames == (UInt32)calls * 256);
    for (UInt32 i = 0; i < frames; i++) {
        CHECK(played[4 * i] == 0 && played[4 * i + 2] == (float)(i + 1));
        CHECK(played[4 * i + 3] == (i < 1000 ? fed[2 * i + 1] : 0));
    }

    CHECK(AudioDeviceDestroyIOProcID(id, proc) == kNoError && fake_hal_live_procs() == 0);
}

static void tells(AudioObjectID id)
{
    struct seen seen = { 0 };
    AudioObjectPropertyAddress alive = { kIsAlive, kScopeGlobal, 0 };
    AudioObjectPropertyAddress rate = { kNominalRate, kScopeGlobal, 0 };
    CHECK(AudioObjectAddPropertyListener(id, &alive, notice, &seen) == kNoError);
    CHECK(AudioObjectAddPropertyListener(id, &rate, notice, &seen) == kNoError);
    Float64 wanted = 96000;
    CHECK(AudioObjectSetPropertyData(id, &rate, 0, NULL, sizeof wanted, &wanted) == kNoError);
    usleep(50000);
    fake_hal_flush_notifications();
    CHECK(seen.notices == 1 && seen.selector == kNominalRate);
    CHECK(AudioObjectRemovePropertyListener(id, &rate, notice, &seen) == kNoError);
    fake_hal_unplug("fake-interface");
    fake_hal_flush_notifications();
    CHECK(seen.notices == 2 && seen.selector == kIsAlive && fake_hal_live_listeners() == 0 && find("fake-interface") == 0);
    fake_hal_replug("fake-interface");
    CHECK(find("fake-interface") > id);
}

int main(void)
{
    fake_hal_reset();
    AudioObjectID id = find("fake-interface");
    CFStringRef name = CFStringCreateWithCString(NULL, "\xc3\xa4\xf0\x9f\x8e\xa7", kEncodingUTF8);
    CHECK(CFStringGetLength(name) == 3);
    CFRelease(name);
    CHECK(fake_hal_live_strings() == 0 && fake_hal_misuses() == 0);
    plays_and_records(id);
    tells(id);
    CHECK(fake_hal_misuses() == 0);
    CFRelease(name);
    CHECK(fake_hal_misuses() == 1);
    fake_hal_reset();
    puts("ok");
    return 0;
}
