// SPDX-License-Identifier: MIT
#import "metal.h"
#include "model.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void *_NSConcreteStackBlock[32];

@implementation MTLCommandQueue
- (id)initWithDevice:(MTLDevice *)device
{
    _device = [device retain];
    return self;
}
- (MTLCommandBuffer *)commandBuffer
{
    return fake.refuses ? nil : [[[MTLCommandBuffer alloc] initWithQueue:self] autorelease];
}
- (void)dealloc
{
    [_device release];
    [super dealloc];
}
@end

static void forget(struct dispatch *dispatch)
{
    [dispatch->pipeline release];
    for (int i = 0; i < MAX_BUFFERS; i++) {
        [dispatch->buffers[i] release];
    }
}

@implementation MTLCommandBuffer
- (id)initWithQueue:(MTLCommandQueue *)queue
{
    _queue = [queue retain];
    _end = &_first;
    return self;
}
- (MTLComputeCommandEncoder *)computeCommandEncoder
{
    if (_encoder != nil || _status != MTLCommandBufferStatusNotEnqueued) {
        misuse("an encoder while another one is open, or after commit");
        return nil;
    }

    _encoder = [[MTLComputeCommandEncoder alloc] initWithCommands:self];
    return [[_encoder retain] autorelease];
}
- (void)addCompletedHandler:(void *)block
{
    const struct block *handler = block;
    if (_status != MTLCommandBufferStatusNotEnqueued || _handler != NULL) {
        misuse("a handler after commit, or a second one");
    } else if (handler->isa != _NSConcreteStackBlock || handler->flags != 0) {
        misuse("a block that is not a plain one on the stack");
    } else {
        _handler = malloc(handler->descriptor->size);
        memcpy(_handler, handler, handler->descriptor->size);
    }
}
- (void)commit
{
    if (_encoder != nil || _status != MTLCommandBufferStatusNotEnqueued) {
        misuse("commit before endEncoding, or a second time");
        [self spoil];
    }

    _status = MTLCommandBufferStatusCommitted;
    gpu_commit(self);
}
- (NSUInteger)status
{
    return __atomic_load_n(&_status, __ATOMIC_SEQ_CST);
}
- (NSError *)error
{
    return [[_error retain] autorelease];
}
- (void)append:(struct dispatch *)dispatch
{
    struct dispatch *copy = malloc(sizeof *copy);
    *copy = *dispatch;
    copy->next = NULL;
    [copy->pipeline retain];
    for (int i = 0; i < MAX_BUFFERS; i++) {
        [copy->buffers[i] retain];
    }

    *_end = copy;
    _end = &copy->next;
}
- (void)encoderEnded
{
    [_encoder release];
    _encoder = nil;
}
- (void)spoil
{
    _spoilt = true;
}
- (const char *)run:(struct dispatch *)dispatch
{
    void *addresses[MAX_BUFFERS] = { 0 };
    for (int i = 0; i < MAX_BUFFERS; i++) {
        char *contents = [dispatch->buffers[i] contents];
        addresses[i] = contents == NULL ? NULL : contents + dispatch->offsets[i];
    }

    uint3 groups = { dispatch->groups.width, dispatch->groups.height, dispatch->groups.depth };
    uint3 threads = { dispatch->threads.width, dispatch->threads.height, dispatch->threads.depth };
    const char *fault = run_groups(&dispatch->pipeline->_function->_kernel, addresses, groups, threads);
    for (int i = 0; i < MAX_BUFFERS; i++) {
        [dispatch->buffers[i] checkEnd];
    }

    return fault;
}
- (void)executeOrFail:(int)code
{
    const char *fault = _spoilt ? "Invalid Resource" : NULL;
    for (struct dispatch *dispatch = _first; dispatch != NULL && code == 0 && fault == NULL; dispatch = dispatch->next) {
        fault = [self run:dispatch];
        if (fault != NULL) {
            misuse("%s", fault);
        }
    }

    if (code != 0 || fault != NULL) {
        void *pool = objc_autoreleasePoolPush();
        char text[128];
        snprintf(text, sizeof text, "%s (0000000%d:fake)", fault != NULL ? fault : "Caused GPU Hang or Reset Error", code);
        _error = [[NSError errorWithCode:code != 0 ? code : MTLCommandBufferErrorInvalidResource description:text] retain];
        objc_autoreleasePoolPop(pool);
    }

    __atomic_store_n(&_status, _error != nil ? MTLCommandBufferStatusError : MTLCommandBufferStatusCompleted, __ATOMIC_SEQ_CST);
    if (_handler != NULL) {
        _handler->invoke(_handler, self);
    }
}
- (void)dealloc
{
    if (_encoder != nil) {
        misuse("a command buffer went with its encoder open");
    }

    while (_first != NULL) {
        struct dispatch *next = _first->next;
        forget(_first);
        free(_first);
        _first = next;
    }

    free(_handler);
    [_encoder release];
    [_error release];
    [_queue release];
    [super dealloc];
}
@end

@implementation MTLComputeCommandEncoder
- (id)initWithCommands:(MTLCommandBuffer *)commands
{
    _commands = commands;
    return self;
}
- (void)setComputePipelineState:(MTLComputePipelineState *)pipeline
{
    [pipeline retain];
    [_present.pipeline release];
    _present.pipeline = pipeline;
}
- (void)setBuffer:(MTLBuffer *)buffer offset:(NSUInteger)offset atIndex:(NSUInteger)index
{
    if (index >= MAX_BUFFERS) {
        misuse("a buffer at index %llu", index);
        return;
    }

    [buffer retain];
    [_present.buffers[index] release];
    _present.buffers[index] = buffer;
    _present.offsets[index] = offset;
}
- (bool)isWhole:(MTLSize)groups threads:(MTLSize)threads
{
    NSUInteger count = threads.width * threads.height * threads.depth;
    if (_ended || _present.pipeline == nil) {
        misuse("a dispatch after endEncoding, or with no pipeline");
        return false;
    }

    if (groups.width * groups.height * groups.depth == 0 || count == 0 || count > fake.most_threads || count > MOST_THREADS) {
        misuse("a dispatch of no threadgroups, or with %llu threads in one", count);
        return false;
    }

    for (int i = 0; i < MAX_BUFFERS; i++) {
        if ((_present.pipeline->_function->_kernel.buffers >> i & 1) != 0 && _present.buffers[i] == nil) {
            misuse("a dispatch without the buffer at index %d", i);
            return false;
        }
    }

    return true;
}
- (void)dispatchThreadgroups:(MTLSize)groups threadsPerThreadgroup:(MTLSize)threads
{
    if (![self isWhole:groups threads:threads]) {
        [_commands spoil];
        return;
    }

    _present.groups = groups;
    _present.threads = threads;
    [_commands append:&_present];
}
- (void)endEncoding
{
    if (_ended) {
        misuse("endEncoding twice");
        return;
    }

    _ended = true;
    [_commands encoderEnded];
}
- (void)dealloc
{
    forget(&_present);
    [super dealloc];
}
@end
