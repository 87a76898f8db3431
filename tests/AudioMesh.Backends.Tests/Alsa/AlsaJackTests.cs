// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Runtime.Versioning;
using AudioMesh.Backends.Alsa;
using AudioMesh.Backends.Tests.Jack;

namespace AudioMesh.Backends.Tests.Alsa;

/// <summary>A PCM that another program gives the pace, and what becomes of it with that program.</summary>
[TestFixture]
[NonParallelizable]
[SupportedOSPlatform("linux")]
internal sealed class AlsaJackTests
{
    private JackServer? _server;
    private IDisposable? _variable;
    private PatientBackend? _backend;
    private Renderer _renderer = null!;

    [SetUp]
    public void Start()
    {
        _server = new JackServer(48_000, 256, "-S");
        _variable = LibCEnvironment.Set("JACK_DEFAULT_SERVER", _server.Name);
        _backend = new PatientBackend(new AlsaBackend());
        _renderer = new Renderer();
    }

    [TearDown]
    public void End()
    {
        _server?.Thaw();
        _backend?.Dispose();
        _variable?.Dispose();
        _server?.Dispose();
        (_server, _backend) = (null, null);
    }

    [TestCase(true, 2, 0)]
    [TestCase(false, 2, 0)]
    [TestCase(true, 0, 2)]
    [TestCase(false, 2, 2)]
    public void Asks_for_as_many_frames_as_the_device_plays(bool mapped, int outputs, int inputs)
    {
        Run(new StreamRequest { UseMmap = mapped, OutputChannels = outputs, InputChannels = inputs });
        Assert.That(_renderer.AwaitFrames(3 * 48_000), Is.True);
        _backend!.Stop();
        BlockRecord[] blocks = _renderer.Blocks;
        BlockRecord first = blocks[20];
        double seconds = (blocks[^1].WakeTime - first.WakeTime) / 1e9;
        double rate = (blocks[^1].DeviceFrame - first.DeviceFrame) / seconds;
        TestContext.Out.WriteLine($"{rate:F1} frames per second");
        Assert.That(rate, Is.EqualTo(48_000).Within(5).Percent);
    }

    [Test]
    public void A_server_that_dies_is_a_device_that_is_lost()
    {
        Run(new StreamRequest());
        _server!.Crash();
        Assert.That(SpinWait.SpinUntil(() => _backend!.State == BackendState.Lost, 10_000), Is.True);
        Assert.That(_backend!.LostReason, Does.Contain("am_jack_test"));
        CloseInTime();
        _server!.Start();
        Run(new StreamRequest());
        Assert.That(_renderer.Await(20), Is.True, "plays again");
    }

    [Test]
    public void A_server_that_hangs_is_lost_and_closed_in_time()
    {
        Run(new StreamRequest());
        _server!.Freeze();
        Assert.That(SpinWait.SpinUntil(() => _backend!.State == BackendState.Lost, 10_000), Is.True);
        CloseInTime();
    }

    [Test]
    public void Stops_and_closes_in_time_while_the_server_hangs()
    {
        Run(new StreamRequest());
        _server!.Freeze();
        CloseInTime();
    }

    private void CloseInTime()
    {
        long start = Stopwatch.GetTimestamp();
        _backend!.Close();
        Assert.That(Stopwatch.GetElapsedTime(start).TotalSeconds, Is.LessThan(4));
        Assert.That(_backend!.State, Is.EqualTo(BackendState.Closed));
    }

    private void Run(StreamRequest request)
    {
        _backend!.Open(request with { Device = "am_jack_test", PeriodFrames = 256, Periods = 4 }, _renderer);
        _backend!.Start();
    }
}
