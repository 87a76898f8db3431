// SPDX-License-Identifier: MIT
using System.Diagnostics;
using AudioMesh.Compute.Kernels;
using AudioMesh.Compute.Vulkan;

namespace AudioMesh.Compute.Tests.Vulkan;

/// <summary>A GPU that stalls, fails or disappears hangs nobody and is said to.</summary>
internal sealed class VulkanLossTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Test]
    public void A_stalled_run_is_not_done_until_it_is()
    {
        FaultyLayer layer = FaultyLayer.Reset();
        using VulkanDevice device = layer.Open();
        using GainMixProgram mix = new(device, 1, 64);
        layer.Stall(200);
        long ticket = mix.Program.Submit();
        Assert.That(mix.Program.IsDone(ticket), Is.False);
        Assert.That(mix.Program.Wait(ticket, TimeSpan.FromMilliseconds(1)), Is.False);
        Assert.That(mix.Program.Wait(ticket, Patience));
        Assert.That(mix.Program.IsDone(ticket));
        Assert.That(device.IsLost, Is.False);
    }

    [Test]
    public void A_run_that_never_ends_lets_submit_fail_in_time_and_can_be_waited_for_later()
    {
        FaultyLayer layer = FaultyLayer.Reset();
        using VulkanDevice device = layer.Open();
        using GainMixProgram mix = new(device, 1, 64);
        layer.Stall(FaultyLayer.Forever);
        long ticket = mix.Program.Submit();
        Assert.That(() => mix.Program.Submit(), Failures.Of(AudioErrorKind.Timeout));
        layer.Wake();
        Assert.That(mix.Program.Wait(ticket, Patience));
        mix.Program.Run();
    }

    [Test]
    public void What_a_hung_run_uses_is_freed_once_it_ends()
    {
        FaultyLayer layer = FaultyLayer.Reset();
        using VulkanDevice device = layer.Open();
        GainMixProgram mix = new(device, 1, 64);
        layer.Stall(FaultyLayer.Forever);
        mix.Program.Submit();
        mix.Dispose();
        Assert.That(layer.Calls("vkDestroyBuffer"), Is.Zero);
        Assert.That(layer.Calls("vkDestroySemaphore"), Is.Zero);
        layer.Wake();
        device.CreateBuffer(64).Dispose();
        Assert.That(layer.Calls("vkDestroyBuffer"), Is.EqualTo(mix.Dispatch.Buffers.Length + 1));
    }

    [Test]
    public void A_hung_device_is_left_alone_in_time()
    {
        FaultyLayer layer = FaultyLayer.Reset();
        VulkanDevice device = layer.Open();
        GainMixProgram mix = new(device, 1, 64);
        layer.Stall(FaultyLayer.Forever);
        mix.Program.Submit();
        Stopwatch clock = Stopwatch.StartNew();
        mix.Dispose();
        device.Dispose();
        Assert.That(clock.Elapsed, Is.LessThan(Patience));
        Assert.That(layer.Calls("vkDestroyDevice"), Is.Zero);
        Assert.That(layer.Calls("vkDestroyBuffer"), Is.Zero);
    }

    [TestCase("vkQueueSubmit", FaultyLayer.DeviceLost)]
    [TestCase("vkQueueSubmit", FaultyLayer.InitializationFailed)]
    public void A_submission_that_fails_loses_the_device(string command, int result)
    {
        FaultyLayer layer = FaultyLayer.Reset();
        using VulkanDevice device = layer.Open();
        using GainMixProgram mix = new(device, 1, 64);
        layer.Fail(command, result);
        Assert.That(() => mix.Program.Submit(), Failures.Of(AudioErrorKind.DeviceLost));
        AssertLost(device, mix);
    }

    [TestCase("vkGetSemaphoreCounterValue")]
    [TestCase("vkWaitSemaphores")]
    public void A_device_that_disappears_under_a_run_is_lost(string command)
    {
        FaultyLayer layer = FaultyLayer.Reset();
        VulkanDevice device = layer.Open();
        using GainMixProgram mix = new(device, 1, 64);
        layer.Stall(FaultyLayer.Forever);
        long ticket = mix.Program.Submit();
        layer.Fail("vkGetSemaphoreCounterValue", FaultyLayer.DeviceLost, FaultyLayer.Forever);
        layer.Fail("vkWaitSemaphores", FaultyLayer.DeviceLost, FaultyLayer.Forever);
        Assert.That(
            () => command == "vkWaitSemaphores" ? mix.Program.Wait(ticket, Patience) : mix.Program.IsDone(ticket), Failures.Of(AudioErrorKind.DeviceLost));
        AssertLost(device, mix);
        mix.Dispose();
        device.Dispose();
        Assert.That(layer.Calls("vkDestroyDevice"), Is.EqualTo(1));
    }

    [Test]
    public void Another_device_can_be_opened_after_a_loss()
    {
        FaultyLayer layer = FaultyLayer.Reset();
        using VulkanDevice lost = layer.Open();
        using GainMixProgram mix = new(lost, 1, 64);
        layer.Fail("vkQueueSubmit", FaultyLayer.DeviceLost);
        Assert.That(() => mix.Program.Submit(), Failures.Of(AudioErrorKind.DeviceLost));
        using VulkanDevice device = layer.Open();
        using GainMixProgram again = new(device, 1, 64);
        again.Program.Run();
        Assert.That(device.IsLost, Is.False);
    }

    [Test]
    public void Want_of_memory_loses_nothing()
    {
        FaultyLayer layer = FaultyLayer.Reset();
        using VulkanDevice device = layer.Open();
        layer.Fail("vkAllocateMemory", FaultyLayer.OutOfDeviceMemory);
        Assert.That(() => device.CreateBuffer(64), Failures.Of(AudioErrorKind.LimitExceeded));
        layer.Fail("vkMapMemory", FaultyLayer.OutOfDeviceMemory);
        Assert.That(() => device.CreateBuffer(64), Failures.Of(AudioErrorKind.LimitExceeded));
        using GainMixProgram mix = new(device, 1, 64);
        layer.Fail("vkQueueSubmit", FaultyLayer.OutOfDeviceMemory);
        Assert.That(() => mix.Program.Submit(), Failures.Of(AudioErrorKind.LimitExceeded));
        mix.Program.Run();
        Assert.That(layer.Calls("vkDestroyBuffer"), Is.EqualTo(2));
    }

    [Test]
    public void A_kernel_that_the_driver_refuses_loses_nothing()
    {
        FaultyLayer layer = FaultyLayer.Reset();
        using VulkanDevice device = layer.Open();
        layer.Fail("vkCreateComputePipelines", FaultyLayer.InitializationFailed);
        Assert.That(() => new GainMixProgram(device, 1, 64), Failures.Of(AudioErrorKind.DeviceUnavailable));
        using GainMixProgram mix = new(device, 1, 64);
        mix.Program.Run();
    }

    [Test]
    public void A_device_that_cannot_be_opened_says_so()
    {
        FaultyLayer layer = FaultyLayer.Reset();
        layer.Fail("vkCreateDevice", FaultyLayer.InitializationFailed);
        Assert.That(() => layer.Open(), Failures.Of(AudioErrorKind.DeviceUnavailable));
        layer.Open().Dispose();
    }

    [Test]
    public void A_device_that_is_gone_is_not_found()
    {
        FaultyLayer layer = FaultyLayer.Reset();
        layer.HideDevices(true);
        Assert.That(() => layer.Open(), Failures.Of(AudioErrorKind.NotFound));
        Assert.That(layer.In(() => ComputeDevices.WhyNone(ComputeApi.Vulkan)), Does.Contain("no device"));
    }

    private static void AssertLost(VulkanDevice device, GainMixProgram mix)
    {
        Assert.That(device.IsLost);
        Assert.That(() => mix.Program.Submit(), Failures.Of(AudioErrorKind.DeviceLost));
        Assert.That(() => mix.Program.IsDone(1), Failures.Of(AudioErrorKind.DeviceLost));
        Assert.That(() => mix.Program.Wait(1, Patience), Failures.Of(AudioErrorKind.DeviceLost));
        Assert.That(() => device.CreateBuffer(64), Failures.Of(AudioErrorKind.DeviceLost));
        Assert.That(() => device.CreateProgram([mix.Dispatch]), Failures.Of(AudioErrorKind.DeviceLost));
        Assert.That(device.TrySampleClock(out GpuClockSample _), Is.False);
    }
}
