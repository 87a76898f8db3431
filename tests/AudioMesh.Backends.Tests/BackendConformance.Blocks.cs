// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Backends.Tests;

public abstract partial class BackendConformance
{
    private const int SomeBlocks = 200;

    [Test]
    public void Blocks_have_the_shape_that_was_opened_and_come_one_at_a_time()
    {
        Renderer renderer = new();
        IAudioOutputBackend backend = NewRunning(renderer);
        Assert.That(renderer.Await(SomeBlocks), Is.True);
        StreamInfo info = backend.Stream!;
        backend.Stop();
        foreach (BlockRecord block in renderer.Blocks)
        {
            Assert.That(block.Frames, Is.InRange(1, info.PeriodFrames));
            Assert.That(block.OutputChannels, Is.EqualTo(info.OutputChannels));
            Assert.That(block.InputChannels, Is.EqualTo(info.InputChannels));
        }

        Assert.That(renderer.Overlapped, Is.False);
        Assert.That(renderer.OutputsCameSilent, Is.True);
    }

    [Test]
    public void Device_frames_follow_one_another_except_over_xruns()
    {
        Renderer renderer = new();
        IAudioOutputBackend backend = NewRunning(renderer);
        Assert.That(renderer.Await(SomeBlocks), Is.True);
        backend.Stop();
        BlockRecord[] blocks = renderer.Blocks;
        for (int i = 1; i < blocks.Length; i++)
        {
            long gap = blocks[i].DeviceFrame - blocks[i - 1].DeviceFrame - blocks[i - 1].Frames;
            Assert.That(gap, Is.GreaterThanOrEqualTo(0), $"block {i}: the device's clock went back");
            Assert.That(gap, Is.LessThanOrEqualTo(blocks[i].XrunFrames), $"block {i}: frames skipped that no xrun owns up to");
        }
    }

    [Test]
    public void Times_run_forward_at_the_rate_of_the_device()
    {
        Renderer renderer = new();
        IAudioOutputBackend backend = NewRunning(renderer);
        Assert.That(renderer.Await(SomeBlocks), Is.True);
        int rate = backend.Stream!.Rate;
        backend.Stop();
        BlockRecord[] blocks = renderer.Blocks;
        for (int i = 0; i < blocks.Length; i++)
        {
            Assert.That(blocks[i].OutputTime, Is.GreaterThanOrEqualTo(blocks[i].PeriodTime), $"block {i}: output before its period");
            Assert.That(blocks[i].InputTime, Is.LessThanOrEqualTo(blocks[i].PeriodTime), $"block {i}: input after its period");
            Assert.That(i == 0 || blocks[i].PeriodTime > blocks[i - 1].PeriodTime, Is.True, $"block {i}: time stood still");
            Assert.That(i == 0 || blocks[i].WakeTime >= blocks[i - 1].WakeTime, Is.True, $"block {i}: woke before the one before it");
        }

        // A loaded machine resets filters of device clocks: only the order of magnitude is certain.
        double elapsed = (blocks[^1].PeriodTime - blocks[0].PeriodTime) / 1e9;
        double counted = (blocks[^1].DeviceFrame - blocks[0].DeviceFrame) / (double)rate;
        Assert.That(elapsed, Is.EqualTo(counted).Within(50).Percent);
    }

    [Test]
    public void The_device_thread_allocates_nothing()
    {
        Renderer renderer = new(InputChannels, 1024);
        IAudioOutputBackend backend = New();
        backend.Open(Request() with { InputChannels = InputChannels }, renderer);
        backend.Start();
        Assert.That(renderer.Await(SomeBlocks), Is.True);
        backend.Stop();
        Assert.That(renderer.AllocatedBytes, Is.Zero);
    }

    [Test]
    public void Starts_and_stops_many_times_and_is_quiet_in_between()
    {
        Renderer renderer = new();
        IAudioOutputBackend backend = New();
        backend.Open(Request(), renderer);
        for (int i = 0; i < 10; i++)
        {
            backend.Start();
            Assert.That(renderer.Await(3), Is.True, $"start {i}");
            backend.Stop();
            int count = renderer.Count;
            Thread.Sleep(30);
            Assert.That(renderer.Count, Is.EqualTo(count), $"blocks after stop {i}");
        }

        BlockRecord[] blocks = renderer.Blocks;
        for (int i = 1; i < blocks.Length; i++)
        {
            Assert.That(blocks[i].DeviceFrame, Is.GreaterThan(blocks[i - 1].DeviceFrame), $"block {i}");
        }
    }

    [Test]
    public void A_renderer_slower_than_the_buffer_is_an_xrun()
    {
        if (!IsPaced)
        {
            Assert.Ignore("nothing is late where nothing is due");
        }

        Renderer renderer = new();
        IAudioOutputBackend backend = NewRunning(renderer);
        Assert.That(renderer.Await(20), Is.True);
        StreamInfo info = backend.Stream!;
        int before = renderer.Count;
        renderer.StallOnceMs = Math.Max(50, 10 * 1000 * info.BufferFrames / info.Rate);
        Assert.That(AwaitEvent(backend, DeviceEventKind.Xrun, out DeviceEvent xrun), Is.True);
        Assert.That(xrun.Value, Is.GreaterThanOrEqualTo(0));
        Assert.That(renderer.Await(20), Is.True, "goes on after it");
        backend.Stop();
        BlockRecord[] after = renderer.Blocks[before..];
        Assert.That(Array.Exists(after, block => block.Xruns > 0), Is.True, "a block tells of it");
    }

    [Test]
    public void Inputs_come_with_every_block()
    {
        if (InputChannels == 0)
        {
            Throws(AudioErrorKind.FormatUnsupported, () => New().Open(Request() with { InputChannels = 1 }, new Renderer()));
            return;
        }

        Renderer renderer = new(InputChannels, 4096);
        IAudioOutputBackend backend = New();
        StreamInfo info = backend.Open(Request() with { InputChannels = InputChannels, AutoConnect = false }, renderer);
        Assert.That(info.InputChannels, Is.EqualTo(InputChannels));
        backend.Start();
        Assert.That(renderer.AwaitFrames(4096), Is.True);
        backend.Stop();
        foreach (float[] input in renderer.Inputs)
        {
            Assert.That(input, Has.Length.EqualTo(4096));
            Assert.That(Array.TrueForAll(input, float.IsFinite), Is.True);
            Assert.That(InputsAreSilent && Array.Exists(input, sample => sample != 0), Is.False, "silent inputs");
        }
    }
}
