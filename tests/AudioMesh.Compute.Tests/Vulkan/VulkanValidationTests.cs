// SPDX-License-Identifier: MIT
using AudioMesh.Compute.Kernels;
using AudioMesh.Compute.Vulkan;

namespace AudioMesh.Compute.Tests.Vulkan;

/// <summary>Khronos's validation layer, synchronization included, watches a whole life.</summary>
internal sealed class VulkanValidationTests
{
    [Test]
    public void A_whole_life_is_valid()
    {
        VulkanDevice device = Open();
        using (GainMixProgram first = new(device, 3, 512))
        using (GainMixProgram second = new(device, 1, 512))
        {
            IComputeBuffer[] buffers = [.. second.Dispatch.Buffers];
            buffers[1] = first.Dispatch.Buffers[3];
            using IComputeProgram chain = device.CreateProgram([first.Dispatch, second.Dispatch with { Buffers = buffers }]);
            using IComputeProgram nothing = device.CreateProgram([]);
            for (int run = 0; run < 10; run++)
            {
                chain.Run();
                first.Program.Run();
                nothing.Run();
                device.TrySampleClock(out GpuClockSample _);
            }
        }

        device.Dispose();
        Assert.That(device.ValidationMessages, Is.Empty);
    }

    [Test]
    public void Every_kernel_is_valid()
    {
        VulkanDevice device = Open();
        foreach (ComputeKernel kernel in ComputeKernels.All)
        {
            using IComputeBuffer buffer = device.CreateBuffer(1 << 16);
            using IComputeProgram program = device.CreateProgram([new KernelDispatch(kernel, [.. Enumerable.Repeat(buffer, kernel.BufferCount)], 1)]);
        }

        device.Dispose();
        Assert.That(device.ValidationMessages, Is.Empty);
    }

    [Test]
    public void What_is_wrong_is_said()
    {
        VulkanDevice device = Open();
        device.CreateBuffer(64);
        device.Dispose();
        Assert.That(device.ValidationMessages, Has.Some.Contain("VkBuffer"), "a buffer was forgotten");
    }

    [Test]
    public void Nobody_watches_unasked()
    {
        using VulkanDevice device = VulkanTestDevice.Open();
        device.CreateBuffer(64);
        device.Dispose();
        Assert.That(device.ValidationMessages, Is.Empty);
    }

    private static VulkanDevice Open()
    {
        ComputeDeviceInfo info = VulkanTestDevice.First();
        using ProcessEnvironment validation = new(("AUDIOMESH_VULKAN_VALIDATION", "1"));
        try
        {
            return (VulkanDevice)ComputeDevices.Open(info);
        }
        catch (AudioMeshException e) when (e.Kind == AudioErrorKind.LibraryMissing)
        {
            Assert.Ignore(e.Message);
            throw;
        }
    }
}
