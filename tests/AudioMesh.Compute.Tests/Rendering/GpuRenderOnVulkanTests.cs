// SPDX-License-Identifier: MIT
using AudioMesh.Compute.Rendering;
using AudioMesh.Compute.Tests.Vulkan;

namespace AudioMesh.Compute.Tests.Rendering;

/// <summary>The same through a driver, lavapipe where there is no GPU, with faults in between.</summary>
internal sealed class GpuRenderOnVulkanTests
{
    private FaultyLayer _layer = null!;
    private Player _player = null!;

    [SetUp]
    public void SetUp()
    {
        _layer = FaultyLayer.Reset();
        _player = new Player(_layer.Open);
        _player.PlayUntil(() => _player.Taken - _player.FromCpu > 20);
    }

    [TearDown]
    public void TearDown() => _player?.Dispose();

    [Test]
    public void Runs_that_stall_200_ms_are_replaced_and_counted_and_it_is_back_when_healthy()
    {
        _layer.Stall(200);
        long before = _player.FromCpu;
        _player.PlayUntil(() => _player.Engine.State == GpuRenderState.Late && _player.FromCpu > before + 100);
        _layer.Wake();
        BackOnTheGpu();
        Assert.That(_player.Engine.Losses, Is.Zero);
    }

    [TestCase(FaultyLayer.InitializationFailed)]
    [TestCase(FaultyLayer.OutOfDeviceMemory)]
    [TestCase(FaultyLayer.DeviceLost)]
    public void A_submission_that_fails_costs_no_period(int result)
    {
        _layer.Fail("vkQueueSubmit", result);
        _player.PlayUntil(() => _player.Engine.Losses == 1);
        BackOnTheGpu();
    }

    [Test]
    public void A_gpu_that_disappears_is_found_again()
    {
        _layer.HideDevices(true);
        _layer.Fail("vkQueueSubmit", FaultyLayer.DeviceLost, FaultyLayer.Forever);
        _player.PlayUntil(() => _player.Engine.State == GpuRenderState.Lost);
        long taken = _player.Taken;
        _player.PlayUntil(() => _player.Taken > taken + 300);
        Assert.That(_player.Engine.State, Is.EqualTo(GpuRenderState.Lost));
        _layer.HideDevices(false);
        _layer.Fail("vkQueueSubmit", 0, 0);
        BackOnTheGpu();
    }

    private void BackOnTheGpu()
    {
        _player.PlayUntil(_player.IsOnGpuAgain());
        Assert.That(_player.Engine.LatePeriods, Is.EqualTo(_player.FromCpu));
    }
}
