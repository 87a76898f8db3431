// SPDX-License-Identifier: MIT
using AudioMesh.Backends;
using AudioMesh.Backends.Jack;

namespace AudioMesh.Cli.Tests;

/// <summary>A JACK client that measures what comes out of others' ports.</summary>
internal sealed unsafe class JackEar : IRenderCallback, IDisposable
{
    private readonly JackBackend _backend = new();
    private readonly string _port;
    private float _peak;

    public JackEar(string server)
    {
        StreamInfo stream = _backend.Open(new StreamRequest { Device = server, ClientName = "ear", OutputChannels = 0, InputChannels = 1, AutoConnect = false }, this);
        _port = $"{stream.ClientName}:in_1";
        _backend.Start();
    }

    /// <summary>The largest magnitude of the last period.</summary>
    public float Peak => Volatile.Read(ref _peak);

    public void Listen(string port) => _backend.Connect(port, _port);

    public void Render(in DeviceBlock block) => Volatile.Write(ref _peak, Dsp.Peak.Measure(new ReadOnlySpan<float>(block.Inputs[0], block.Frames)));

    public void Dispose() => _backend.Dispose();
}
