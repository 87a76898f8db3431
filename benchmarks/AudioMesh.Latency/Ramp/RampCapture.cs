// SPDX-License-Identifier: MIT
using AudioMesh.Backends;
using AudioMesh.Backends.Jack;
using AudioMesh.Realtime;

namespace AudioMesh.Latency.Ramp;

/// <summary>A second JACK client that keeps what reaches it.</summary>
internal sealed unsafe class RampCapture : IRenderCallback, IDisposable
{
    public const string ClientName = "audiomesh-ear";

    private readonly JackBackend _backend = new();
    private readonly float[][] _heard = new float[RampSignal.Channels][];
    private readonly long[] _times;
    private readonly int _period;
    private int _frames;

    public RampCapture(string server, int frames)
    {
        StreamInfo stream = _backend.Open(
            new StreamRequest
            {
                Device = server, ClientName = ClientName, OutputChannels = 0, InputChannels = RampSignal.Channels, AutoConnect = false,
            },
            this);
        _period = stream.PeriodFrames;
        _times = new long[(frames / _period) + 1];
        for (int channel = 0; channel < _heard.Length; channel++)
        {
            _heard[channel] = GC.AllocateArray<float>(_times.Length * _period, pinned: true);
        }

        Ports = stream.Ports;
        _backend.Start();
    }

    public IReadOnlyList<string> Ports { get; }

    /// <summary>Connects as soon as the ports are there, if they come in time.</summary>
    public void Listen(IReadOnlyList<string> sources, TimeSpan limit)
    {
        long deadline = Environment.TickCount64 + (long)limit.TotalMilliseconds;
        for (int channel = 0; channel < sources.Count; channel++)
        {
            while (!TryConnect(sources[channel], Ports[channel], mayFail: Environment.TickCount64 < deadline))
            {
                Thread.Sleep(5);
            }
        }
    }

    public RampHeard Stop()
    {
        _backend.Stop();
        int frames = Volatile.Read(ref _frames);
        return new RampHeard(Array.ConvertAll(_heard, channel => channel[..frames]), frame => _times[frame / _period]);
    }

    [RealtimeSafe]
    public void Render(in DeviceBlock block)
    {
        if (_frames + block.Frames > _heard[0].Length)
        {
            return;
        }

        for (int channel = 0; channel < _heard.Length; channel++)
        {
            new ReadOnlySpan<float>(block.Inputs[channel], block.Frames).CopyTo(_heard[channel].AsSpan(_frames));
        }

        _times[_frames / _period] = block.WakeTime.Nanoseconds;
        Volatile.Write(ref _frames, _frames + block.Frames);
    }

    public void Dispose() => _backend.Dispose();

    private bool TryConnect(string source, string destination, bool mayFail)
    {
        try
        {
            _backend.Connect(source, destination);
            return true;
        }
        catch (AudioMeshException) when (mayFail)
        {
            return false;
        }
    }
}
