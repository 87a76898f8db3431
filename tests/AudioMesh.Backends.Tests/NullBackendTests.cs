// SPDX-License-Identifier: MIT
using AudioMesh.Backends.Null;

namespace AudioMesh.Backends.Tests;

[TestFixture]
internal sealed class NullBackendConformance : BackendConformance
{
    protected override string MissingDevice => "no-such-device";

    protected override IAudioOutputBackend Create() => new NullBackend();

    protected override StreamRequest Request() => new() { PeriodFrames = 128 };
}

[TestFixture]
internal sealed class UnpacedNullBackendConformance : BackendConformance
{
    protected override string MissingDevice => "no-such-device";

    protected override bool IsPaced => false;

    protected override IAudioOutputBackend Create() => new NullBackend();

    protected override StreamRequest Request() => new() { PeriodFrames = 128, Paced = false };
}

[TestFixture]
internal sealed class NullBackendTests
{
    [TestCase(44_100, 441, 3)]
    [TestCase(192_000, 64, 2)]
    public void Counts_frames_exactly_as_the_clock_does(int rate, int period, int periods)
    {
        using NullBackend backend = new();
        Renderer renderer = new();
        backend.Open(new StreamRequest { Rate = rate, PeriodFrames = period, Periods = periods }, renderer);
        backend.Start();
        Assert.That(renderer.Await(500), Is.True);
        backend.Stop();
        BlockRecord first = renderer.Blocks[0];
        foreach (BlockRecord block in renderer.Blocks)
        {
            double due = first.PeriodTime.Nanoseconds + ((block.DeviceFrame - first.DeviceFrame) * 1e9 / rate);
            Assert.That((double)block.PeriodTime.Nanoseconds, Is.EqualTo(due).Within(1000));
            Assert.That(block.WakeTime, Is.GreaterThanOrEqualTo(block.PeriodTime), "woke before it was due");
        }
    }

    [TestCase(1, 0, "midi_outputs")]
    [TestCase(0, 1, "midi_inputs")]
    public void Has_no_midi_ports_and_says_so(int outputs, int inputs, string field)
    {
        using NullBackend backend = new();
        AudioMeshException error = Assert.Throws<AudioMeshException>(
            () => backend.Open(new StreamRequest { MidiOutputs = outputs, MidiInputs = inputs }, new Renderer()));
        Assert.That((error.Kind, error.Field), Is.EqualTo((AudioErrorKind.FormatUnsupported, field)));
        Assert.That(backend.State, Is.EqualTo(BackendState.Closed));
    }

    [Test]
    public void A_delay_within_the_buffer_is_caught_up_without_losing_a_frame()
    {
        using NullBackend backend = new();
        Renderer renderer = new();
        backend.Open(new StreamRequest { Rate = 48_000, PeriodFrames = 480, Periods = 16 }, renderer);
        backend.Start();
        Assert.That(renderer.Await(5), Is.True);
        renderer.StallOnceMs = 60;
        Assert.That(renderer.Await(20), Is.True);
        backend.Stop();
        BlockRecord[] blocks = renderer.Blocks;
        bool late = Array.Exists(blocks, block => block.WakeTime - block.PeriodTime > 40_000_000);
        Assert.That(late, Is.True, "the stall was felt");
        for (int i = 1; i < blocks.Length; i++)
        {
            Assert.That(blocks[i].DeviceFrame - blocks[i - 1].DeviceFrame - 480, Is.EqualTo(blocks[i].XrunFrames));
        }
    }

    [Test]
    public void An_xrun_skips_whole_periods_and_counts_them()
    {
        using NullBackend backend = new();
        Renderer renderer = new();
        backend.Open(new StreamRequest { Rate = 48_000, PeriodFrames = 48, Periods = 2 }, renderer);
        backend.Start();
        Assert.That(renderer.Await(5), Is.True);
        renderer.StallOnceMs = 50;
        Assert.That(renderer.Await(60), Is.True);
        backend.Stop();
        BlockRecord stalled = Array.Find(renderer.Blocks, block => block.XrunFrames >= 40 * 48);
        Assert.That(stalled.Xruns, Is.EqualTo(1));
        Assert.That(stalled.XrunFrames % 48, Is.Zero);
    }

    [Test]
    public void Runs_faster_than_the_clock_when_not_paced()
    {
        using NullBackend backend = new();
        Renderer renderer = new();
        backend.Open(new StreamRequest { Rate = 8000, PeriodFrames = 8192, Paced = false, OutputChannels = 1 }, renderer);
        backend.Start();
        Assert.That(renderer.AwaitFrames(600 * 8000), Is.True, "ten minutes of audio within 30 s");
        backend.Stop();
        Assert.That(renderer.Blocks[0].Freewheeling, Is.True);
    }
}
