// SPDX-License-Identifier: MIT
using AudioMesh.Backends.Jack;

namespace AudioMesh.Backends.Tests.Alsa;

/// <summary>A JACK client that hears what a PCM of the JACK plugin plays.</summary>
internal sealed class JackListener : IOutputCapture
{
    private const int Seconds = 20;
    private readonly JackBackend _client = new();
    private readonly Renderer _recorder;
    private readonly int _period;

    /// <summary>Connects to <paramref name="client"/>, the plugin's name on <paramref name="server"/>.</summary>
    public JackListener(string server, string client)
    {
        const int channels = 2;
        StreamRequest request = new()
        {
            Device = server, ClientName = "am_listener", OutputChannels = 0, InputChannels = channels, AutoConnect = false,
        };
        _recorder = new Renderer(channels, 48_000 * Seconds);
        StreamInfo info = _client.Open(request, _recorder);
        _period = info.PeriodFrames;
        _client.Start();
        for (int channel = 0; channel < channels; channel++)
        {
            _client.Connect($"{client}:out_{channel:D3}", info.Ports[channel]);
        }
    }

    public float[][] Take()
    {
        _client.Stop();
        return Array.ConvertAll(_recorder.Inputs, WithoutEcho);
    }

    /// <summary>Leaves the server.</summary>
    public void Leave() => _client.Dispose();

    public void Dispose()
    {
    }

    /// <summary>A server may play the last period of a client again while that leaves: it is taken off.</summary>
    private float[] WithoutEcho(float[] samples)
    {
        int end = Array.FindLastIndex(samples, sample => sample != 0) + 1;
        while (end >= 2 * _period && samples.AsSpan(end - _period, _period).SequenceEqual(samples.AsSpan(end - (2 * _period), _period)))
        {
            end -= _period;
        }

        return samples[..end];
    }
}
