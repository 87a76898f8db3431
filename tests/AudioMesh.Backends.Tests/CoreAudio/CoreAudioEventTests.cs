// SPDX-License-Identifier: MIT
using AudioMesh.Backends.CoreAudio;

namespace AudioMesh.Backends.Tests.CoreAudio;

/// <summary>What happens to a running device reaches the blocks, the events and the state.</summary>
[TestFixture]
internal sealed class CoreAudioEventTests : CoreAudioFixture
{
    private static readonly StreamRequest Small = new() { Device = Interface, PeriodFrames = 128 };

    [Test]
    public void An_overload_is_one_xrun_with_the_frames_it_cost()
    {
        Renderer renderer = new();
        CoreAudioBackend backend = NewRunning(Small, renderer);
        Assert.That(renderer.Await(5), Is.True);
        Hal.Overload(Interface, 4800);
        SpinWait.SpinUntil(() => Array.Exists(renderer.Blocks, block => block.XrunFrames >= 4800), Patience.Ms);
        backend.Stop();
        BlockRecord[] blocks = renderer.Blocks;
        int hit = Array.FindIndex(blocks, block => block.XrunFrames >= 4800);
        Assert.That(hit, Is.Positive, "a block tells of it");
        Assert.That(blocks[hit].Xruns, Is.EqualTo(1));
        Assert.That(blocks[hit].DeviceFrame - blocks[hit - 1].DeviceFrame - 128, Is.EqualTo(blocks[hit].XrunFrames));
        long longest = 0;
        while (backend.TryReadEvent(out DeviceEvent told))
        {
            longest = told.Kind == DeviceEventKind.Xrun ? Math.Max(longest, told.Value) : longest;
        }

        Assert.That(longest, Is.InRange(100_000, 60_000_000), "microseconds");
    }

    [Test]
    public void Every_overload_is_counted_once()
    {
        Renderer renderer = new();
        CoreAudioBackend backend = NewRunning(Small, renderer);
        for (int i = 0; i < 10; i++)
        {
            Hal.Overload(Interface, 256);
            Assert.That(renderer.Await(5), Is.True);
        }

        backend.Stop();
        int jumps = Jumps(renderer.Blocks);
        Assert.That(jumps, Is.GreaterThanOrEqualTo(10));
        Assert.That(renderer.Blocks.Sum(block => block.Xruns), Is.EqualTo(jumps));
    }

    // A busy machine may jump twice and announce it at once.
    [Test]
    [Retry(5)]
    public void An_overload_announced_after_its_jump_is_not_counted_again()
    {
        Renderer renderer = new();
        CoreAudioBackend backend = NewRunning(Small, renderer);
        Hal.HoldNotifications(true);
        Hal.Overload(Interface, 4800);
        Assert.That(SpinWait.SpinUntil(() => Array.Exists(renderer.Blocks, block => block.XrunFrames >= 4800), Patience.Ms), Is.True);
        Hal.HoldNotifications(false);
        Hal.FlushNotifications();
        Assert.That(renderer.Await(5), Is.True);
        backend.Stop();
        Assert.That(renderer.Blocks.Sum(block => block.Xruns), Is.EqualTo(Jumps(renderer.Blocks)));
    }

    [Test]
    public void An_unplugged_device_is_lost_and_can_be_opened_when_it_returns()
    {
        Renderer renderer = new();
        CoreAudioBackend backend = NewRunning(Small, renderer);
        Hal.Unplug(Interface);
        AwaitLost(backend, "unplugged");
        Throws(AudioErrorKind.NotFound, () => New().Open(Small, new Renderer()));
        backend.Stop();
        Assert.That(backend.State, Is.EqualTo(BackendState.Lost));
        backend.Close();
        AssertNothingIsLeft();
        Hal.Replug(Interface);
        backend.Open(Small, renderer);
        backend.Start();
        Assert.That(renderer.Await(5), Is.True);
    }

    [Test]
    public void An_open_device_that_is_unplugged_is_lost_before_it_starts()
    {
        CoreAudioBackend backend = New();
        backend.Open(Small, new Renderer());
        Hal.Unplug(Interface);
        AwaitLost(backend, "unplugged");
        Throws(AudioErrorKind.InvalidState, backend.Start);
    }

    [Test]
    public void A_restart_of_the_audio_server_loses_the_device()
    {
        Renderer renderer = new();
        CoreAudioBackend backend = NewRunning(Small, renderer);
        Hal.RestartService();
        AwaitLost(backend, "server restarted");
        backend.Close();
        AssertNothingIsLeft();
        backend.Open(Small, renderer);
        backend.Start();
    }

    [Test]
    public void A_device_that_stops_by_itself_is_lost()
    {
        CoreAudioBackend backend = NewRunning(Small, new Renderer());
        Hal.StopAbnormally(Interface);
        AwaitLost(backend, "stopped by itself");
    }

    [TestCase(4, 2, true)]
    [TestCase(2, 4, false)]
    public void A_device_with_other_channels_is_lost_when_it_plays_on_them(int outputs, int inputs, bool isLost)
    {
        Hal.ChangeLayout(Interface, 2, 2);
        Renderer renderer = new();
        CoreAudioBackend backend = NewRunning(Small, renderer);
        Hal.ChangeLayout(Interface, outputs, inputs);
        Hal.ChangeLatency(Interface, 77, 0, 0);
        if (isLost)
        {
            AwaitLost(backend, "channels");
            backend.Close();
            backend.Open(Small with { OutputChannels = outputs }, renderer);
            backend.Start();
        }
        else
        {
            AwaitEvent(backend, DeviceEventKind.LatencyChanged);
        }

        Assert.That(renderer.Await(5), Is.True);
        Assert.That(backend.State, Is.EqualTo(BackendState.Running));
    }

    [Test]
    public void A_device_that_hangs_is_lost()
    {
        CoreAudioBackend backend = NewRunning(Small, new Renderer());
        Hal.Stall(Interface, true);
        AwaitLost(backend, "stopped calling back");
        backend.Close();
        AssertNothingIsLeft();
    }

    [Test]
    public void A_stopped_device_does_not_count_as_hanging()
    {
        CoreAudioBackend backend = NewRunning(Small, new Renderer());
        backend.Stop();
        Thread.Sleep(2500);
        Assert.That(backend.State, Is.EqualTo(BackendState.Open));
        backend.Start();
        Assert.That(backend.State, Is.EqualTo(BackendState.Running));
    }

    [Test]
    public void Another_default_device_is_told_and_changes_nothing()
    {
        Renderer renderer = new();
        CoreAudioBackend backend = NewRunning(new StreamRequest { PeriodFrames = 128 }, renderer);
        Hal.SetDefault(Interface, input: true);
        Hal.SetDefault(Interface, input: false);
        AwaitEvent(backend, DeviceEventKind.DefaultDeviceChanged);
        Hal.FlushNotifications();
        Assert.That(backend.TryReadEvent(out DeviceEvent more) && more.Kind == DeviceEventKind.DefaultDeviceChanged, Is.False, "only of what it plays on");
        Assert.That(backend.Stream!.Device, Is.EqualTo(Speakers));
        Assert.That(renderer.Await(5), Is.True);
        Assert.That(New().Open(new StreamRequest(), new Renderer()).Device, Is.EqualTo(Interface));
    }

    [Test]
    public void A_rate_changed_by_another_program_is_told()
    {
        Renderer renderer = new();
        CoreAudioBackend backend = NewRunning(Small, renderer);
        Assert.That(renderer.Await(20), Is.True);
        Hal.ChangeRate(Interface, 96_000);
        Assert.That(AwaitEvent(backend, DeviceEventKind.RateChanged).Value, Is.EqualTo(96_000));
        Assert.That(backend.Stream!.Rate, Is.EqualTo(96_000));
        Assert.That(renderer.Await(50), Is.True, "the stream goes on");
        backend.Stop();
        BlockRecord[] blocks = renderer.Blocks;
        for (int i = 1; i < blocks.Length; i++)
        {
            Assert.That(blocks[i].DeviceFrame, Is.GreaterThanOrEqualTo(blocks[i - 1].DeviceFrame + 128), "the device's clock went back");
        }

        BlockRecord last = blocks[^1];
        Assert.That((last.OutputTime - last.PeriodTime) / 1e9 * 96_000, Is.EqualTo(backend.Stream!.OutputLatencyFrames).Within(0.1));
    }

    [Test]
    public void What_is_lost_counts_in_full_after_the_devices_clock_began_anew()
    {
        Renderer renderer = new();
        CoreAudioBackend backend = NewRunning(Small, renderer);
        Assert.That(renderer.Await(100), Is.True);
        Hal.ChangeRate(Interface, 96_000);
        AwaitEvent(backend, DeviceEventKind.RateChanged);
        Hal.Overload(Interface, 4800);
        Assert.That(SpinWait.SpinUntil(() => Array.Exists(renderer.Blocks, block => block.XrunFrames >= 4800), Patience.Ms), Is.True);
    }

    [Test]
    public void A_period_changed_by_another_program_is_told()
    {
        Renderer renderer = new();
        CoreAudioBackend backend = NewRunning(Small, renderer);
        Hal.ChangeBuffer(Interface, 512);
        Assert.That(AwaitEvent(backend, DeviceEventKind.PeriodChanged).Value, Is.EqualTo(512));
        Assert.That(backend.Stream!.PeriodFrames, Is.EqualTo(512));
        Assert.That(backend.Stream.OutputLatencyFrames, Is.EqualTo(512 + 16 + 43));
        Assert.That(renderer.Await(3), Is.True);
        Assert.That(renderer.Blocks[^1].Frames, Is.EqualTo(512));
    }

    [Test]
    public void A_latency_that_changes_is_told()
    {
        CoreAudioBackend backend = NewRunning(Small, new Renderer());
        Hal.ChangeLatency(Interface, 100, 50, 20);
        AwaitEvent(backend, DeviceEventKind.LatencyChanged);
        Assert.That(backend.Stream!.OutputLatencyFrames, Is.EqualTo(128 + 20 + 150));
    }

    private static int Jumps(BlockRecord[] blocks) => Enumerable.Range(1, blocks.Length - 1)
        .Count(i => blocks[i].DeviceFrame != blocks[i - 1].DeviceFrame + blocks[i - 1].Frames);
}
