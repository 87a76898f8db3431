// SPDX-License-Identifier: MIT
using AudioMesh.Backends;
using AudioMesh.Backends.Jack;
using AudioMesh.Realtime;

namespace AudioMesh.Latency.Impulse;

/// <summary>A second JACK client that listens to a port and notes when impulses reach it.</summary>
internal sealed unsafe class ImpulseCapture : IRenderCallback, IDisposable
{
    private const float Threshold = 0.5f;
    private readonly JackBackend _backend = new();
    private readonly EventQueue<long> _arrivals = new(64);
    private readonly double _nsPerFrame;

    public ImpulseCapture(string server, string port)
    {
        StreamInfo stream = _backend.Open(
            new StreamRequest { Device = server, ClientName = "audiomesh-impulse", OutputChannels = 0, InputChannels = 1, AutoConnect = false }, this);
        _nsPerFrame = 1e9 / stream.Rate;
        _backend.Start();
        _backend.Connect(port, stream.Ports[0]);
    }

    /// <summary>Mesh time in ns of the next impulse, once it is there.</summary>
    public long? TryTake() => _arrivals.TryPop(out long arrival) ? arrival : null;

    /// <summary>Forgets what came so far: where a client is late, JACK plays its last period again, and an impulse comes twice.</summary>
    public void Forget()
    {
        while (TryTake() is not null)
        {
        }
    }

    [RealtimeSafe]
    public void Render(in DeviceBlock block)
    {
        ReadOnlySpan<float> input = new(block.Inputs[0], block.Frames);
        for (int i = 0; i < input.Length; i++)
        {
            if (input[i] > Threshold)
            {
                // Not the filtered time of the period: after a stall of the machine, JACK's filter takes seconds to follow.
                _arrivals.TryPush(block.WakeTime.Nanoseconds + (long)(i * _nsPerFrame));
            }
        }
    }

    public void Dispose() => _backend.Dispose();
}
