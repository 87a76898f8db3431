// SPDX-License-Identifier: MIT
using AudioMesh.Compute.Interop;

namespace AudioMesh.Compute.Vulkan;

/// <summary>What keeps dispatches in order, and shows the processor what they wrote. What it wrote itself, submitting shows to the device.</summary>
internal readonly unsafe struct Barriers(VulkanDevice device, VkCommandBuffer buffer)
{
    private const VkPipelineStageFlagBits Compute = VkPipelineStageFlagBits.VK_PIPELINE_STAGE_COMPUTE_SHADER_BIT;

    /// <summary>Dispatches recorded or submitted before are over, and seen by those behind.</summary>
    public void BetweenDispatches() => Write(Compute, VkAccessFlagBits.VK_ACCESS_SHADER_READ_BIT | VkAccessFlagBits.VK_ACCESS_SHADER_WRITE_BIT);

    /// <summary>The processor sees what dispatches wrote, once the semaphore says that they are over.</summary>
    public void ToProcessor() => Write(VkPipelineStageFlagBits.VK_PIPELINE_STAGE_HOST_BIT, VkAccessFlagBits.VK_ACCESS_HOST_READ_BIT);

    private void Write(VkPipelineStageFlagBits stage, VkAccessFlagBits access)
    {
        VkMemoryBarrier barrier = new()
        {
            sType = VkMemoryBarrier.Tag,
            srcAccessMask = VkAccessFlagBits.VK_ACCESS_SHADER_WRITE_BIT,
            dstAccessMask = access,
        };
        device.Commands.vkCmdPipelineBarrier(buffer, Compute, stage, 0, 1, &barrier, 0, null, 0, null);
    }
}
