// SPDX-License-Identifier: MIT
using AudioMesh.Backends;
using AudioMesh.Backends.Jack;
using AudioMesh.Realtime;

namespace AudioMesh.RoundTrip;

/// <summary>A JACK client that plays a sound from when it is told to, and keeps what it hears from then on: both counted in frames of one server.</summary>
internal sealed unsafe class SoundClient : IRenderCallback, IDisposable
{
    private readonly JackBackend _backend = new();
    private readonly float[] _sound;
    private readonly float[] _heard;
    private readonly long[] _periodNs;
    private readonly bool _plays;
    private readonly bool _hears;
    private int _frames;
    private int _periods;
    private volatile bool _isArmed;

    /// <summary>Plays nothing where <paramref name="sound"/> is empty, and keeps <paramref name="hearFrames"/> at most.</summary>
    public SoundClient(string server, float[] sound, int hearFrames)
    {
        (_sound, _heard, _plays, _hears) = (sound, new float[hearFrames], sound.Length > 0, hearFrames > 0);
        StreamRequest request = new()
        {
            Device = server,
            ClientName = "audiomesh-probe",
            OutputChannels = _plays ? 1 : 0,
            InputChannels = _hears ? 1 : 0,
            AutoConnect = false,
        };
        Stream = _backend.Open(request, this);
        _periodNs = new long[(Math.Max(sound.Length, hearFrames) / Stream.PeriodFrames) + 1];
        _backend.Start();
    }

    public StreamInfo Stream { get; }

    /// <summary>What it heard so far, whole periods of it.</summary>
    public Recorded Recorded
    {
        get
        {
            int periods = Volatile.Read(ref _periods);
            return new Recorded(_heard[..Math.Min(_heard.Length, periods * Stream.PeriodFrames)], _periodNs[..periods], Stream.PeriodFrames);
        }
    }

    /// <summary>Plays into a port, as soon as that is there.</summary>
    public void PlayInto(string port) => JackTripPair.Wait(() => _backend.Connect(Stream.Ports[0], port));

    /// <summary>Hears a port, as soon as that is there.</summary>
    public void Hear(string port) => JackTripPair.Wait(() => _backend.Connect(port, Stream.Ports[_plays ? 1 : 0]));

    /// <summary>Begins.</summary>
    public void Arm() => _isArmed = true;

    [RealtimeSafe]
    public void Render(in DeviceBlock block)
    {
        if (!_isArmed || _periods >= _periodNs.Length)
        {
            return;
        }

        int played = Math.Clamp(_sound.Length - _frames, 0, block.Frames);
        if (_plays && played > 0)
        {
            _sound.AsSpan(_frames, played).CopyTo(new Span<float>(block.Outputs[0], block.Frames));
        }

        int kept = Math.Clamp(_heard.Length - _frames, 0, block.Frames);
        if (_hears && kept > 0)
        {
            new ReadOnlySpan<float>(block.Inputs[0], kept).CopyTo(_heard.AsSpan(_frames));
        }

        _periodNs[_periods] = block.PeriodTime.Nanoseconds;
        _frames += block.Frames;
        Volatile.Write(ref _periods, _periods + 1);
    }

    public void Dispose() => _backend.Dispose();
}
