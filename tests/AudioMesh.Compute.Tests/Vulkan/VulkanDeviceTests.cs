// SPDX-License-Identifier: MIT
using AudioMesh.Compute.Cpu;
using AudioMesh.Compute.Kernels;
using AudioMesh.Compute.Vulkan;
using AudioMesh.Testing;

namespace AudioMesh.Compute.Tests.Vulkan;

internal sealed class VulkanDeviceTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Test]
    public unsafe void Buffers_start_as_zeros_on_their_own_cache_lines([Values(1, 63, 4096, 1 << 20)] int bytes)
    {
        using VulkanDevice device = VulkanTestDevice.Open();
        using IComputeBuffer buffer = device.CreateBuffer(bytes);
        Assert.That(buffer.LengthBytes, Is.EqualTo(bytes));
        Assert.That((long)buffer.Address % 64, Is.Zero);
        Assert.That(new ReadOnlySpan<byte>(buffer.Address, bytes).ContainsAnyExcept((byte)0), Is.False);
    }

    [Test]
    public void Refuses_an_empty_buffer()
    {
        using VulkanDevice device = VulkanTestDevice.Open();
        Assert.That(() => device.CreateBuffer(0), Failures.Of(AudioErrorKind.InvalidArgument));
    }

    [Test]
    public void Refuses_what_a_kernel_does_not_take()
    {
        using VulkanDevice device = VulkanTestDevice.Open();
        using CpuDevice other = new();
        using IComputeBuffer own = device.CreateBuffer(64);
        using IComputeBuffer foreign = other.CreateBuffer(64);
        Assert.That(() => device.CreateProgram([new(ComputeKernels.GainMix, [own, own, own], 1)]), Failures.Of(AudioErrorKind.InvalidArgument));
        Assert.That(() => device.CreateProgram([new(ComputeKernels.GainMix, [own, own, own, foreign], 1)]), Failures.Of(AudioErrorKind.InvalidArgument));
        Assert.That(() => device.CreateProgram([new(ComputeKernels.GainMix, [own, own, own, own], 0)]), Failures.Of(AudioErrorKind.InvalidArgument));
    }

    [Test]
    public void Refuses_buffers_of_another_device_of_its_kind()
    {
        using VulkanDevice device = VulkanTestDevice.Open();
        using VulkanDevice other = VulkanTestDevice.Open();
        using IComputeBuffer foreign = other.CreateBuffer(64);
        Assert.That(
            () => device.CreateProgram([new(ComputeKernels.GainMix, [foreign, foreign, foreign, foreign], 1)]), Failures.Of(AudioErrorKind.InvalidArgument));
    }

    [Test]
    public void Tickets_rise_and_unknown_ones_are_not_done()
    {
        using VulkanDevice device = VulkanTestDevice.Open();
        using GainMixProgram mix = new(device, 1, 64);
        long first = mix.Program.Submit();
        long second = mix.Program.Submit();
        Assert.That(second, Is.GreaterThan(first));
        Assert.That(mix.Program.Wait(second, Patience));
        Assert.That(mix.Program.IsDone(first) && mix.Program.IsDone(second));
        Assert.That(mix.Program.IsDone(second + 1), Is.False);
        Assert.That(mix.Program.Wait(second + 1, TimeSpan.Zero), Is.False);
    }

    [Test]
    public void Dispatches_of_a_program_see_what_the_ones_before_wrote()
    {
        const int links = 50;
        using VulkanDevice device = VulkanTestDevice.Open();
        GainMixProgram[] mixes = [.. Enumerable.Range(0, links).Select(_ => new GainMixProgram(device, 1, 512))];
        KernelDispatch[] chain = [.. mixes.Select((mix, i) => i == 0 ? mix.Dispatch : mix.Dispatch with { Buffers = Fed(mix, mixes[i - 1]) })];
        foreach (GainMixProgram mix in mixes)
        {
            mix.SetGain(0, -1, -1);
        }

        using (IComputeProgram program = device.CreateProgram(chain))
        {
            for (int run = 1; run <= 20; run++)
            {
                mixes[0].Source(0).Fill(run);
                program.Run();
                Assert.That(mixes[^1].Output.ToArray(), Is.All.EqualTo(run));
            }
        }

        Array.ForEach(mixes, mix => mix.Dispose());
    }

    [Test]
    public void A_program_sees_what_one_submitted_before_it_wrote()
    {
        using VulkanDevice device = VulkanTestDevice.Open();
        using GainMixProgram first = new(device, 64, 4096);
        using GainMixProgram second = new(device, 1, 4096);
        using IComputeProgram reader = device.CreateProgram([second.Dispatch with { Buffers = Fed(second, first) }]);
        second.SetGain(0, 1, 1);
        for (int source = 0; source < first.Sources; source++)
        {
            first.SetGain(source, 1, 1);
            first.Source(source).Fill(1);
        }

        first.Program.Submit();
        reader.Run();
        Assert.That(second.Output.ToArray(), Is.All.EqualTo(64));
    }

    [Test]
    public void Programs_of_several_threads_share_a_device()
    {
        using VulkanDevice device = VulkanTestDevice.Open();
        Race.Run([.. Enumerable.Range(1, 4).Select(gain => (Action<CancellationToken>)(_ =>
        {
            for (int round = 0; round < 5; round++)
            {
                using GainMixProgram mix = new(device, 1, 256);
                mix.SetGain(0, gain, gain);
                mix.Source(0).Fill(2);
                mix.Program.Run();
                Assert.That(mix.Output.ToArray(), Is.All.EqualTo(2 * gain));
                Assert.That(device.TrySampleClock(out GpuClockSample _) || !device.Info.HasClock);
            }
        }))]);
    }

    [Test]
    public void Asking_and_sampling_allocate_nothing()
    {
        using VulkanDevice device = VulkanTestDevice.Open();
        using GainMixProgram mix = new(device, 2, 64);
        IComputeProgram program = mix.Program;
        AllocationGate.AssertNone(
            () =>
            {
                long ticket = program.Submit();
                while (!program.IsDone(ticket))
                {
                    Thread.Yield();
                }

                device.TrySampleClock(out GpuClockSample _);
            },
            warmup: 50,
            iterations: 200);
    }

    [Test]
    public void Nothing_runs_on_a_closed_device()
    {
        VulkanDevice device = VulkanTestDevice.Open();
        device.Dispose();
        device.Dispose();
        Assert.That(() => device.CreateBuffer(64), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(device.TrySampleClock(out GpuClockSample _), Is.False);
    }

    private static IComputeBuffer[] Fed(GainMixProgram mix, GainMixProgram by)
    {
        IComputeBuffer[] buffers = [.. mix.Dispatch.Buffers];
        buffers[1] = by.Dispatch.Buffers[3];
        return buffers;
    }
}
