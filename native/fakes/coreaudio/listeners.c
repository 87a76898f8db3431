// SPDX-License-Identifier: MIT
// Listeners are called on a thread of the HAL's own, with several changes in one call where they came close together, and with
// those that were registered when the property changed: one removed since is still called. So does the real one.
#include "model.h"

#include <string.h>

#define MAX_LISTENERS 256
#define MAX_NOTICES 1024
#define MAX_TOGETHER 4

struct listener {
    AudioObjectID object;
    AudioObjectPropertyAddress address;
    AudioObjectPropertyListenerProc proc;
    void *client;
};

static struct listener listeners[MAX_LISTENERS];
static int listener_count;
static int listeners_added;
static struct listener notices[MAX_NOTICES];
static int notice_count;
static bool delivering;
static bool held;
static bool notifier_started;

static bool same_address(const AudioObjectPropertyAddress *left, const AudioObjectPropertyAddress *right)
{
    return memcmp(left, right, sizeof *left) == 0;
}

static int find(const struct listener *wanted)
{
    for (int i = 0; i < listener_count; i++) {
        const struct listener *present = &listeners[i];
        if (present->object == wanted->object && same_address(&present->address, &wanted->address)
            && present->proc == wanted->proc && present->client == wanted->client) {
            return i;
        }
    }

    return -1;
}

FAKE_EXPORT OSStatus AudioObjectAddPropertyListener(AudioObjectID object, const AudioObjectPropertyAddress *address,
                                                    AudioObjectPropertyListenerProc proc, void *client)
{
    enter("AudioObjectAddPropertyListener");
    struct listener added = { object, *address, proc, client };
    OSStatus status = kNoError;
    if (object != kSystemObject && device_by_id(object) == NULL) {
        status = kBadObject;
    } else if (find(&added) >= 0 || listener_count == MAX_LISTENERS) {
        report_misuse("listener added twice, or too many");
        status = kIllegalOperation;
    } else {
        listeners[listener_count++] = added;
        listeners_added++;
    }

    leave();
    return status;
}

FAKE_EXPORT OSStatus AudioObjectRemovePropertyListener(AudioObjectID object, const AudioObjectPropertyAddress *address,
                                                       AudioObjectPropertyListenerProc proc, void *client)
{
    enter("AudioObjectRemovePropertyListener");
    struct listener removed = { object, *address, proc, client };
    int index = find(&removed);
    OSStatus status = kNoError;
    if (object != kSystemObject && device_by_id(object) == NULL) {
        status = kBadObject;
    } else if (index < 0) {
        report_misuse("a listener was removed that is not there");
    } else {
        listeners[index] = listeners[--listener_count];
    }

    leave();
    return status;
}

void drop_listeners(AudioObjectID object)
{
    int kept = 0;
    for (int i = 0; i < listener_count; i++) {
        if (listeners[i].object != object) {
            listeners[kept++] = listeners[i];
        }
    }

    listener_count = kept;
}

void forget_listeners(void)
{
    listener_count = 0;
    listeners_added = 0;
    notice_count = 0;
    held = false;
    while (delivering) {
        pthread_cond_wait(&hal.changed, &hal.lock);
    }
}

static int gather(struct listener *into, int room, AudioObjectID object, UInt32 selector, UInt32 scope)
{
    AudioObjectPropertyAddress address = { selector, scope, 0 };
    int count = 0;
    for (int i = 0; i < listener_count && count < room; i++) {
        if (listeners[i].object == object && same_address(&listeners[i].address, &address)) {
            into[count++] = listeners[i];
        }
    }

    return count;
}

void post(AudioObjectID object, UInt32 selector, UInt32 scope)
{
    notice_count += gather(notices + notice_count, MAX_NOTICES - notice_count, object, selector, scope);
    pthread_cond_broadcast(&hal.changed);
}

void call_listeners_now(AudioObjectID object, UInt32 selector)
{
    if (held) {
        post(object, selector, kScopeGlobal);
        return;
    }

    struct listener found[8];
    int count = gather(found, 8, object, selector, kScopeGlobal);
    leave();
    in_listener = true;
    for (int i = 0; i < count; i++) {
        found[i].proc(object, 1, &found[i].address, found[i].client);
    }

    in_listener = false;
    lock_hal();
}

static void deliver(void)
{
    struct listener first = notices[0];
    AudioObjectPropertyAddress addresses[MAX_TOGETHER];
    UInt32 count = 0;
    while (count < MAX_TOGETHER && (int)count < notice_count && notices[count].object == first.object
           && notices[count].proc == first.proc && notices[count].client == first.client) {
        addresses[count] = notices[count].address;
        count++;
    }

    notice_count -= (int)count;
    memmove(notices, notices + count, (size_t)notice_count * sizeof *notices);
    delivering = true;
    leave();
    in_listener = true;
    first.proc(first.object, count, addresses, first.client);
    in_listener = false;
    lock_hal();
    delivering = false;
    pthread_cond_broadcast(&hal.changed);
}

// Carries out the settings that are due, and says when to look again.
static UInt64 settle(UInt64 now)
{
    UInt64 next = now + 100000000u;
    for (int i = 0; i < hal.device_count; i++) {
        struct device *device = &hal.devices[i];
        if (device->pending_rate != 0 && device->pending_due <= now) {
            apply_rate(device, device->pending_rate);
        }

        if (device->pending_buffer != 0 && device->pending_buffer_due <= now) {
            apply_buffer(device, device->pending_buffer);
        }

        next = device->pending_rate != 0 && device->pending_due < next ? device->pending_due : next;
        next = device->pending_buffer != 0 && device->pending_buffer_due < next ? device->pending_buffer_due : next;
    }

    return next;
}

static void *notify_forever(void *unused)
{
    (void)unused;
    lock_hal();
    for (;;) {
        UInt64 next = settle(now_ns());
        if (notice_count > 0 && !held && !hal.hung) {
            deliver();
        } else {
            wait_until(next);
        }
    }

    return NULL;
}

void start_notifier(void)
{
    if (!notifier_started) {
        notifier_started = true;
        pthread_t thread;
        pthread_create(&thread, NULL, notify_forever, NULL);
        pthread_detach(thread);
    }
}

void fake_hal_hold_notifications(int hold)
{
    lock_hal();
    held = hold;
    pthread_cond_broadcast(&hal.changed);
    leave();
}

void fake_hal_flush_notifications(void)
{
    lock_hal();
    while ((notice_count > 0 && !held) || delivering) {
        pthread_cond_wait(&hal.changed, &hal.lock);
    }

    leave();
}

int fake_hal_live_listeners(void)
{
    lock_hal();
    int count = listener_count;
    leave();
    return count;
}

int fake_hal_listeners_added(void)
{
    lock_hal();
    int count = listeners_added;
    leave();
    return count;
}
