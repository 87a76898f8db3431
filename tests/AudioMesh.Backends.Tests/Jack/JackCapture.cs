// SPDX-License-Identifier: MIT
using AudioMesh.Backends.Jack;

namespace AudioMesh.Backends.Tests.Jack;

/// <summary>Another client of the same server, connected to what a backend plays.</summary>
internal sealed class JackCapture : IOutputCapture
{
    private const int Seconds = 20;
    private readonly JackBackend _client = new();
    private readonly Renderer _recorder;

    /// <summary>Connects to a backend that has been started once.</summary>
    public JackCapture(StreamInfo played)
    {
        _recorder = new Renderer(played.OutputChannels, played.Rate * Seconds) { WritesRamp = false };
        StreamInfo info = _client.Open(
            new StreamRequest
            {
                Device = played.Device, ClientName = "amtest-ear", OutputChannels = 0, InputChannels = played.OutputChannels, AutoConnect = false,
            },
            _recorder);
        _client.Start();
        for (int channel = 0; channel < played.OutputChannels; channel++)
        {
            _client.Connect(played.Ports[channel], info.Ports[channel]);
        }
    }

    /// <summary>The client that listens.</summary>
    public JackBackend Client => _client;

    public float[][] Take()
    {
        _client.Stop();
        return _recorder.Inputs;
    }

    public void Dispose() => _client.Dispose();
}
