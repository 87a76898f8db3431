// SPDX-License-Identifier: MIT
#include "owners.h"

#include <pthread.h>
#include <stddef.h>

#define MOST_OWNERS 64

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct owner owners[MOST_OWNERS];

// With the lock held; a free place has no key.
static struct owner *place_of(void *key)
{
    for (int i = 0; i < MOST_OWNERS; i++) {
        if (owners[i].key == key) {
            return &owners[i];
        }
    }

    __builtin_trap();
}

struct owner owner_of(void *key)
{
    pthread_mutex_lock(&lock);
    struct owner found = *place_of(key);
    pthread_mutex_unlock(&lock);
    return found;
}

void owner_add(struct owner owner)
{
    pthread_mutex_lock(&lock);
    *place_of(NULL) = owner;
    pthread_mutex_unlock(&lock);
}

void owner_remove(void *key)
{
    pthread_mutex_lock(&lock);
    *place_of(key) = (struct owner){0};
    pthread_mutex_unlock(&lock);
}
