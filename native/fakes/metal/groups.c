// SPDX-License-Identifier: MIT
#include "groups.h"

#include <stddef.h>
#include <sys/mman.h>

enum { STACK = 128 * 1024, GUARD = 4096, SAVED_REGISTERS = 6 };

struct fiber {
    void *stack_top; // while it does not run
    char *stack;
    struct msl_thread thread;
    bool done;
};

void fiber_switch(void **from, void *to);

// Only the thread that is the GPU runs groups.
static struct fiber fibers[MOST_THREADS];
static struct fiber *running;
static void *runner_top;
static const struct kernel *running_kernel;
static void *const *running_buffers;

static void barrier(void)
{
    fiber_switch(&running->stack_top, runner_top);
}

static void run_fiber(void)
{
    running_kernel->run(running_buffers, &running->thread);
    running->done = true;
    fiber_switch(&running->stack_top, runner_top);
    __builtin_unreachable();
}

// A stack on which fiber_switch finds six registers and the address of run_fiber.
static bool prepare(struct fiber *fiber)
{
    if (fiber->stack == NULL) {
        char *memory = mmap(NULL, STACK + GUARD, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
        if (memory == MAP_FAILED || mprotect(memory, GUARD, PROT_NONE) != 0) {
            return false;
        }

        fiber->stack = memory;
    }

    void **top = (void **)(fiber->stack + GUARD + STACK);
    *--top = NULL;
    *--top = (void *)run_fiber;
    fiber->stack_top = top - SAVED_REGISTERS;
    fiber->done = false;
    return true;
}

static struct msl_thread thread_of(uint3 group, uint3 groups, uint3 threads, uint32_t index)
{
    uint3 inside = { index % threads.x, index / threads.x % threads.y, index / threads.x / threads.y };
    return (struct msl_thread) {
        .thread_position_in_grid = { group.x * threads.x + inside.x, group.y * threads.y + inside.y, group.z * threads.z + inside.z },
        .threadgroup_position_in_grid = group,
        .thread_position_in_threadgroup = inside,
        .threads_per_threadgroup = threads,
        .threadgroups_per_grid = groups,
        .threads_per_grid = { groups.x * threads.x, groups.y * threads.y, groups.z * threads.z },
        .thread_index_in_threadgroup = index,
    };
}

static const char *run_with_barriers(uint3 group, uint3 groups, uint3 threads, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        if (!prepare(&fibers[i])) {
            return "no memory for the stacks of a threadgroup";
        }

        fibers[i].thread = thread_of(group, groups, threads, i);
    }

    for (;;) {
        uint32_t done = 0;
        for (uint32_t i = 0; i < count; i++) {
            running = &fibers[i];
            fiber_switch(&runner_top, running->stack_top);
            done += running->done;
        }

        if (done > 0) {
            return done == count ? NULL : "a threadgroup_barrier that not all threads reach";
        }
    }
}

static const char *run_group(const struct kernel *kernel, void *const *buffers, uint3 group, uint3 groups, uint3 threads)
{
    uint32_t count = threads.x * threads.y * threads.z;
    if (kernel->barrier != NULL) {
        return run_with_barriers(group, groups, threads, count);
    }

    for (uint32_t i = 0; i < count; i++) {
        struct msl_thread thread = thread_of(group, groups, threads, i);
        kernel->run(buffers, &thread);
    }

    return NULL;
}

const char *run_groups(const struct kernel *kernel, void *const *buffers, uint3 groups, uint3 threads)
{
    running_kernel = kernel;
    running_buffers = buffers;
    if (kernel->barrier != NULL) {
        *kernel->barrier = barrier;
    }

    const char *fault = NULL;
    for (uint32_t z = 0; z < groups.z; z++) {
        for (uint32_t y = 0; y < groups.y; y++) {
            for (uint32_t x = 0; x < groups.x && fault == NULL; x++) {
                fault = run_group(kernel, buffers, (uint3) { x, y, z }, groups, threads);
            }
        }
    }

    return fault;
}
