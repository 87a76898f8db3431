// SPDX-License-Identifier: MIT
using AudioMesh.Compute.Metal;

namespace AudioMesh.Compute.Tests.Metal;

internal sealed class MetalDeviceTests : MetalFixture
{
    [Test]
    public void A_device_says_what_it_is()
    {
        ComputeDeviceInfo info = MetalDevice.Enumerate(Fake.Path).Single();
        Assert.That((info.Api, info.Id, info.Name, info.Kind), Is.EqualTo((ComputeApi.Metal, "Fake M1", "Fake M1", ComputeDeviceKind.Integrated)));
        Assert.That(info.Driver, Does.StartWith("Metal 3"));
        Assert.That(Open(info.Id).Info, Is.EqualTo(info));
    }

    [TestCase("Intel Iris", true, false, true, ComputeDeviceKind.Integrated)]
    [TestCase("Radeon in the case", false, false, false, ComputeDeviceKind.Discrete)]
    [TestCase("Radeon in a box", false, true, false, ComputeDeviceKind.Discrete)]
    [TestCase("Apple Paravirtual device", false, false, true, ComputeDeviceKind.Virtual)]
    public void Power_plug_and_memory_tell_its_kind(string name, bool lowPower, bool removable, bool unified, ComputeDeviceKind kind)
    {
        Fake.ForgetDevices();
        Fake.Add(name, 7, lowPower, removable, unified);
        ComputeDeviceInfo info = MetalDevice.Enumerate(Fake.Path).Single();
        Assert.That((info.Name, info.Kind), Is.EqualTo((name, kind)));
        Assert.That(info.Driver, Does.StartWith("Metal 2"));
    }

    [Test]
    public void Devices_of_one_name_have_ids_of_their_own_whatever_their_order()
    {
        Fake.Add("Radeon", 30);
        Fake.Add("Radeon", 20);
        Assert.That(MetalDevice.Enumerate(Fake.Path).Select(info => info.Id), Is.EqualTo(["Radeon", "Radeon #2", "Fake M1"]));
        Assert.That(Open("Radeon #2").Info.Id, Is.EqualTo("Radeon #2"));
    }

    [Test]
    public void The_first_listed_is_opened_when_none_is_named()
    {
        Fake.Add("Radeon", 20);
        Assert.That(Open().Info.Name, Is.EqualTo("Radeon"));
    }

    [Test]
    public void A_device_that_is_not_there_is_not_found()
    {
        Assert.That(Throws(AudioErrorKind.NotFound, () => Open("Fake M9")).Message, Does.Contain("Fake M9"));
        Fake.ForgetDevices();
        Throws(AudioErrorKind.DeviceUnavailable, () => MetalDevice.Enumerate(Fake.Path));
        Throws(AudioErrorKind.NotFound, () => Open());
    }

    [Test]
    public void A_device_that_is_gone_cannot_be_opened()
    {
        Fake.Remove();
        Throws(AudioErrorKind.DeviceUnavailable, () => Open());
    }

    [Test]
    public void Where_there_is_no_Metal_the_library_is_missing()
    {
        string reason = Throws(AudioErrorKind.LibraryMissing, () => MetalDevice.Enumerate()).Message;
        Assert.That(reason, Does.Contain("macOS"));
        Assert.That(ComputeDevices.WhyNone(ComputeApi.Metal), Is.EqualTo(reason));
    }

    [Test]
    public void After_disposal_nothing_can_be_made()
    {
        MetalDevice device = Open();
        device.Dispose();
        device.Dispose();
        Assert.That(() => device.CreateBuffer(64), NUnit.Framework.Throws.TypeOf<ObjectDisposedException>());
        Assert.That(() => device.CreateProgram([]), NUnit.Framework.Throws.TypeOf<ObjectDisposedException>());
        Assert.That(device.TrySampleClock(out _), Is.False);
    }
}
