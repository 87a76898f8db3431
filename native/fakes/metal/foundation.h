// SPDX-License-Identifier: MIT
// As much of Foundation and of Apple's Objective-C runtime as the fake and its users need.
#ifndef AUDIOMESH_FAKE_METAL_FOUNDATION_H
#define AUDIOMESH_FAKE_METAL_FOUNDATION_H

#import <objc/objc.h>
#import <objc/runtime.h>

#include "fake_metal.h"

// As Apple's encodings have them: Q and q.
typedef unsigned long long NSUInteger;
typedef long long NSInteger;

// Every object is counted while it lives. A dead one keeps its few bytes, so that one release too many is seen.
__attribute__((objc_root_class))
@interface NSObject
{
    Class isa;
    int references;
}
+ (id)alloc;
+ (id)new;
- (id)init;
- (id)retain;
- (void)release;
- (id)autorelease;
- (void)dealloc;
@end

@interface NSString : NSObject
{
    char *_text;
}
+ (id)stringWithUTF8String:(const char *)text;
- (const char *)UTF8String;
@end

@interface NSArray : NSObject
{
    id *_items;
    NSUInteger _count;
}
- (id)initWithObjects:(id *)items count:(NSUInteger)count;
- (NSUInteger)count;
- (id)objectAtIndex:(NSUInteger)index;
@end

@interface NSError : NSObject
{
    NSInteger _code;
    NSString *_description;
}
+ (id)errorWithCode:(NSInteger)code description:(const char *)description;
- (NSInteger)code;
- (NSString *)localizedDescription;
@end

FAKE_EXPORT id objc_retain(id object);
FAKE_EXPORT void objc_release(id object);
FAKE_EXPORT void *objc_autoreleasePoolPush(void);
FAKE_EXPORT void objc_autoreleasePoolPop(void *pool);

#endif
