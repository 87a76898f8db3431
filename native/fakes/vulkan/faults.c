// SPDX-License-Identifier: MIT
#include "faults.h"

#include <pthread.h>
#include <string.h>
#include <time.h>

#define MOST_RUNS 64
#define MOST_TEXT 128
#define NEVER UINT64_MAX

struct command {
    const char *name;
    VkResult result;
    int32_t times;
    int32_t calls;
};

struct run {
    VkSemaphore semaphore;
    uint64_t value;
    uint64_t due_ns;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct command commands[] = {
    {.name = "vkAllocateMemory"}, {.name = "vkCreateComputePipelines"}, {.name = "vkCreateDevice"}, {.name = "vkDestroyBuffer"},
    {.name = "vkDestroyDevice"}, {.name = "vkDestroySemaphore"}, {.name = "vkGetCalibratedTimestampsEXT"}, {.name = "vkGetSemaphoreCounterValue"},
    {.name = "vkMapMemory"}, {.name = "vkQueueSubmit"}, {.name = "vkWaitSemaphores"},
};
static struct run runs[MOST_RUNS];
static int run_count;
static int32_t stall_ms;
static int32_t devices_hidden;
static char extension_hidden[MOST_TEXT];
static uint32_t version_limit;
static int32_t least_limits;

static uint64_t now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static void sleep_ns(uint64_t ns)
{
    struct timespec left = {.tv_sec = (time_t)(ns / 1000000000u), .tv_nsec = (long)(ns % 1000000000u)};
    while (nanosleep(&left, &left) != 0) {
    }
}

static struct command *find(const char *name)
{
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        if (strcmp(commands[i].name, name) == 0) {
            return &commands[i];
        }
    }

    __builtin_trap();
}

void vulkan_faults_reset(void)
{
    pthread_mutex_lock(&lock);
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        commands[i].times = commands[i].calls = 0;
    }

    run_count = 0;
    stall_ms = 0;
    devices_hidden = 0;
    extension_hidden[0] = '\0';
    version_limit = 0;
    least_limits = 0;
    pthread_mutex_unlock(&lock);
}

void vulkan_faults_fail(const char *command, int32_t result, int32_t times)
{
    pthread_mutex_lock(&lock);
    find(command)->result = (VkResult)result;
    find(command)->times = times;
    pthread_mutex_unlock(&lock);
}

void vulkan_faults_stall(int32_t ms)
{
    pthread_mutex_lock(&lock);
    stall_ms = ms;
    pthread_mutex_unlock(&lock);
}

void vulkan_faults_wake(void)
{
    pthread_mutex_lock(&lock);
    run_count = 0;
    stall_ms = 0;
    pthread_mutex_unlock(&lock);
}

void vulkan_faults_hide_devices(int32_t hidden) { devices_hidden = hidden; }

void vulkan_faults_hide_extension(const char *name)
{
    extension_hidden[0] = '\0';
    if (name != NULL) {
        strncat(extension_hidden, name, MOST_TEXT - 1);
    }
}

void vulkan_faults_least_limits(int32_t least) { least_limits = least; }

void vulkan_faults_limit_version(uint32_t minor) { version_limit = minor == 0 ? 0 : VK_MAKE_API_VERSION(0, 1, minor, 0); }

int32_t vulkan_faults_calls(const char *command)
{
    pthread_mutex_lock(&lock);
    int32_t calls = find(command)->calls;
    pthread_mutex_unlock(&lock);
    return calls;
}

VkResult fault_of(const char *name)
{
    pthread_mutex_lock(&lock);
    struct command *command = find(name);
    command->calls++;
    VkResult result = command->times != 0 ? command->result : VK_SUCCESS;
    command->times -= command->times > 0;
    pthread_mutex_unlock(&lock);
    return result;
}

void fault_submitted(VkSemaphore semaphore, uint64_t value)
{
    pthread_mutex_lock(&lock);
    if (stall_ms != 0 && run_count < MOST_RUNS) {
        uint64_t due = stall_ms == FAULT_FOREVER ? NEVER : now_ns() + (uint64_t)stall_ms * 1000000u;
        runs[run_count++] = (struct run){semaphore, value, due};
    }

    pthread_mutex_unlock(&lock);
}

uint64_t fault_value(VkSemaphore semaphore, uint64_t value)
{
    pthread_mutex_lock(&lock);
    uint64_t now = now_ns();
    for (int i = 0; i < run_count; i++) {
        if (runs[i].semaphore == semaphore && runs[i].due_ns > now && runs[i].value <= value) {
            value = runs[i].value - 1;
        }
    }

    pthread_mutex_unlock(&lock);
    return value;
}

VkResult fault_wait(VkSemaphore semaphore, uint64_t value, uint64_t *timeout_ns)
{
    pthread_mutex_lock(&lock);
    uint64_t now = now_ns();
    uint64_t due = now;
    for (int i = 0; i < run_count; i++) {
        if (runs[i].semaphore == semaphore && runs[i].value <= value && runs[i].due_ns > due) {
            due = runs[i].due_ns;
        }
    }

    pthread_mutex_unlock(&lock);
    uint64_t patience = due - now < *timeout_ns ? due - now : *timeout_ns;
    sleep_ns(patience);
    *timeout_ns -= patience;
    return now + patience < due ? VK_TIMEOUT : VK_SUCCESS;
}

void fault_forget(VkSemaphore semaphore)
{
    pthread_mutex_lock(&lock);
    int kept = 0;
    for (int i = 0; i < run_count; i++) {
        if (runs[i].semaphore != semaphore) {
            runs[kept++] = runs[i];
        }
    }

    run_count = kept;
    pthread_mutex_unlock(&lock);
}

int fault_hides_devices(void) { return devices_hidden; }

int fault_hides_extension(const char *name) { return strcmp(extension_hidden, name) == 0; }

int fault_least_limits(void) { return least_limits; }

uint32_t fault_version_limit(void) { return version_limit; }
