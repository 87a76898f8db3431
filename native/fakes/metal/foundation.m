// SPDX-License-Identifier: MIT
#import "foundation.h"
#include "model.h"

#include <stdlib.h>
#include <string.h>

enum { CLASSES = 32, AUTORELEASED = 4096 };

static pthread_mutex_t census_lock = PTHREAD_MUTEX_INITIALIZER;
static struct {
    Class class;
    int alive;
} census[CLASSES];
static int pools;

static void count(Class class, int change)
{
    pthread_mutex_lock(&census_lock);
    int i = 0;
    while (census[i].class != class && census[i].class != Nil) {
        i++;
    }

    census[i].class = class;
    census[i].alive += change;
    pthread_mutex_unlock(&census_lock);
}

int fake_metal_live_objects(void)
{
    pthread_mutex_lock(&census_lock);
    int alive = 0;
    for (int i = 0; i < CLASSES; i++) {
        alive += census[i].alive;
    }

    pthread_mutex_unlock(&census_lock);
    return alive;
}

const char *fake_metal_live_name(void)
{
    const char *name = "";
    pthread_mutex_lock(&census_lock);
    for (int i = 0; i < CLASSES; i++) {
        name = census[i].alive > 0 ? class_getName(census[i].class) : name;
    }

    pthread_mutex_unlock(&census_lock);
    return name;
}

int fake_metal_open_pools(void)
{
    return __atomic_load_n(&pools, __ATOMIC_SEQ_CST);
}

const char *fake_metal_encoding(const char *class_name, const char *selector)
{
    Class class = objc_lookUpClass(class_name);
    struct objc_method *method = class == Nil ? NULL : class_getInstanceMethod(class, sel_registerName(selector));
    return method == NULL ? NULL : method_getTypeEncoding(method);
}

// The pools of a thread: what is to be released, and a nil where each pool begins.
static __thread id autoreleased[AUTORELEASED];
static __thread int autoreleased_count;
static __thread int depth;

void *objc_autoreleasePoolPush(void)
{
    if (autoreleased_count == AUTORELEASED) {
        misuse("autorelease pools without end");
        return NULL;
    }

    autoreleased[autoreleased_count++] = nil;
    depth++;
    __atomic_add_fetch(&pools, 1, __ATOMIC_SEQ_CST);
    return &autoreleased[autoreleased_count - 1];
}

void objc_autoreleasePoolPop(void *pool)
{
    while (autoreleased_count > 0) {
        id *last = &autoreleased[--autoreleased_count];
        if (*last == nil) {
            depth--;
            __atomic_sub_fetch(&pools, 1, __ATOMIC_SEQ_CST);
            if ((void *)last == pool) {
                return;
            }
        }

        [*last release];
    }

    misuse("an autorelease pool that this thread does not have");
}

id objc_retain(id object)
{
    return [object retain];
}

void objc_release(id object)
{
    [object release];
}

@implementation NSObject
+ (id)alloc
{
    NSObject *made = class_createInstance(self, 0);
    made->references = 1;
    count(self, 1);
    return made;
}
+ (id)new
{
    return [[self alloc] init];
}
- (id)init
{
    return self;
}
- (id)retain
{
    if (__atomic_fetch_add(&references, 1, __ATOMIC_SEQ_CST) < 1) {
        misuse("a dead %s retained", class_getName(isa));
    }

    return self;
}
- (void)release
{
    int left = __atomic_sub_fetch(&references, 1, __ATOMIC_SEQ_CST);
    if (left == 0) {
        [self dealloc];
        count(isa, -1);
    } else if (left < 0) {
        misuse("a dead %s released", class_getName(isa));
    }
}
- (id)autorelease
{
    if (depth == 0 || autoreleased_count == AUTORELEASED) {
        misuse("a %s autoreleased with no pool, or with a full one", class_getName(isa));
    } else {
        autoreleased[autoreleased_count++] = self;
    }

    return self;
}
- (void)dealloc
{
}
@end

@implementation NSString
+ (id)stringWithUTF8String:(const char *)text
{
    NSString *made = [[self alloc] autorelease];
    made->_text = strdup(text);
    return made;
}
- (const char *)UTF8String
{
    return _text;
}
- (void)dealloc
{
    free(_text);
    [super dealloc];
}
@end

@implementation NSArray
- (id)initWithObjects:(id *)items count:(NSUInteger)count
{
    _items = calloc(count + 1, sizeof *_items);
    _count = count;
    for (NSUInteger i = 0; i < count; i++) {
        _items[i] = [items[i] retain];
    }

    return self;
}
- (NSUInteger)count
{
    return _count;
}
- (id)objectAtIndex:(NSUInteger)index
{
    if (index >= _count) {
        misuse("item %llu of an NSArray of %llu", index, _count);
        return nil;
    }

    return _items[index];
}
- (void)dealloc
{
    for (NSUInteger i = 0; i < _count; i++) {
        [_items[i] release];
    }

    free(_items);
    [super dealloc];
}
@end

@implementation NSError
+ (id)errorWithCode:(NSInteger)code description:(const char *)description
{
    NSError *made = [[self alloc] autorelease];
    made->_code = code;
    made->_description = [[NSString stringWithUTF8String:description] retain];
    return made;
}
- (NSInteger)code
{
    return _code;
}
- (NSString *)localizedDescription
{
    return [[_description retain] autorelease];
}
- (void)dealloc
{
    [_description release];
    [super dealloc];
}
@end
