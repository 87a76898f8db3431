// SPDX-License-Identifier: MIT
using AudioMesh.Backends;
using AudioMesh.Backends.Jack;
using AudioMesh.Clock;
using AudioMesh.Realtime;

namespace AudioMesh.RoundTrip;

/// <summary>A JACK client that sends impulses out of one port, and counts the frames until each comes back at another: all in the time of one server.</summary>
internal sealed unsafe class ImpulseClient : IRenderCallback, IDisposable
{
    private const float Threshold = 0.3f;

    private readonly JackBackend _backend = new();
    private readonly Trip[] _trips = new Trip[1 << 16];
    private readonly int _everyFrames;
    private long _frame;
    private long _sentAt = long.MinValue;
    private long _sentNs;
    private long _nextAt;
    private int _count;
    private volatile bool _isArmed;

    /// <summary>An impulse every <paramref name="everyFrames"/>; one that has not come back by then is lost.</summary>
    public ImpulseClient(string server, int everyFrames)
    {
        _everyFrames = everyFrames;
        Stream = _backend.Open(
            new StreamRequest { Device = server, ClientName = "audiomesh-probe", OutputChannels = 1, InputChannels = 1, AutoConnect = false }, this);
        _backend.Start();
    }

    public StreamInfo Stream { get; }

    /// <summary>What came back so far, and what did not.</summary>
    public ReadOnlySpan<Trip> Trips => _trips.AsSpan(0, Volatile.Read(ref _count));

    public void Connect(string from, string to) => _backend.Connect(from, to);

    /// <summary>Begins to send.</summary>
    public void Arm() => _isArmed = true;

    [RealtimeSafe]
    public void Render(in DeviceBlock block)
    {
        Span<float> output = new(block.Outputs[0], block.Frames);
        ReadOnlySpan<float> input = new(block.Inputs[0], block.Frames);
        output.Clear();
        for (int i = 0; i < input.Length; i++)
        {
            if (_sentAt >= 0 && Math.Abs(input[i]) > Threshold)
            {
                Add((int)(_frame + i - _sentAt), block.WakeTime.Nanoseconds);
            }
        }

        if (_isArmed && _frame >= _nextAt)
        {
            if (_sentAt >= 0)
            {
                Add(-1, block.WakeTime.Nanoseconds);
            }

            output[0] = 1;
            (_sentAt, _sentNs, _nextAt) = (_frame, MeshClock.Now.Nanoseconds, _frame + _everyFrames);
        }

        _frame += block.Frames;
    }

    public void Dispose() => _backend.Dispose();

    private void Add(int frames, long now)
    {
        if (_count < _trips.Length)
        {
            _trips[_count] = new Trip(frames, _sentNs, now);
            Volatile.Write(ref _count, _count + 1);
        }

        _sentAt = long.MinValue;
    }
}
