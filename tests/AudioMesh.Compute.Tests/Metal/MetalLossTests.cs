// SPDX-License-Identifier: MIT
using AudioMesh.Compute.Kernels;
using AudioMesh.Compute.Metal;

namespace AudioMesh.Compute.Tests.Metal;

internal sealed class MetalLossTests : MetalFixture
{
    private const int HangTimeout = 2;

    [Test]
    public void A_command_buffer_that_fails_loses_the_device()
    {
        MetalDevice device = Open();
        GainMixProgram mix = Halve(device);
        Fake.FailAfter(1, HangTimeout);
        mix.Program.Run();
        Assert.That(device.IsLost, Is.False);
        long ticket = mix.Program.Submit();
        Assert.That(Throws(AudioErrorKind.DeviceLost, () => mix.Program.Wait(ticket, Patience)).Message, Does.Contain("Fake M1").And.Contain("GPU Hang"));
        Assert.That(device.IsLost);
        AssertAllThrow(device, mix, ticket);
    }

    [Test]
    public void A_device_that_is_removed_wakes_those_who_wait()
    {
        MetalDevice device = Open();
        GainMixProgram mix = Halve(device);
        Fake.Hold(true);
        long ticket = mix.Program.Submit();
        Task wait = Task.Run(() => mix.Program.Wait(ticket, Patience));
        Assert.That(wait.Wait(50), Is.False);
        Fake.Remove();
        AggregateException error = Assert.Throws<AggregateException>(() => wait.Wait(Patience))!;
        Assert.That(((AudioMeshException)error.InnerException!).Kind, Is.EqualTo(AudioErrorKind.DeviceLost));
        AssertAllThrow(device, mix, ticket);
    }

    [Test]
    public void A_queue_that_gives_nothing_loses_the_device()
    {
        MetalDevice device = Open();
        GainMixProgram mix = Halve(device);
        Fake.RefuseCommandBuffers();
        Throws(AudioErrorKind.DeviceLost, () => mix.Program.Submit());
        Assert.That(device.IsLost);
    }

    [Test]
    public void A_device_opened_anew_works_again()
    {
        GainMixProgram mix = Halve(Open());
        Fake.FailAfter(0, HangTimeout);
        Throws(AudioErrorKind.DeviceLost, () => mix.Program.Run());
        MetalDevice device = Open();
        GainMixProgram again = Halve(device);
        again.Program.Run();
        Assert.That(again.Output.ToArray(), Is.All.EqualTo(0.5f));
        Assert.That(device.IsLost, Is.False);
    }

    [Test]
    public void A_program_is_lost_with_another_of_its_device()
    {
        MetalDevice device = Open();
        GainMixProgram one = Halve(device);
        GainMixProgram other = Halve(device);
        long ticket = other.Program.Submit();
        Assert.That(other.Program.Wait(ticket, Patience));
        Fake.FailAfter(0, HangTimeout);
        Throws(AudioErrorKind.DeviceLost, () => one.Program.Run());
        AssertAllThrow(device, other, ticket);
    }

    private static void AssertAllThrow(MetalDevice device, GainMixProgram mix, long ticket)
    {
        Throws(AudioErrorKind.DeviceLost, () => mix.Program.Submit());
        Throws(AudioErrorKind.DeviceLost, () => mix.Program.IsDone(ticket));
        Throws(AudioErrorKind.DeviceLost, () => mix.Program.Wait(ticket, TimeSpan.Zero));
        Throws(AudioErrorKind.DeviceLost, () => device.CreateBuffer(64));
        Throws(AudioErrorKind.DeviceLost, () => device.CreateProgram([mix.Dispatch]));
        Assert.That(device.TrySampleClock(out _), Is.False);
    }
}
