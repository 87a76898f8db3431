// SPDX-License-Identifier: MIT
// A Vulkan layer between the loader and a real driver: what faults.h was told happens, all else goes through.
#include "faults.h"
#include "owners.h"

#include <string.h>
#include <vulkan/vk_layer.h>

#define NEXT_OF_DEVICE(handle, command) ((PFN_##command)owner_of(KEY(handle)).device_next(owner_of(KEY(handle)).device, #command))

static VKAPI_ATTR VkResult VKAPI_CALL create_instance(const VkInstanceCreateInfo *info, const VkAllocationCallbacks *memory, VkInstance *instance)
{
    VkLayerInstanceCreateInfo *link = (VkLayerInstanceCreateInfo *)info->pNext;
    while (link->sType != VK_STRUCTURE_TYPE_LOADER_INSTANCE_CREATE_INFO || link->function != VK_LAYER_LINK_INFO) {
        link = (VkLayerInstanceCreateInfo *)link->pNext;
    }

    PFN_vkGetInstanceProcAddr next = link->u.pLayerInfo->pfnNextGetInstanceProcAddr;
    link->u.pLayerInfo = link->u.pLayerInfo->pNext;
    VkResult result = ((PFN_vkCreateInstance)next(VK_NULL_HANDLE, "vkCreateInstance"))(info, memory, instance);
    if (result == VK_SUCCESS) {
        owner_add((struct owner){
            .key = KEY(*instance),
            .instance = *instance,
            .instance_next = next,
            .destroy = (PFN_vkDestroyInstance)next(*instance, "vkDestroyInstance"),
            .enumerate = (PFN_vkEnumeratePhysicalDevices)next(*instance, "vkEnumeratePhysicalDevices"),
            .get_properties = (PFN_vkGetPhysicalDeviceProperties)next(*instance, "vkGetPhysicalDeviceProperties"),
            .enumerate_extensions = (PFN_vkEnumerateDeviceExtensionProperties)next(*instance, "vkEnumerateDeviceExtensionProperties"),
        });
    }

    return result;
}

static VKAPI_ATTR void VKAPI_CALL destroy_instance(VkInstance instance, const VkAllocationCallbacks *memory)
{
    void *key = KEY(instance);
    owner_of(key).destroy(instance, memory);
    owner_remove(key);
}

static VKAPI_ATTR VkResult VKAPI_CALL enumerate_physical_devices(VkInstance instance, uint32_t *count, VkPhysicalDevice *devices)
{
    if (fault_hides_devices()) {
        *count = 0;
        return VK_SUCCESS;
    }

    return owner_of(KEY(instance)).enumerate(instance, count, devices);
}

static VKAPI_ATTR void VKAPI_CALL get_properties(VkPhysicalDevice device, VkPhysicalDeviceProperties *properties)
{
    owner_of(KEY(device)).get_properties(device, properties);
    if (fault_version_limit() != 0 && properties->apiVersion > fault_version_limit()) {
        properties->apiVersion = fault_version_limit();
    }

    if (fault_least_limits()) {
        properties->limits.maxPerStageDescriptorStorageBuffers = 4;
        properties->limits.maxComputeSharedMemorySize = 16384;
    }
}

static VKAPI_ATTR VkResult VKAPI_CALL enumerate_extensions(
    VkPhysicalDevice device, const char *layer, uint32_t *count, VkExtensionProperties *extensions)
{
    VkResult result = owner_of(KEY(device)).enumerate_extensions(device, layer, count, extensions);
    for (uint32_t i = 0; extensions != NULL && i < *count; i++) {
        if (fault_hides_extension(extensions[i].extensionName)) {
            strcpy(extensions[i].extensionName, "VK_hidden");
        }
    }

    return result;
}

static VKAPI_ATTR VkResult VKAPI_CALL create_device(
    VkPhysicalDevice physical, const VkDeviceCreateInfo *info, const VkAllocationCallbacks *memory, VkDevice *device)
{
    VkResult injected = fault_of("vkCreateDevice");
    if (injected != VK_SUCCESS) {
        return injected;
    }

    VkLayerDeviceCreateInfo *link = (VkLayerDeviceCreateInfo *)info->pNext;
    while (link->sType != VK_STRUCTURE_TYPE_LOADER_DEVICE_CREATE_INFO || link->function != VK_LAYER_LINK_INFO) {
        link = (VkLayerDeviceCreateInfo *)link->pNext;
    }

    PFN_vkGetInstanceProcAddr next_instance = link->u.pLayerInfo->pfnNextGetInstanceProcAddr;
    PFN_vkGetDeviceProcAddr next = link->u.pLayerInfo->pfnNextGetDeviceProcAddr;
    link->u.pLayerInfo = link->u.pLayerInfo->pNext;
    VkInstance instance = owner_of(KEY(physical)).instance;
    VkResult result = ((PFN_vkCreateDevice)next_instance(instance, "vkCreateDevice"))(physical, info, memory, device);
    if (result == VK_SUCCESS) {
        owner_add((struct owner){.key = KEY(*device), .device = *device, .device_next = next});
    }

    return result;
}

static VKAPI_ATTR void VKAPI_CALL destroy_device(VkDevice device, const VkAllocationCallbacks *memory)
{
    fault_of("vkDestroyDevice");
    void *key = KEY(device);
    NEXT_OF_DEVICE(device, vkDestroyDevice)(device, memory);
    owner_remove(key);
}

// A driver that says a device is lost runs nothing on it any more.
static VkResult answer(VkDevice device, const char *command)
{
    VkResult result = fault_of(command);
    if (result == VK_ERROR_DEVICE_LOST) {
        NEXT_OF_DEVICE(device, vkDeviceWaitIdle)(device);
    }

    return result;
}

static VKAPI_ATTR VkResult VKAPI_CALL allocate_memory(
    VkDevice device, const VkMemoryAllocateInfo *info, const VkAllocationCallbacks *callbacks, VkDeviceMemory *memory)
{
    VkResult injected = answer(device, "vkAllocateMemory");
    return injected != VK_SUCCESS ? injected : NEXT_OF_DEVICE(device, vkAllocateMemory)(device, info, callbacks, memory);
}

static VKAPI_ATTR VkResult VKAPI_CALL map_memory(
    VkDevice device, VkDeviceMemory memory, VkDeviceSize offset, VkDeviceSize size, VkMemoryMapFlags flags, void **data)
{
    VkResult injected = answer(device, "vkMapMemory");
    return injected != VK_SUCCESS ? injected : NEXT_OF_DEVICE(device, vkMapMemory)(device, memory, offset, size, flags, data);
}

static VKAPI_ATTR VkResult VKAPI_CALL create_pipelines(
    VkDevice device, VkPipelineCache cache, uint32_t count, const VkComputePipelineCreateInfo *infos, const VkAllocationCallbacks *memory,
    VkPipeline *pipelines)
{
    VkResult injected = answer(device, "vkCreateComputePipelines");
    return injected != VK_SUCCESS ? injected : NEXT_OF_DEVICE(device, vkCreateComputePipelines)(device, cache, count, infos, memory, pipelines);
}

static VKAPI_ATTR void VKAPI_CALL destroy_buffer(VkDevice device, VkBuffer buffer, const VkAllocationCallbacks *memory)
{
    fault_of("vkDestroyBuffer");
    NEXT_OF_DEVICE(device, vkDestroyBuffer)(device, buffer, memory);
}

static VKAPI_ATTR void VKAPI_CALL destroy_semaphore(VkDevice device, VkSemaphore semaphore, const VkAllocationCallbacks *memory)
{
    fault_of("vkDestroySemaphore");
    fault_forget(semaphore);
    NEXT_OF_DEVICE(device, vkDestroySemaphore)(device, semaphore, memory);
}

static VKAPI_ATTR VkResult VKAPI_CALL queue_submit(VkQueue queue, uint32_t count, const VkSubmitInfo *work, VkFence fence)
{
    VkResult injected = fault_of("vkQueueSubmit");
    if (injected != VK_SUCCESS) {
        return injected;
    }

    const VkTimelineSemaphoreSubmitInfo *timeline = work->pNext;
    fault_submitted(work->pSignalSemaphores[0], timeline->pSignalSemaphoreValues[0]);
    return NEXT_OF_DEVICE(queue, vkQueueSubmit)(queue, count, work, fence);
}

static VKAPI_ATTR VkResult VKAPI_CALL get_counter(VkDevice device, VkSemaphore semaphore, uint64_t *value)
{
    VkResult result = answer(device, "vkGetSemaphoreCounterValue");
    if (result == VK_SUCCESS) {
        result = NEXT_OF_DEVICE(device, vkGetSemaphoreCounterValue)(device, semaphore, value);
        *value = fault_value(semaphore, *value);
    }

    return result;
}

static VKAPI_ATTR VkResult VKAPI_CALL wait_semaphores(VkDevice device, const VkSemaphoreWaitInfo *info, uint64_t timeout)
{
    VkResult injected = answer(device, "vkWaitSemaphores");
    if (injected == VK_SUCCESS) {
        injected = fault_wait(info->pSemaphores[0], info->pValues[0], &timeout);
    }

    return injected != VK_SUCCESS ? injected : NEXT_OF_DEVICE(device, vkWaitSemaphores)(device, info, timeout);
}

static VKAPI_ATTR VkResult VKAPI_CALL get_timestamps(
    VkDevice device, uint32_t count, const VkCalibratedTimestampInfoEXT *infos, uint64_t *timestamps, uint64_t *deviation)
{
    VkResult injected = answer(device, "vkGetCalibratedTimestampsEXT");
    return injected != VK_SUCCESS ? injected
        : NEXT_OF_DEVICE(device, vkGetCalibratedTimestampsEXT)(device, count, infos, timestamps, deviation);
}

static PFN_vkVoidFunction own_of_device(const char *name)
{
    static const struct {
        const char *name;
        PFN_vkVoidFunction function;
    } own[] = {
        {"vkDestroyDevice", (PFN_vkVoidFunction)destroy_device},
        {"vkAllocateMemory", (PFN_vkVoidFunction)allocate_memory},
        {"vkMapMemory", (PFN_vkVoidFunction)map_memory},
        {"vkCreateComputePipelines", (PFN_vkVoidFunction)create_pipelines},
        {"vkDestroyBuffer", (PFN_vkVoidFunction)destroy_buffer},
        {"vkDestroySemaphore", (PFN_vkVoidFunction)destroy_semaphore},
        {"vkQueueSubmit", (PFN_vkVoidFunction)queue_submit},
        {"vkGetSemaphoreCounterValue", (PFN_vkVoidFunction)get_counter},
        {"vkGetSemaphoreCounterValueKHR", (PFN_vkVoidFunction)get_counter},
        {"vkWaitSemaphores", (PFN_vkVoidFunction)wait_semaphores},
        {"vkWaitSemaphoresKHR", (PFN_vkVoidFunction)wait_semaphores},
        {"vkGetCalibratedTimestampsEXT", (PFN_vkVoidFunction)get_timestamps},
    };
    for (size_t i = 0; i < sizeof own / sizeof *own; i++) {
        if (strcmp(own[i].name, name) == 0) {
            return own[i].function;
        }
    }

    return NULL;
}

// Commands of version 1.2 have the names of their extension before it.
static int is_too_new(const char *name)
{
    return fault_version_limit() != 0 && fault_version_limit() < VK_API_VERSION_1_2
        && (strcmp(name, "vkWaitSemaphores") == 0 || strcmp(name, "vkGetSemaphoreCounterValue") == 0);
}

static VKAPI_ATTR PFN_vkVoidFunction VKAPI_CALL get_device_command(VkDevice device, const char *name)
{
    if (is_too_new(name)) {
        return NULL;
    }

    // What the driver does not give, because its extension is not enabled, the layer does not give either.
    PFN_vkVoidFunction next = owner_of(KEY(device)).device_next(device, name);
    PFN_vkVoidFunction own = own_of_device(name);
    return next != NULL && own != NULL ? own : next;
}

static VKAPI_ATTR PFN_vkVoidFunction VKAPI_CALL get_instance_command(VkInstance instance, const char *name);

// Layers above ask by this name for what concerns physical devices.
static VKAPI_ATTR PFN_vkVoidFunction VKAPI_CALL get_physical_command(VkInstance instance, const char *name)
{
    return get_instance_command(instance, name);
}

static VKAPI_ATTR PFN_vkVoidFunction VKAPI_CALL get_instance_command(VkInstance instance, const char *name)
{
    static const struct {
        const char *name;
        PFN_vkVoidFunction function;
    } own[] = {
        {"vkGetInstanceProcAddr", (PFN_vkVoidFunction)get_instance_command},
        {"vk_layerGetPhysicalDeviceProcAddr", (PFN_vkVoidFunction)get_physical_command},
        {"vkGetDeviceProcAddr", (PFN_vkVoidFunction)get_device_command},
        {"vkCreateInstance", (PFN_vkVoidFunction)create_instance},
        {"vkDestroyInstance", (PFN_vkVoidFunction)destroy_instance},
        {"vkEnumeratePhysicalDevices", (PFN_vkVoidFunction)enumerate_physical_devices},
        {"vkGetPhysicalDeviceProperties", (PFN_vkVoidFunction)get_properties},
        {"vkEnumerateDeviceExtensionProperties", (PFN_vkVoidFunction)enumerate_extensions},
        {"vkCreateDevice", (PFN_vkVoidFunction)create_device},
    };
    for (size_t i = 0; i < sizeof own / sizeof *own; i++) {
        if (strcmp(own[i].name, name) == 0) {
            return own[i].function;
        }
    }

    return instance == VK_NULL_HANDLE ? NULL : owner_of(KEY(instance)).instance_next(instance, name);
}

FAULT_API VKAPI_ATTR VkResult VKAPI_CALL vkNegotiateLoaderLayerInterfaceVersion(VkNegotiateLayerInterface *layer)
{
    layer->loaderLayerInterfaceVersion = CURRENT_LOADER_LAYER_INTERFACE_VERSION;
    layer->pfnGetInstanceProcAddr = get_instance_command;
    layer->pfnGetDeviceProcAddr = get_device_command;
    layer->pfnGetPhysicalDeviceProcAddr = get_physical_command;
    return VK_SUCCESS;
}
