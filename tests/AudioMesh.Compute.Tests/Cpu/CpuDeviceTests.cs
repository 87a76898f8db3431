// SPDX-License-Identifier: MIT
using AudioMesh.Compute.Cpu;
using AudioMesh.Compute.Kernels;

namespace AudioMesh.Compute.Tests.Cpu;

internal sealed class CpuDeviceTests
{
    [Test]
    public unsafe void Buffers_start_as_zeros_on_their_own_cache_lines([Values(1, 63, 4096)] int bytes)
    {
        using CpuDevice device = new();
        using IComputeBuffer buffer = device.CreateBuffer(bytes);
        Assert.That(buffer.LengthBytes, Is.EqualTo(bytes));
        Assert.That((long)buffer.Address % 64, Is.Zero);
        Assert.That(new Span<byte>(buffer.Address, bytes).ToArray(), Is.All.Zero);
    }

    [Test]
    public void Refuses_an_empty_buffer()
    {
        using CpuDevice device = new();
        Assert.That(() => device.CreateBuffer(0), Refused());
    }

    [Test]
    public void Refuses_another_number_of_buffers_than_the_kernel_takes()
    {
        using CpuDevice device = new();
        using IComputeBuffer buffer = device.CreateBuffer(64);
        Assert.That(() => device.CreateProgram([new(ComputeKernels.GainMix, [buffer, buffer, buffer], 1)]), Refused());
    }

    [Test]
    public void Refuses_buffers_of_another_device()
    {
        using CpuDevice device = new();
        using CpuDevice other = new();
        using IComputeBuffer own = device.CreateBuffer(64);
        using IComputeBuffer foreign = other.CreateBuffer(64);
        Assert.That(() => device.CreateProgram([new(ComputeKernels.GainMix, [own, own, own, foreign], 1)]), Refused());
    }

    [Test]
    public void Refuses_to_run_no_workgroups()
    {
        using CpuDevice device = new();
        using IComputeBuffer buffer = device.CreateBuffer(64);
        Assert.That(() => device.CreateProgram([new(ComputeKernels.GainMix, [buffer, buffer, buffer, buffer], 1, 0)]), Refused());
    }

    [Test]
    public void A_run_is_done_when_submit_returns_and_its_ticket_is_new()
    {
        using CpuDevice device = new();
        using GainMixProgram mix = new(device, 1, 1);
        long first = mix.Program.Submit();
        long second = mix.Program.Submit();
        Assert.That(second, Is.GreaterThan(first));
        Assert.That(mix.Program.IsDone(second));
        Assert.That(mix.Program.IsDone(second + 1), Is.False);
    }

    [Test]
    public void Dispatches_of_a_program_see_what_the_ones_before_wrote()
    {
        using CpuDevice device = new();
        using GainMixProgram first = new(device, 1, 8);
        using GainMixProgram second = new(device, 1, 8);
        IComputeBuffer[] buffers = [.. second.Dispatch.Buffers];
        buffers[1] = first.Dispatch.Buffers[3];
        using IComputeProgram chain = device.CreateProgram([first.Dispatch, second.Dispatch with { Buffers = buffers }]);
        first.Source(0).Fill(8);
        first.SetGain(0, 0.5f, 0.5f);
        second.SetGain(0, 0.25f, 0.25f);
        chain.Submit();
        Assert.That(second.Output.ToArray(), Is.All.EqualTo(1));
    }

    [Test]
    public void Its_clock_is_mesh_time()
    {
        using CpuDevice device = new();
        Assert.That(device.TrySampleClock(out GpuClockSample sample));
        Assert.That((long)sample.GpuTicks, Is.EqualTo(sample.MeshTime.Nanoseconds));
    }

    private static NUnit.Framework.Constraints.IResolveConstraint Refused() =>
        Throws.TypeOf<AudioMeshException>().With.Property(nameof(AudioMeshException.Kind)).EqualTo(AudioErrorKind.InvalidArgument);
}
