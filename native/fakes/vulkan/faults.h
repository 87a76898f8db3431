// SPDX-License-Identifier: MIT
// What the faulty layer is told by tests, and tells them. One for the process, as a layer is.
#ifndef AUDIOMESH_VULKAN_FAULTS_H
#define AUDIOMESH_VULKAN_FAULTS_H

#include <stdint.h>
#include <vulkan/vulkan.h>

#define FAULT_API __attribute__((visibility("default")))
#define FAULT_FOREVER (-1)

// All is well again, and nothing was called yet.
FAULT_API void vulkan_faults_reset(void);

// The next so many calls of a command that the layer sees answer with this, and do nothing.
FAULT_API void vulkan_faults_fail(const char *command, int32_t result, int32_t times);

// What is submitted from now on seems to take so many milliseconds longer; FAULT_FOREVER: it never ends. 0: no longer.
FAULT_API void vulkan_faults_stall(int32_t ms);

// What never ended has now.
FAULT_API void vulkan_faults_wake(void);

// Drivers show no device.
FAULT_API void vulkan_faults_hide_devices(int32_t hidden);

// Devices lack an extension; null: all of them are back.
FAULT_API void vulkan_faults_hide_extension(const char *name);

// Devices speak no newer version than 1.minor, and know its commands only; 0: all of them.
FAULT_API void vulkan_faults_limit_version(uint32_t minor);

// Devices have no more buffers and shared memory than every Vulkan device must.
FAULT_API void vulkan_faults_least_limits(int32_t least);

// How often a command that the layer sees was called.
FAULT_API int32_t vulkan_faults_calls(const char *command);

// For the layer itself: counts a call, and what it has to answer; VK_SUCCESS: go on.
VkResult fault_of(const char *command);

// A submission that makes a semaphore reach a value.
void fault_submitted(VkSemaphore semaphore, uint64_t value);

// The value as it seems while runs are stalled.
uint64_t fault_value(VkSemaphore semaphore, uint64_t value);

// Sleeps while a run seems to last, for no longer than the timeout, which becomes what is left of it. VK_TIMEOUT where that was too short.
VkResult fault_wait(VkSemaphore semaphore, uint64_t value, uint64_t *timeout_ns);

void fault_forget(VkSemaphore semaphore);
int fault_hides_devices(void);
int fault_hides_extension(const char *name);
uint32_t fault_version_limit(void);
int fault_least_limits(void);

#endif
