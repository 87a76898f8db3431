// SPDX-License-Identifier: MIT
#import "metal.h"
#include "model.h"

static MTLCommandBuffer *first, *last;
static bool busy;

// What the next command buffer ends with; call with the lock held.
static int fault_of_next(void)
{
    fake.command_buffers++;
    if (fake.removed) {
        return MTLCommandBufferErrorDeviceRemoved;
    }

    if (fake.fail_after < 0) {
        return 0;
    }

    return fake.fail_after-- == 0 ? fake.fail_code : 0;
}

static void *run_gpu(void *unused)
{
    (void)unused;
    pthread_mutex_lock(&fake.lock);
    for (;;) {
        while (first == nil || (fake.held && !fake.removed)) {
            busy = false;
            pthread_cond_broadcast(&fake.changed);
            pthread_cond_wait(&fake.changed, &fake.lock);
        }

        busy = true;
        MTLCommandBuffer *commands = first;
        first = commands->_nextCommitted;
        int code = fault_of_next();
        pthread_mutex_unlock(&fake.lock);
        [commands executeOrFail:code];
        [commands release];
        pthread_mutex_lock(&fake.lock);
    }

    return NULL;
}

static void start(void)
{
    pthread_t thread;
    pthread_create(&thread, NULL, run_gpu, NULL);
    pthread_detach(thread);
}

void gpu_commit(void *command_buffer)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, start);
    MTLCommandBuffer *commands = [(id)command_buffer retain];
    pthread_mutex_lock(&fake.lock);
    if (first == nil) {
        first = commands;
    } else {
        last->_nextCommitted = commands;
    }

    last = commands;
    pthread_cond_broadcast(&fake.changed);
    pthread_mutex_unlock(&fake.lock);
}

void fake_metal_drain(void)
{
    pthread_mutex_lock(&fake.lock);
    while (first != nil || busy) {
        pthread_cond_wait(&fake.changed, &fake.lock);
    }

    pthread_mutex_unlock(&fake.lock);
}
