// SPDX-License-Identifier: MIT
using System.Runtime.Versioning;
using AudioMesh.Backends.Alsa;
using AudioMesh.Backends.Tests.Jack;

namespace AudioMesh.Backends.Tests.Alsa;

/// <summary>ALSA's JACK plugin on a server with a dummy driver: a device that another program gives the pace.</summary>
[TestFixture(true)]
[TestFixture(false)]
[SupportedOSPlatform("linux")]
internal sealed class AlsaJackConformance(bool mapped) : BackendConformance
{
    private readonly List<JackListener> _listeners = [];
    private JackServer? _server;
    private IDisposable? _variable;

    protected override string MissingDevice => "no-such-pcm";

    protected override int? RefusedRate => 44_100;

    // Synchronous, so that the server waits for its clients: without, it drops a client's period without telling it.
    [OneTimeSetUp]
    public void StartServer()
    {
        _server = new JackServer(48_000, 256, "-S");
        _variable = LibCEnvironment.Set("JACK_DEFAULT_SERVER", _server.Name);
    }

    [OneTimeTearDown]
    public void EndServer()
    {
        _listeners.ForEach(listener => listener.Leave());
        _variable?.Dispose();
        _server?.Dispose();
    }

    protected override IAudioOutputBackend Create() => new AlsaBackend();

    protected override StreamRequest Request() => new() { Device = "am_jack_test", PeriodFrames = 256, Periods = 4, UseMmap = mapped };

    // Listeners stay to the end: a client that leaves is told to the plugin's, and libjack does not survive a client's closing meanwhile.
    protected override IOutputCapture Capture(IAudioOutputBackend open)
    {
        JackListener listener = new(_server!.Name, "am_jack_test");
        _listeners.Add(listener);
        return listener;
    }
}
