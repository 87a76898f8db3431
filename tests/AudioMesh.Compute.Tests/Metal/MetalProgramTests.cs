// SPDX-License-Identifier: MIT
using AudioMesh.Compute.Kernels;
using AudioMesh.Compute.Metal;
using AudioMesh.Testing;

namespace AudioMesh.Compute.Tests.Metal;

internal sealed class MetalProgramTests : MetalFixture
{
    [Test]
    public void Dispatches_see_what_the_ones_before_wrote()
    {
        MetalDevice device = Open();
        GainMixProgram first = Halve(device);
        GainMixProgram second = Halve(device);
        IComputeBuffer[] buffers = [.. second.Dispatch.Buffers];
        buffers[1] = first.Dispatch.Buffers[3];
        IComputeProgram chain = Disposed(device.CreateProgram([first.Dispatch, second.Dispatch with { Buffers = buffers }]));
        chain.Run();
        Assert.That(second.Output.ToArray(), Is.All.EqualTo(0.25f));
        Assert.That(Fake.CommandBuffers, Is.EqualTo(1));
    }

    [Test]
    public void A_run_is_done_when_the_device_has_done_it()
    {
        GainMixProgram mix = Halve(Open());
        Fake.Hold(true);
        long ticket = mix.Program.Submit();
        Assert.That(mix.Program.IsDone(ticket), Is.False);
        Assert.That(mix.Program.Wait(ticket, TimeSpan.FromMilliseconds(20)), Is.False);
        Assert.That(mix.Output.ToArray(), Is.All.Zero);
        Fake.Hold(false);
        Assert.That(mix.Program.Wait(ticket, Patience));
        Assert.That(mix.Program.IsDone(ticket));
        Assert.That(mix.Output.ToArray(), Is.All.EqualTo(0.5f));
    }

    [Test]
    public void Tickets_rise_and_stay_done()
    {
        IComputeProgram program = Halve(Open()).Program;
        long first = program.Submit();
        long second = program.Submit();
        Assert.That(second, Is.GreaterThan(first));
        Assert.That(program.IsDone(first));
        Assert.That(program.Wait(second, Patience));
        Assert.That(program.IsDone(second + 1), Is.False);
        Assert.That(program.Wait(second + 1, TimeSpan.FromMilliseconds(1)), Is.False);
    }

    [Test]
    public void Submitting_waits_for_the_run_before()
    {
        IComputeProgram program = Halve(Open()).Program;
        Fake.Hold(true);
        long first = program.Submit();
        Task<long> second = Task.Run(program.Submit);
        Assert.That(second.Wait(50), Is.False);
        Fake.Hold(false);
        Assert.That(second.Wait(Patience));
        Assert.That(program.IsDone(first));
        Assert.That(program.Wait(second.Result, Patience));
        Assert.That(Fake.CommandBuffers, Is.EqualTo(2));
    }

    [Test]
    public void Submitting_asking_and_waiting_allocate_nothing()
    {
        MetalDevice device = Open();
        GainMixProgram mix = Halve(device);
        IComputeProgram program = Disposed(device.CreateProgram([mix.Dispatch, mix.Dispatch, mix.Dispatch]));
        AllocationGate.AssertNone(() =>
        {
            long ticket = program.Submit();
            program.IsDone(ticket);
            program.Wait(ticket, Patience);
        });
    }

    [Test]
    public void What_a_run_needs_outlives_those_who_let_go_of_it()
    {
        Halve(Open()).Program.Submit();
        Fake.Drain();
        Fake.Hold(true);
        Halve(Open()).Program.Submit();
        DisposeAll();
        Assert.That(Fake.LiveObjects, Is.Positive);
        Fake.Hold(false);
        Fake.Drain();
        Assert.That(Fake.CommandBuffers, Is.EqualTo(2));
    }

    [Test]
    public void Programs_keep_buffers_that_were_disposed_of()
    {
        MetalDevice device = Open();
        GainMixProgram mix = Halve(device);
        IComputeProgram program = Disposed(device.CreateProgram([mix.Dispatch]));
        mix.Dispose();
        program.Run();
        Throws(AudioErrorKind.InvalidArgument, () => device.CreateProgram([mix.Dispatch]));
    }

    [Test]
    public void A_program_outlives_its_device()
    {
        MetalDevice device = Open();
        GainMixProgram mix = Halve(device);
        device.Dispose();
        mix.Program.Run();
        Assert.That(mix.Output.ToArray(), Is.All.EqualTo(0.5f));
    }

    [Test]
    public void Kernels_are_compiled_without_fast_math()
    {
        Halve(Open());
        Assert.That(Fake.FastMath, Is.False);
    }

    [Test]
    public void A_kernel_whose_groups_are_too_large_for_the_device_is_refused()
    {
        Fake.LimitThreads(32);
        Throws(AudioErrorKind.LimitExceeded, () => Halve(Open()));
    }

    [Test]
    public void Wrong_buffers_and_no_groups_are_refused()
    {
        MetalDevice device = Open();
        KernelDispatch dispatch = Halve(device).Dispatch;
        KernelDispatch foreign = Halve(Open()).Dispatch;
        Throws(AudioErrorKind.InvalidArgument, () => device.CreateProgram([dispatch with { Buffers = dispatch.Buffers[1..] }]));
        Throws(AudioErrorKind.InvalidArgument, () => device.CreateProgram([dispatch, foreign]));
        Throws(AudioErrorKind.InvalidArgument, () => device.CreateProgram([dispatch with { GroupsY = 0 }]));
    }

    [Test]
    public void After_disposal_nothing_can_be_submitted()
    {
        IComputeProgram program = Halve(Open()).Program;
        program.Dispose();
        Assert.That(program.Submit, NUnit.Framework.Throws.TypeOf<ObjectDisposedException>());
    }
}
