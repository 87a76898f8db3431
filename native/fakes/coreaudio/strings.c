// SPDX-License-Identifier: MIT
// CFString, as far as names of devices need it.
#include "model.h"

#include <stdlib.h>
#include <string.h>

#define ALIVE 0x43465354u
#define FREED 0xdeadu

struct FakeString {
    UInt32 magic;
    UInt32 references;
    struct FakeString *next;
    char text[];
};

// Released strings keep their memory until the next reset, so that a second release is told from a first.
static struct FakeString *released;

CFStringRef make_string(const char *text)
{
    hal.strings++;
    size_t bytes = strlen(text) + 1;
    struct FakeString *string = malloc(sizeof *string + bytes);
    string->magic = ALIVE;
    string->references = 1;
    memcpy(string->text, text, bytes);
    return string;
}

static bool is_alive(CFStringRef string, const char *call)
{
    bool alive = string != NULL && string->magic == ALIVE;
    if (!alive) {
        report_misuse("%s of a string that is not alive", call);
    }

    return alive;
}

FAKE_EXPORT void CFRelease(CFTypeRef object)
{
    struct FakeString *string = (struct FakeString *)object;
    if (is_alive(string, "CFRelease") && __atomic_sub_fetch(&string->references, 1, __ATOMIC_SEQ_CST) == 0) {
        string->magic = FREED;
        lock_hal();
        string->next = released;
        released = string;
        hal.strings--;
        leave();
    }
}

void free_released_strings(void)
{
    while (released != NULL) {
        struct FakeString *string = released;
        released = string->next;
        free(string);
    }
}

FAKE_EXPORT CFStringRef CFStringCreateWithCString(CFAllocatorRef allocator, const char *text, CFStringEncoding encoding)
{
    (void)allocator;
    if (encoding != kEncodingUTF8) {
        report_misuse("CFStringCreateWithCString: encoding 0x%x", encoding);
        return NULL;
    }

    lock_hal();
    CFStringRef string = make_string(text);
    leave();
    return string;
}

FAKE_EXPORT CFIndex CFStringGetLength(CFStringRef string)
{
    if (!is_alive(string, "CFStringGetLength")) {
        return 0;
    }

    CFIndex units = 0;
    for (const unsigned char *byte = (const unsigned char *)string->text; *byte != 0; byte++) {
        bool continues = (*byte & 0xc0) == 0x80;
        bool needs_two = *byte >= 0xf0;
        units += continues ? 0 : needs_two ? 2 : 1;
    }

    return units;
}

FAKE_EXPORT CFIndex CFStringGetMaximumSizeForEncoding(CFIndex length, CFStringEncoding encoding)
{
    return encoding == kEncodingUTF8 ? length * 3 : -1;
}

FAKE_EXPORT Boolean CFStringGetCString(CFStringRef string, char *buffer, CFIndex size, CFStringEncoding encoding)
{
    if (!is_alive(string, "CFStringGetCString") || encoding != kEncodingUTF8 || (CFIndex)strlen(string->text) >= size) {
        return 0;
    }

    strcpy(buffer, string->text);
    return 1;
}
