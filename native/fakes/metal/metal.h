// SPDX-License-Identifier: MIT
// Metal's compute half: the methods AudioMesh calls, with the types that Apple's headers give them. Where Apple has protocols
// the fake has classes of the same names.
#ifndef AUDIOMESH_FAKE_METAL_METAL_H
#define AUDIOMESH_FAKE_METAL_METAL_H

#import "foundation.h"
#include "groups.h"

enum {
    MTLCommandBufferStatusNotEnqueued = 0,
    MTLCommandBufferStatusCommitted = 2,
    MTLCommandBufferStatusCompleted = 4,
    MTLCommandBufferStatusError = 5,
    MTLCommandBufferErrorInvalidResource = 9,
    MTLCommandBufferErrorDeviceRemoved = 11,
    MTLLibraryErrorCompileFailure = 3,
    MTLGPUFamilyMetal3 = 5001,
    MTLResourceStorageModeShared = 0,
    MAX_BUFFERS = 31,
};

typedef struct {
    NSUInteger width, height, depth;
} MTLSize;

@class MTLCommandQueue, MTLBuffer, MTLLibrary, MTLFunction, MTLComputePipelineState, MTLCommandBuffer, MTLComputeCommandEncoder;

@interface MTLCompileOptions : NSObject
{
@public
    bool _fast;
}
- (void)setFastMathEnabled:(bool)enabled;
@end

@interface MTLDevice : NSObject
{
    fake_metal_device _told;
    NSString *_name;
}
- (id)initWithIndex:(int)index;
- (NSString *)name;
- (NSUInteger)registryID;
- (bool)isLowPower;
- (bool)isRemovable;
- (bool)hasUnifiedMemory;
- (bool)supportsFamily:(NSInteger)family;
- (NSUInteger)maxBufferLength;
- (MTLCommandQueue *)newCommandQueue;
- (MTLBuffer *)newBufferWithLength:(NSUInteger)length options:(NSUInteger)options;
- (MTLLibrary *)newLibraryWithSource:(NSString *)source options:(MTLCompileOptions *)options error:(NSError **)error;
- (MTLComputePipelineState *)newComputePipelineStateWithFunction:(MTLFunction *)function error:(NSError **)error;
- (void)sampleTimestamps:(NSUInteger *)cpu gpuTimestamp:(NSUInteger *)gpu;
@end

@interface MTLBuffer : NSObject
{
    MTLDevice *_device;
    char *_contents;
    NSUInteger _length, _mapped;
}
- (id)initWithDevice:(MTLDevice *)device length:(NSUInteger)length;
- (void *)contents;
// Notes a kernel that wrote past the end.
- (void)checkEnd;
@end

@interface MTLLibrary : NSObject
{
    MTLDevice *_device;
    void *_code;
}
- (id)initWithDevice:(MTLDevice *)device code:(void *)code;
- (MTLFunction *)newFunctionWithName:(NSString *)name;
@end

@interface MTLFunction : NSObject
{
    MTLLibrary *_library;
@public
    struct kernel _kernel;
}
- (id)initWithLibrary:(MTLLibrary *)library kernel:(struct kernel)kernel;
@end

@interface MTLComputePipelineState : NSObject
{
    MTLDevice *_device;
@public
    MTLFunction *_function;
}
- (id)initWithDevice:(MTLDevice *)device function:(MTLFunction *)function;
- (NSUInteger)maxTotalThreadsPerThreadgroup;
@end

@interface MTLCommandQueue : NSObject
{
    MTLDevice *_device;
}
- (id)initWithDevice:(MTLDevice *)device;
- (MTLCommandBuffer *)commandBuffer;
@end

// Apple's layout of a block.
struct block {
    void *isa;
    int flags, reserved;
    void (*invoke)(struct block *block, id argument);
    const struct {
        unsigned long reserved, size;
    } *descriptor;
};

struct dispatch {
    struct dispatch *next;
    MTLComputePipelineState *pipeline;
    MTLBuffer *buffers[MAX_BUFFERS];
    NSUInteger offsets[MAX_BUFFERS];
    MTLSize groups, threads;
};

@interface MTLCommandBuffer : NSObject
{
    MTLCommandQueue *_queue;
    MTLComputeCommandEncoder *_encoder;
    struct dispatch *_first, **_end;
    struct block *_handler;
    NSUInteger _status;
    NSError *_error;
    bool _spoilt;
@public
    MTLCommandBuffer *_nextCommitted;
}
- (id)initWithQueue:(MTLCommandQueue *)queue;
- (MTLComputeCommandEncoder *)computeCommandEncoder;
- (void)addCompletedHandler:(void *)block;
- (void)commit;
- (NSUInteger)status;
- (NSError *)error;
- (void)append:(struct dispatch *)dispatch;
- (void)encoderEnded;
// Ends it with an error whatever it does.
- (void)spoil;
// Runs it, or lets it fail with a code, and calls its handler.
- (void)executeOrFail:(int)code;
@end

@interface MTLComputeCommandEncoder : NSObject
{
    MTLCommandBuffer *_commands;
    struct dispatch _present;
    bool _ended;
}
- (id)initWithCommands:(MTLCommandBuffer *)commands;
- (void)setComputePipelineState:(MTLComputePipelineState *)pipeline;
- (void)setBuffer:(MTLBuffer *)buffer offset:(NSUInteger)offset atIndex:(NSUInteger)index;
- (void)dispatchThreadgroups:(MTLSize)groups threadsPerThreadgroup:(MTLSize)threads;
- (void)endEncoding;
@end

FAKE_EXPORT NSArray *MTLCopyAllDevices(void);
FAKE_EXPORT extern void *_NSConcreteStackBlock[32];

#endif
