// SPDX-License-Identifier: MIT
using AudioMesh.Compute.Tests.Vulkan;

namespace AudioMesh.Compute.Tests;

internal sealed class ComputeDevicesTests
{
    [Test]
    public void Lists_every_device_once_the_best_kind_first()
    {
        IReadOnlyList<ComputeDeviceInfo> all = ComputeDevices.Enumerate();
        Assert.That(all.Select(info => info.Kind), Is.Ordered);
        Assert.That(all.Select(info => (info.Api, info.Id)), Is.Unique);
        Assert.That(all.Where(info => info.Kind == ComputeDeviceKind.Software).First().Api, Is.EqualTo(ComputeApi.Cpu));
    }

    [Test]
    public void Lists_the_same_again()
    {
        IReadOnlyList<ComputeDeviceInfo> first = ComputeDevices.Enumerate();
        Assert.That(ComputeDevices.Enumerate(), Is.EqualTo(first));
    }

    [Test]
    public void Opens_what_it_lists()
    {
        foreach (ComputeDeviceInfo info in ComputeDevices.Enumerate())
        {
            using IComputeDevice device = ComputeDevices.Open(info);
            Assert.That(device.Info, Is.EqualTo(info));
        }
    }

    [Test]
    public void Opens_the_first_that_it_lists()
    {
        using IComputeDevice device = ComputeDevices.OpenBest();
        Assert.That(device.Info, Is.EqualTo(ComputeDevices.Enumerate()[0]));
    }

    [Test]
    public void Opens_the_best_of_one_kind_of_driver()
    {
        ComputeDeviceInfo first = VulkanTestDevice.First();
        using IComputeDevice device = ComputeDevices.OpenBest(ComputeApi.Vulkan);
        Assert.That(device.Info, Is.EqualTo(first));
    }

    [TestCase("cpu")]
    [TestCase("CPU:simd")]
    [TestCase("vectors of")]
    public void The_environment_overrides_the_choice(string wanted)
    {
        using ProcessEnvironment choice = new((ComputeDevices.OverrideVariable, wanted));
        using IComputeDevice device = ComputeDevices.OpenBest(ComputeApi.Vulkan);
        Assert.That(device.Info.Id, Is.EqualTo("simd"));
    }

    [Test]
    public void The_environment_can_name_a_device_by_its_id()
    {
        ComputeDeviceInfo first = VulkanTestDevice.First();
        using ProcessEnvironment choice = new((ComputeDevices.OverrideVariable, $"vulkan:{first.Id}"));
        using IComputeDevice device = ComputeDevices.OpenBest();
        Assert.That(device.Info, Is.EqualTo(first));
    }

    [Test]
    public void A_choice_that_is_not_there_is_named_with_what_is()
    {
        using ProcessEnvironment choice = new((ComputeDevices.OverrideVariable, "no such device"));
        AudioMeshException? refusal = Assert.Throws<AudioMeshException>(() => ComputeDevices.OpenBest().Dispose());
        Assert.That(refusal!.Kind, Is.EqualTo(AudioErrorKind.NotFound));
        Assert.That(refusal.Message, Does.Contain("no such device").And.Contains("cpu:simd"));
    }

    [Test]
    public void A_device_that_went_is_not_found()
    {
        ComputeDeviceInfo gone = VulkanTestDevice.First() with { Id = "gone" };
        Assert.That(() => ComputeDevices.Open(gone), Failures.Of(AudioErrorKind.NotFound));
    }

    [Test]
    public void Without_a_driver_everything_else_works_and_the_reason_is_given()
    {
        VulkanTestDevice.First();
        using ProcessEnvironment noDriver = new(("VK_ICD_FILENAMES", "/nowhere/none.json"), ("VK_DRIVER_FILES", "/nowhere/none.json"));
        Assert.That(ComputeDevices.WhyNone(ComputeApi.Vulkan), Does.Contain("driver"));
        Assert.That(ComputeDevices.WhyNone(ComputeApi.Cpu), Is.Null);
        using IComputeDevice device = ComputeDevices.OpenBest();
        Assert.That(device.Info.Api, Is.Not.EqualTo(ComputeApi.Vulkan));
    }
}
