// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Runtime.Versioning;
using AudioMesh.Backends.Alsa;

namespace AudioMesh.Backends.Tests.Alsa;

/// <summary>What becomes of a stream whose device fails.</summary>
[TestFixture]
[NonParallelizable]
[SupportedOSPlatform("linux")]
internal sealed class AlsaFaultTests
{
    private const int Soon = 4800;
    private AlsaBackend _backend = null!;
    private Renderer _renderer = null!;

    [SetUp]
    public void Make()
    {
        _backend = new AlsaBackend();
        _renderer = new Renderer();
    }

    [TearDown]
    public void Dispose() => _backend.Dispose();

    [TestCase(2, 0)]
    [TestCase(0, 2)]
    [TestCase(2, 2)]
    public void A_stall_is_an_xrun_that_is_counted_told_and_got_over(int outputs, int inputs)
    {
        Run(new StreamRequest { Device = TimedPcm.Device(), PeriodFrames = 128, OutputChannels = outputs, InputChannels = inputs });
        int before = _renderer.Count;
        _renderer.StallOnceMs = 100;
        AwaitEvent(DeviceEventKind.Xrun, microseconds: 50_000);
        Assert.That(_renderer.Await(20), Is.True, "goes on");
        _backend.Stop();
        BlockRecord[] blocks = _renderer.Blocks;
        int told = Array.FindIndex(blocks, before, block => block.XrunFrames >= 2400);
        Assert.That(told, Is.Positive);
        Assert.That(blocks[told].Xruns, Is.Positive);
        long jump = blocks[told].DeviceFrame - blocks[told - 1].DeviceFrame;
        Assert.That(jump, Is.EqualTo(blocks[told].XrunFrames + 128), "the device's clock jumps over what was lost");
        Assert.That(_renderer.AllocatedBytes, Is.Zero);
    }

    [Test]
    public void A_suspended_device_is_resumed_and_started_anew()
    {
        Run(new StreamRequest { Device = TimedPcm.Device("FAULT=suspend", $"AFTER={Soon}"), PeriodFrames = 128 });
        AwaitEvent(DeviceEventKind.Xrun);
        Assert.That(_renderer.Await(20), Is.True, "goes on");
        Assert.That(_backend.State, Is.EqualTo(BackendState.Running));
    }

    [TestCase(true)]
    [TestCase(false)]
    public void A_device_that_is_unplugged_is_lost(bool mapped)
    {
        Run(new StreamRequest { Device = TimedPcm.Device("FAULT=gone", $"AFTER={Soon}"), PeriodFrames = 128, UseMmap = mapped });
        CheckLost(AudioErrorKind.DeviceLost, "gone");
    }

    [Test]
    public void A_device_that_hangs_is_lost_within_seconds()
    {
        long start = Stopwatch.GetTimestamp();
        Run(new StreamRequest { Device = TimedPcm.Device("FAULT=hang", $"AFTER={Soon}"), PeriodFrames = 128 });
        CheckLost(AudioErrorKind.Timeout, "hangs");
        Assert.That(Stopwatch.GetElapsedTime(start).TotalSeconds, Is.GreaterThan(0.5));
    }

    [Test]
    public void A_device_that_does_nothing_but_run_dry_is_lost()
    {
        _backend.Open(new StreamRequest { Device = TimedPcm.Device("FAULT=dry") }, _renderer);
        AudioMeshException error = Assert.Throws<AudioMeshException>(_backend.Start);
        Assert.That(error.Kind, Is.EqualTo(AudioErrorKind.DeviceLost));
        Assert.That(error.Message, Does.Contain("xruns"));
        Assert.That(_backend.State, Is.EqualTo(BackendState.Lost));
    }

    [Test]
    public void A_device_that_does_not_start_says_why()
    {
        _backend.Open(new StreamRequest { Device = TimedPcm.Device("FAULT=nostart") }, _renderer);
        AudioMeshException error = Assert.Throws<AudioMeshException>(_backend.Start);
        Assert.That(error.Kind, Is.EqualTo(AudioErrorKind.DeviceLost));
        Assert.That(error.Message, Does.Contain("timed").And.Contain("Input/output error"));
    }

    [Test]
    public void Stop_and_close_come_back_from_a_device_that_does_not()
    {
        Run(new StreamRequest { Device = TimedPcm.Device("FAULT=stuckstop"), PeriodFrames = 128 });
        long start = Stopwatch.GetTimestamp();
        _backend.Stop();
        Assert.That(_backend.State, Is.EqualTo(BackendState.Lost), "it cannot be started again");
        int blocks = _renderer.Count;
        _backend.Close();
        Assert.That(Stopwatch.GetElapsedTime(start).TotalMilliseconds, Is.LessThan(Patience.GivenUpMs));
        Assert.That(_backend.State, Is.EqualTo(BackendState.Closed));
        Assert.That(_renderer.Count, Is.EqualTo(blocks));
        _backend.Open(new StreamRequest { Device = "null" }, _renderer);
        _backend.Start();
    }

    [Test]
    public void Stop_does_not_wait_for_the_period_to_end()
    {
        Run(new StreamRequest { Device = TimedPcm.Device("MOST=8192", "RATE=8000"), PeriodFrames = 7000 });
        Assert.That(ShortestStopMs(), Is.LessThan(500), "a period is 875 ms");
    }

    [Test]
    public void A_pcm_that_takes_everything_at_once_is_asked_no_faster_than_the_clock(
        [Values("null", "file:'/dev/null',raw")] string device, [Values(64, 4096)] int period, [Values(0, 2)] int inputs)
    {
        long start = Stopwatch.GetTimestamp();
        Run(new StreamRequest { Device = device, PeriodFrames = period, Rate = 48_000, InputChannels = inputs });
        Assert.That(_renderer.AwaitFrames(24_000), Is.True);
        _backend.Stop();
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        double early = 2 * ((2 * period) + (0.010 * 48_000) + (2 * period));
        Assert.That(_renderer.Frames, Is.LessThanOrEqualTo((seconds * 48_000) + early));
    }

    [Test]
    public void Stop_calls_off_the_wait_for_the_clock()
    {
        Run(new StreamRequest { Device = "null", PeriodFrames = 8192, Rate = 8000 });
        Assert.That(_renderer.Await(4), Is.True);
        Assert.That(ShortestStopMs(), Is.LessThan(500), "a period is 1024 ms");
    }

    private long ShortestStopMs() => Patience.ShortestMs(tries: 4, () =>
    {
        long ms = Patience.MsOf(_backend.Stop);
        _backend.Start();
        return ms;
    });

    private void Run(StreamRequest request)
    {
        _backend.Open(request, _renderer);
        _backend.Start();
    }

    private void CheckLost(AudioErrorKind kind, string reason)
    {
        DeviceEvent lost = AwaitEvent(DeviceEventKind.Lost);
        Assert.That((AudioErrorKind)lost.Value, Is.EqualTo(kind));
        Assert.That(_backend.State, Is.EqualTo(BackendState.Lost));
        Assert.That(_backend.LostReason, Does.Contain("timed").And.Contain(reason));
        int blocks = _renderer.Count;
        _backend.Close();
        Assert.That(_renderer.Count, Is.EqualTo(blocks), "no block after the loss");
    }

    private DeviceEvent AwaitEvent(DeviceEventKind kind, long microseconds = 0)
    {
        DeviceEvent found = default;
        bool came = SpinWait.SpinUntil(
            () => _backend.TryReadEvent(out found) && found.Kind == kind && found.Value >= microseconds, 10_000);
        Assert.That(came, Is.True, $"event {kind}");
        return found;
    }
}
