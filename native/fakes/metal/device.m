// SPDX-License-Identifier: MIT
#import "metal.h"
#include "library.h"
#include "model.h"

#include <stdlib.h>
#include <sys/mman.h>

NSArray *MTLCopyAllDevices(void)
{
    pthread_mutex_lock(&fake.lock);
    int count = fake.device_count;
    pthread_mutex_unlock(&fake.lock);
    id devices[FAKE_METAL_DEVICES];
    for (int i = 0; i < count; i++) {
        devices[i] = [[MTLDevice alloc] initWithIndex:i];
    }

    NSArray *all = [[NSArray alloc] initWithObjects:devices count:count];
    for (int i = 0; i < count; i++) {
        [devices[i] release];
    }

    return all;
}

@implementation MTLCompileOptions
- (id)init
{
    _fast = true;
    return self;
}
- (void)setFastMathEnabled:(bool)enabled
{
    _fast = enabled;
}
@end

@implementation MTLDevice
- (id)initWithIndex:(int)index
{
    void *pool = objc_autoreleasePoolPush();
    pthread_mutex_lock(&fake.lock);
    _told = fake.devices[index].told;
    pthread_mutex_unlock(&fake.lock);
    _name = [[NSString stringWithUTF8String:fake.devices[index].name] retain];
    objc_autoreleasePoolPop(pool);
    return self;
}
- (NSString *)name
{
    return [[_name retain] autorelease];
}
- (NSUInteger)registryID
{
    return _told.registry_id;
}
- (bool)isLowPower
{
    return _told.low_power != 0;
}
- (bool)isRemovable
{
    return _told.removable != 0;
}
- (bool)hasUnifiedMemory
{
    return _told.unified_memory != 0;
}
- (bool)supportsFamily:(NSInteger)family
{
    return family == MTLGPUFamilyMetal3 && _told.metal3 != 0;
}
- (NSUInteger)maxBufferLength
{
    return fake.longest_buffer;
}
- (MTLCommandQueue *)newCommandQueue
{
    return fake.removed ? nil : [[MTLCommandQueue alloc] initWithDevice:self];
}
- (MTLBuffer *)newBufferWithLength:(NSUInteger)length options:(NSUInteger)options
{
    if (options != MTLResourceStorageModeShared) {
        misuse("a buffer with options %llu, which the processor cannot see at once", options);
    }

    if (length == 0) {
        misuse("a buffer of no length");
    }

    return fake.removed || length == 0 || length > fake.longest_buffer ? nil : [[MTLBuffer alloc] initWithDevice:self length:length];
}
- (MTLLibrary *)newLibraryWithSource:(NSString *)source options:(MTLCompileOptions *)options error:(NSError **)error
{
    fake.fast_math = options == nil || options->_fast;
    char *message = NULL;
    void *code = library_compile([source UTF8String], &message);
    if (code == NULL && error != NULL) {
        *error = [NSError errorWithCode:MTLLibraryErrorCompileFailure description:message];
    }

    free(message);
    return code == NULL ? nil : [[MTLLibrary alloc] initWithDevice:self code:code];
}
- (MTLComputePipelineState *)newComputePipelineStateWithFunction:(MTLFunction *)function error:(NSError **)error
{
    if (fake.removed) {
        if (error != NULL) {
            *error = [NSError errorWithCode:1 description:"The device was removed."];
        }

        return nil;
    }

    return [[MTLComputePipelineState alloc] initWithDevice:self function:function];
}
- (void)sampleTimestamps:(NSUInteger *)cpu gpuTimestamp:(NSUInteger *)gpu
{
    bool dead = fake.removed || fake.clock_hz == 0;
    int64_t now = monotonic_ns();
    *cpu = dead ? 0 : now;
    *gpu = dead ? 0 : (NSUInteger)fake_metal_ticks_at(now);
}
- (void)dealloc
{
    [_name release];
    [super dealloc];
}
@end

@implementation MTLBuffer
- (id)initWithDevice:(MTLDevice *)device length:(NSUInteger)length
{
    _mapped = (length + 4095) / 4096 * 4096;
    _contents = mmap(NULL, _mapped, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (_contents == MAP_FAILED) {
        _contents = NULL;
        [self release];
        return nil;
    }

    _device = [device retain];
    _length = length;
    return self;
}
- (void *)contents
{
    return _contents;
}
- (void)checkEnd
{
    for (NSUInteger i = _length; i < _mapped; i++) {
        if (_contents[i] != 0) {
            misuse("a kernel wrote %llu bytes past the end of a buffer of %llu", i - _length + 1, _length);
            return;
        }
    }
}
- (void)dealloc
{
    if (_contents != NULL) {
        [self checkEnd];
        munmap(_contents, _mapped);
    }

    [_device release];
    [super dealloc];
}
@end

@implementation MTLLibrary
- (id)initWithDevice:(MTLDevice *)device code:(void *)code
{
    _device = [device retain];
    _code = code;
    return self;
}
- (MTLFunction *)newFunctionWithName:(NSString *)name
{
    struct kernel kernel;
    return library_find(_code, [name UTF8String], &kernel) ? [[MTLFunction alloc] initWithLibrary:self kernel:kernel] : nil;
}
- (void)dealloc
{
    [_device release];
    [super dealloc];
}
@end

@implementation MTLFunction
- (id)initWithLibrary:(MTLLibrary *)library kernel:(struct kernel)kernel
{
    _library = [library retain];
    _kernel = kernel;
    return self;
}
- (void)dealloc
{
    [_library release];
    [super dealloc];
}
@end

@implementation MTLComputePipelineState
- (id)initWithDevice:(MTLDevice *)device function:(MTLFunction *)function
{
    _device = [device retain];
    _function = [function retain];
    return self;
}
- (NSUInteger)maxTotalThreadsPerThreadgroup
{
    return fake.most_threads;
}
- (void)dealloc
{
    [_function release];
    [_device release];
    [super dealloc];
}
@end
