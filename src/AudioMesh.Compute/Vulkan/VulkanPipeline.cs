// SPDX-License-Identifier: MIT
using AudioMesh.Compute.Interop;

namespace AudioMesh.Compute.Vulkan;

/// <summary>A kernel as the device runs it, with the layout of what it binds. Programs share it; it lives as long as the device.</summary>
internal sealed unsafe class VulkanPipeline
{
    private readonly VkPipeline _pipeline;

    public VulkanPipeline(VulkanDevice device, ComputeKernel kernel)
    {
        CheckLimits(device, kernel);
        try
        {
            SetLayout = CreateSetLayout(device, kernel.BufferCount);
            Layout = CreateLayout(device);
            _pipeline = CreatePipeline(device, kernel);
        }
        catch (AudioMeshException)
        {
            Destroy(device);
            throw;
        }
    }

    public VkPipeline Handle => _pipeline;

    public VkPipelineLayout Layout { get; }

    public VkDescriptorSetLayout SetLayout { get; }

    public void Destroy(VulkanDevice device)
    {
        device.Commands.vkDestroyPipeline(device.Handle, _pipeline, null);
        device.Commands.vkDestroyPipelineLayout(device.Handle, Layout, null);
        device.Commands.vkDestroyDescriptorSetLayout(device.Handle, SetLayout, null);
    }

    private static void CheckLimits(VulkanDevice device, ComputeKernel kernel)
    {
        VkPhysicalDeviceLimits limits = device.Limits;
        (int x, int y, int z) = kernel.GroupSize;
        if (x > limits.maxComputeWorkGroupSize[0] || y > limits.maxComputeWorkGroupSize[1] || z > limits.maxComputeWorkGroupSize[2]
            || x * y * z > limits.maxComputeWorkGroupInvocations || kernel.BufferCount > limits.maxPerStageDescriptorStorageBuffers
            || kernel.SharedBytes > limits.maxComputeSharedMemorySize)
        {
            throw new AudioMeshException(
                AudioErrorKind.LimitExceeded,
                $"{device.Info.Name} cannot run {kernel.Name}: {kernel.BufferCount} buffers of {limits.maxPerStageDescriptorStorageBuffers}, "
                + $"{kernel.SharedBytes} bytes of shared memory of {limits.maxComputeSharedMemorySize}, workgroups of {x} x {y} x {z}.");
        }
    }

    private static VkDescriptorSetLayout CreateSetLayout(VulkanDevice device, int bufferCount)
    {
        VkDescriptorSetLayoutBinding* bindings = stackalloc VkDescriptorSetLayoutBinding[bufferCount];
        for (int i = 0; i < bufferCount; i++)
        {
            bindings[i] = new VkDescriptorSetLayoutBinding
            {
                binding = (uint)i,
                descriptorType = VkDescriptorType.VK_DESCRIPTOR_TYPE_STORAGE_BUFFER,
                descriptorCount = 1,
                stageFlags = VkShaderStageFlagBits.VK_SHADER_STAGE_COMPUTE_BIT,
            };
        }

        VkDescriptorSetLayoutCreateInfo info = new()
        {
            sType = VkDescriptorSetLayoutCreateInfo.Tag,
            bindingCount = (uint)bufferCount,
            pBindings = bindings,
        };
        VkDescriptorSetLayout layout;
        device.Check(device.Commands.vkCreateDescriptorSetLayout(device.Handle, &info, null, &layout), "vkCreateDescriptorSetLayout");
        return layout;
    }

    private VkPipelineLayout CreateLayout(VulkanDevice device)
    {
        VkDescriptorSetLayout set = SetLayout;
        VkPipelineLayoutCreateInfo info = new() { sType = VkPipelineLayoutCreateInfo.Tag, setLayoutCount = 1, pSetLayouts = &set };
        VkPipelineLayout layout;
        device.Check(device.Commands.vkCreatePipelineLayout(device.Handle, &info, null, &layout), "vkCreatePipelineLayout");
        return layout;
    }

    private VkPipeline CreatePipeline(VulkanDevice device, ComputeKernel kernel)
    {
        VkShaderModule module = CreateModule(device, kernel.SpirV);
        try
        {
            VkComputePipelineCreateInfo info = new()
            {
                sType = VkComputePipelineCreateInfo.Tag,
                stage = new VkPipelineShaderStageCreateInfo
                {
                    sType = VkPipelineShaderStageCreateInfo.Tag,
                    stage = VkShaderStageFlagBits.VK_SHADER_STAGE_COMPUTE_BIT,
                    module = module,
                    pName = Utf8Text.Literal("main"u8),
                },
                layout = Layout,
            };
            VkPipeline pipeline;
            device.Check(
                device.Commands.vkCreateComputePipelines(device.Handle, default, 1, &info, null, &pipeline), $"vkCreateComputePipelines for {kernel.Name}");
            return pipeline;
        }
        finally
        {
            device.Commands.vkDestroyShaderModule(device.Handle, module, null);
        }
    }

    private static VkShaderModule CreateModule(VulkanDevice device, byte[] code)
    {
        fixed (byte* words = code)
        {
            VkShaderModuleCreateInfo info = new() { sType = VkShaderModuleCreateInfo.Tag, codeSize = (ulong)code.Length, pCode = (uint*)words };
            VkShaderModule module;
            device.Check(device.Commands.vkCreateShaderModule(device.Handle, &info, null, &module), "vkCreateShaderModule");
            return module;
        }
    }
}
