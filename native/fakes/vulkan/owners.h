// SPDX-License-Identifier: MIT
// The instances and devices that exist, and what comes after the layer for each.
#ifndef AUDIOMESH_VULKAN_OWNERS_H
#define AUDIOMESH_VULKAN_OWNERS_H

#include <vulkan/vulkan.h>

// Objects of one instance or device share what they begin with.
#define KEY(handle) (*(void **)(handle))

struct owner {
    void *key;
    VkInstance instance;
    VkDevice device;
    PFN_vkGetInstanceProcAddr instance_next;
    PFN_vkGetDeviceProcAddr device_next;

    // The loader answers with the next in the chain only while the instance is being made; afterwards with the first.
    PFN_vkDestroyInstance destroy;
    PFN_vkEnumeratePhysicalDevices enumerate;
    PFN_vkGetPhysicalDeviceProperties get_properties;
    PFN_vkEnumerateDeviceExtensionProperties enumerate_extensions;
};

struct owner owner_of(void *key);
void owner_add(struct owner owner);
void owner_remove(void *key);

#endif
