// SPDX-License-Identifier: MIT
using AudioMesh.Backends;
using AudioMesh.Backends.Jack;

namespace AudioMesh.Engine.Tests;

/// <summary>A JACK client that keeps what comes out of others' ports, from when it is connected to the first of them.</summary>
internal sealed unsafe class JackEar : IRenderCallback, IDisposable
{
    private readonly JackBackend _backend = new();
    private readonly float[] _samples;
    private readonly int _channels;
    private int _heard;
    private int _xruns;
    private volatile bool _listens;

    /// <summary>Of so many channels, and at most so many frames.</summary>
    public JackEar(string server, int channels, int frames)
    {
        _channels = channels;
        _samples = new float[channels * frames];
        _backend.Open(new StreamRequest { Device = server, ClientName = "ear", OutputChannels = 0, InputChannels = channels, AutoConnect = false }, this);
        _backend.Start();
    }

    /// <summary>What it heard, interleaved.</summary>
    public float[] Heard => _samples[..Volatile.Read(ref _heard)];

    /// <summary>Xruns that the server told it of.</summary>
    public int Xruns => Volatile.Read(ref _xruns);

    public void Listen(IReadOnlyList<string> ports)
    {
        _listens = true;
        for (int channel = 0; channel < _channels; channel++)
        {
            _backend.Connect(ports[channel], _backend.Stream!.Ports[channel]);
        }
    }

    public void Render(in DeviceBlock block)
    {
        if (!_listens)
        {
            return;
        }

        _xruns += block.Xruns;
        int frames = Math.Min(block.Frames, (_samples.Length - _heard) / _channels);
        for (int channel = 0; channel < _channels; channel++)
        {
            for (int frame = 0; frame < frames; frame++)
            {
                _samples[_heard + (frame * _channels) + channel] = block.Inputs[channel][frame];
            }
        }

        Volatile.Write(ref _heard, _heard + (frames * _channels));
    }

    public void Dispose() => _backend.Dispose();
}
