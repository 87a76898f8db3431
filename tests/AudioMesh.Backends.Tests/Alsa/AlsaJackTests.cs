// SPDX-License-Identifier: MIT
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
    private AlsaBackend? _backend;
    private Renderer _renderer = null!;

    [SetUp]
    public void Start()
    {
        _server = new JackServer(48_000, 256, "-S");
        _variable = LibCEnvironment.Set("JACK_DEFAULT_SERVER", _server.Name);
        _backend = new AlsaBackend();
        _renderer = new Renderer();
    }

    [TearDown]
    public void End()
    {
        _server?.Thaw();
        _backend?.Dispose();
        LeftBehind.Await("am-alsa-call");
        _variable?.Dispose();
        _server?.Dispose();
        (_server, _backend) = (null, null);
    }

    [TestCase(true, 2, 0)]
    [TestCase(false, 2, 0)]
    [TestCase(true, 0, 2)]
    [TestCase(false, 2, 2)]
    public void Asks_for_no_more_frames_than_the_device_plays(bool mapped, int outputs, int inputs)
    {
        long playedMs = Patience.MsOf(() =>
        {
            Run(new StreamRequest { UseMmap = mapped, OutputChannels = outputs, InputChannels = inputs });
            Assert.That(_renderer.AwaitFrames(3 * 48_000), Is.True);
            _backend!.Stop();
        });
        long most = (playedMs * 48) + (4 * 256);
        Assert.That(_renderer.Frames, Is.InRange(3 * 48_000, 1.01 * most), "a machine that stalls makes it slower, nothing makes it faster");
    }

    [Test]
    public void A_server_that_dies_is_a_device_that_is_lost()
    {
        Run(new StreamRequest());
        _server!.Crash();
        Assert.That(SpinWait.SpinUntil(() => _backend!.State == BackendState.Lost, Patience.Ms), Is.True);
        Assert.That(_backend!.LostReason, Does.Contain("am_jack_test"));
        CloseInTime();
        LeftBehind.Await("am-alsa-call");
        _server!.Start();
        Run(new StreamRequest());
        Assert.That(_renderer.Await(20), Is.True, "plays again");
    }

    [Test]
    public void A_server_that_hangs_is_lost_and_closed_in_time()
    {
        Run(new StreamRequest());
        _server!.Freeze();
        Assert.That(SpinWait.SpinUntil(() => _backend!.State == BackendState.Lost, Patience.Ms), Is.True);
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
        Assert.That(Patience.MsOf(_backend!.Close), Is.LessThan(Patience.GivenUpMs));
        Assert.That(_backend!.State, Is.EqualTo(BackendState.Closed));
    }

    private void Run(StreamRequest request)
    {
        _backend!.Open(request with { Device = "am_jack_test", PeriodFrames = 256, Periods = 4 }, _renderer);
        _backend!.Start();
    }
}
