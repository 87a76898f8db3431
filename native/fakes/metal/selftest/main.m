// SPDX-License-Identifier: MIT
// Checks of the fake itself, through the methods it offers.
#import "../metal.h"

#include <stdio.h>
#include <string.h>

static int failures;

#define CHECK(condition)                                                                                             \
    do {                                                                                                             \
        if (!(condition)) {                                                                                          \
            fprintf(stderr, "%s:%d: %s (misuse: %s)\n", __func__, __LINE__, #condition, fake_metal_last_misuse());     \
            failures++;                                                                                              \
        }                                                                                                            \
    } while (0)

static const char head[] = "#include <metal_stdlib>\nusing namespace metal;\n";

struct test_block {
    struct block block;
    int *called;
};

static void note(struct block *block, id commands)
{
    (void)commands;
    ++*((struct test_block *)block)->called;
}

static MTLDevice *open_device(void)
{
    fake_metal_reset();
    NSArray *devices = MTLCopyAllDevices();
    MTLDevice *device = [[devices objectAtIndex:0] retain];
    [devices release];
    return device;
}

static MTLLibrary *compile(MTLDevice *device, const char *text, char *message)
{
    char source[4096];
    snprintf(source, sizeof source, "%s%s", head, text);
    NSError *error = nil;
    MTLLibrary *library = [device newLibraryWithSource:[NSString stringWithUTF8String:source] options:nil error:&error];
    snprintf(message, 512, "%s", error == nil ? "" : [[error localizedDescription] UTF8String]);
    return library;
}

// Runs `test` of the source on one buffer; returns the command buffer's status.
static NSUInteger run(MTLDevice *device, const char *text, MTLBuffer *buffer, MTLSize groups, MTLSize threads)
{
    char message[512];
    MTLLibrary *library = compile(device, text, message);
    CHECK(message[0] == 0);
    MTLFunction *function = [library newFunctionWithName:[NSString stringWithUTF8String:"test"]];
    MTLComputePipelineState *pipeline = [device newComputePipelineStateWithFunction:function error:NULL];
    MTLCommandQueue *queue = [device newCommandQueue];
    MTLCommandBuffer *commands = [queue commandBuffer];
    MTLComputeCommandEncoder *encoder = [commands computeCommandEncoder];
    static const __typeof__(*((struct block *)0)->descriptor) descriptor = { 0, sizeof(struct test_block) };
    int called = 0;
    struct test_block handler = { { _NSConcreteStackBlock, 0, 0, note, &descriptor }, &called };
    [encoder setComputePipelineState:pipeline];
    [encoder setBuffer:buffer offset:0 atIndex:0];
    [encoder dispatchThreadgroups:groups threadsPerThreadgroup:threads];
    [encoder endEncoding];
    [commands addCompletedHandler:&handler];
    [commands commit];
    fake_metal_drain();
    CHECK(called == 1);
    [queue release];
    [pipeline release];
    [function release];
    [library release];
    return [commands status];
}

static const char sum_in_tile[] =
    "kernel void test(device float *data [[buffer(0)]], uint i [[thread_index_in_threadgroup]], uint3 g [[threadgroup_position_in_grid]])\n"
    "{\n"
    "    threadgroup float tile[256];\n"
    "    tile[i] = data[g.x * 256 + i];\n"
    "    for (uint step = 128; step > 0; step /= 2) {\n"
    "        threadgroup_barrier(mem_flags::mem_threadgroup);\n"
    "        if (i < step) tile[i] += tile[i + step];\n"
    "    }\n"
    "    threadgroup_barrier(mem_flags::mem_threadgroup);\n"
    "    data[g.x * 256 + i] = tile[0];\n"
    "}\n";

static void barriers_wait(void)
{
    MTLDevice *device = open_device();
    MTLBuffer *buffer = [device newBufferWithLength:4 * 1024 options:0];
    float *data = [buffer contents];
    for (int i = 0; i < 1024; i++) {
        data[i] = i;
    }

    CHECK(run(device, sum_in_tile, buffer, (MTLSize) { 4, 1, 1 }, (MTLSize) { 256, 1, 1 }) == MTLCommandBufferStatusCompleted);
    for (int i = 0; i < 1024; i++) {
        CHECK(data[i] == 256 * (i / 256 * 256) + 255 * 128);
    }

    CHECK(fake_metal_last_misuse()[0] == 0);
    [buffer release];
    [device release];
}

static void divergent_barriers_are_seen(void)
{
    MTLDevice *device = open_device();
    MTLBuffer *buffer = [device newBufferWithLength:64 options:0];
    NSUInteger status = run(device,
        "kernel void test(device float *data [[buffer(0)]], uint i [[thread_index_in_threadgroup]])\n"
        "{ if (i > 3) threadgroup_barrier(mem_flags::mem_threadgroup); data[i] = 1; }\n",
        buffer, (MTLSize) { 1, 1, 1 }, (MTLSize) { 8, 1, 1 });
    CHECK(status == MTLCommandBufferStatusError);
    CHECK(strstr(fake_metal_last_misuse(), "threadgroup_barrier") != NULL);
    [buffer release];
    [device release];
}

static void positions_cover_the_grid(void)
{
    MTLDevice *device = open_device();
    MTLBuffer *buffer = [device newBufferWithLength:4 * 24 * 30 options:0];
    NSUInteger status = run(device,
        "struct Buffer { uint at[1]; };\n"
        "kernel void test(device Buffer& b [[buffer(0)]], uint3 p [[thread_position_in_grid]], uint3 n [[threads_per_grid]],\n"
        "    uint3 q [[thread_position_in_threadgroup]], uint3 g [[threadgroup_position_in_grid]], uint3 s [[threads_per_threadgroup]])\n"
        "{ b.at[(p.z * n.y + p.y) * n.x + p.x] += all(p == g * s + q) ? p.x + 100u * p.y + 10000u * p.z : 0u; }\n",
        buffer, (MTLSize) { 3, 2, 5 }, (MTLSize) { 2, 3, 4 });
    CHECK(status == MTLCommandBufferStatusCompleted);
    const unsigned *at = [buffer contents];
    for (unsigned i = 0; i < 24 * 30; i++) {
        CHECK(at[i] == i % 6 + 100 * (i / 6 % 6) + 10000 * (i / 36));
    }

    [buffer release];
    [device release];
}

static void literals_are_floats(void)
{
    MTLDevice *device = open_device();
    MTLBuffer *buffer = [device newBufferWithLength:4 options:0];
    run(device, "kernel void test(device float *data [[buffer(0)]]) { data[0] += 0.1 * data[0] == 0.1f * data[0] && sizeof 0.1 == 4; }\n",
        buffer, (MTLSize) { 1, 1, 1 }, (MTLSize) { 1, 1, 1 });
    CHECK(*(float *)[buffer contents] == 1);
    [buffer release];
    [device release];
}

static void writing_past_the_end_is_seen(void)
{
    MTLDevice *device = open_device();
    MTLBuffer *buffer = [device newBufferWithLength:60 options:0];
    run(device, "kernel void test(device float *data [[buffer(0)]], uint i [[thread_position_in_grid]]) { data[i] = 1; }\n",
        buffer, (MTLSize) { 2, 1, 1 }, (MTLSize) { 8, 1, 1 });
    CHECK(strstr(fake_metal_last_misuse(), "past the end") != NULL);
    [buffer release];
    [device release];
}

static void a_missing_buffer_is_seen(void)
{
    MTLDevice *device = open_device();
    NSUInteger status = run(device, "kernel void test(device float *data [[buffer(3)]]) { data[0] = 1; }\n",
        nil, (MTLSize) { 1, 1, 1 }, (MTLSize) { 1, 1, 1 });
    CHECK(status == MTLCommandBufferStatusError);
    CHECK(strstr(fake_metal_last_misuse(), "index 3") != NULL);
    [device release];
}

static void bad_source_is_refused(const char *source, const char *named)
{
    MTLDevice *device = open_device();
    char message[512];
    CHECK(compile(device, source, message) == nil);
    CHECK(strstr(message, named) != NULL);
    [device release];
}

static void what_is_left_open_is_seen(void)
{
    MTLDevice *device = open_device();
    MTLCommandQueue *queue = [device newCommandQueue];
    void *pool = objc_autoreleasePoolPush();
    [[queue commandBuffer] computeCommandEncoder];
    objc_autoreleasePoolPop(pool);
    CHECK(fake_metal_last_misuse()[0] != 0);
    [queue release];
    [device release];
}

static void faults_end_in_errors(void)
{
    MTLDevice *device = open_device();
    MTLBuffer *buffer = [device newBufferWithLength:4 options:0];
    const char *source = "kernel void test(device uint *data [[buffer(0)]]) { data[0]++; }\n";
    MTLSize one = { 1, 1, 1 };
    fake_metal_fail_after(1, 2);
    CHECK(run(device, source, buffer, one, one) == MTLCommandBufferStatusCompleted);
    CHECK(run(device, source, buffer, one, one) == MTLCommandBufferStatusError);
    CHECK(run(device, source, buffer, one, one) == MTLCommandBufferStatusCompleted);
    fake_metal_remove(1);
    CHECK([device newCommandQueue] == nil);
    CHECK(*(unsigned *)[buffer contents] == 2);
    [buffer release];
    [device release];
}

int main(void)
{
    void *pool = objc_autoreleasePoolPush();
    barriers_wait();
    divergent_barriers_are_seen();
    positions_cover_the_grid();
    literals_are_floats();
    writing_past_the_end_is_seen();
    a_missing_buffer_is_seen();
    bad_source_is_refused("kernel void test(device float *data [[buffer(0)]]) { data[0] = nothing; }\n", "program_source:3");
    bad_source_is_refused("kernel void test(device int *a [[buffer(1)]], device int *b [[buffer(1)]]) { }\n", "two arguments");
    bad_source_is_refused("kernel void test(device int *a [[texture(1)]]) { }\n", "does not know");
    what_is_left_open_is_seen();
    faults_end_in_errors();
    objc_autoreleasePoolPop(pool);
    fake_metal_reset();
    CHECK(fake_metal_live_objects() == 0);
    CHECK(fake_metal_open_pools() == 0);
    return failures;
}
