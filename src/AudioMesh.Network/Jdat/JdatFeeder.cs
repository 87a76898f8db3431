// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Realtime;

namespace AudioMesh.Network.Jdat;

/// <summary>Puts the samples of lines into a ring, on the thread that reads the lines.</summary>
internal sealed class JdatFeeder(FrameRingWriter writer, int rate, bool waitsForRoom) : IJdatHandler
{
    private const long JumpNs = 1_000_000;

    private readonly Lock _gate = new();
    private float[] _spread = [];
    private MeshTime _expected = MeshTime.Unknown;
    private bool _isStopped;
    private bool _hasMoved;
    private long _wrongFormats;
    private long _discardedFrames;
    private long _jumps;
    private string _session = "";
    private string _command = "";
    private JdatFault _lastFault;
    private volatile bool _isEnding;

    /// <summary>Lines of another rate or channel count.</summary>
    public long WrongFormats => Volatile.Read(ref _wrongFormats);

    /// <summary>Frames that were not heard because of a command to stop.</summary>
    public long DiscardedFrames => Volatile.Read(ref _discardedFrames);

    /// <summary>How often the time of a line was not the end of the one before.</summary>
    public long Jumps => Volatile.Read(ref _jumps);

    public string Session => Volatile.Read(ref _session);

    public string Command => Volatile.Read(ref _command);

    /// <summary>The last line that was refused, in words; empty where none was.</summary>
    public string LastFault
    {
        get
        {
            lock (_gate)
            {
                return _lastFault.Error == JdatError.None ? "" : _lastFault.ToString();
            }
        }
    }

    /// <summary>Ends a wait for room. Any thread.</summary>
    public void Stop() => _isEnding = true;

    public void OnAudio(in JdatAudio audio, ReadOnlySpan<float> samples)
    {
        bool fits = audio.SampleRate == rate && (audio.Channels == writer.Channels || audio.Channels == 1);
        if (!fits)
        {
            Volatile.Write(ref _wrongFormats, _wrongFormats + 1);
            OnFault(new JdatFault(JdatError.WrongFormat, audio.SampleRate == rate ? "audio_data.channels" : "audio_data.sample_rate", 0, 0));
            return;
        }

        Volatile.Write(ref _session, audio.SessionId);
        int frames = samples.Length / audio.Channels;
        if (_isStopped)
        {
            Volatile.Write(ref _discardedFrames, _discardedFrames + frames);
            return;
        }

        FrameFlags flags = audio.IsPnbtrProcessed ? FrameFlags.Predicted : FrameFlags.None;
        Put(audio.Channels == writer.Channels ? samples : Spread(samples), audio.TimestampGpu, flags | JumpBefore(audio.TimestampGpu));
        _expected = After(audio.TimestampGpu, frames);
    }

    public void OnTransport(in JdatTransport command)
    {
        _isStopped = command.Command switch
        {
            JdatTransportCommand.Play => false,
            JdatTransportCommand.Stop => true,
            _ => _isStopped,
        };
        _hasMoved |= command.Command != JdatTransportCommand.Play;
        Volatile.Write(ref _command, command.Command switch
        {
            JdatTransportCommand.Play => "play",
            JdatTransportCommand.Stop => "stop",
            _ => "locate",
        });
    }

    public void OnSyncCalibration(JdatSyncCalibration block)
    {
    }

    public void OnFault(in JdatFault fault)
    {
        lock (_gate)
        {
            _lastFault = fault;
        }
    }

    public void OnEnd() => writer.Complete();

    private FrameFlags JumpBefore(MeshTime time)
    {
        bool jumps = time.IsKnown && _expected.IsKnown && Math.Abs(time - _expected) > JumpNs;
        bool isNew = jumps || _hasMoved;
        Volatile.Write(ref _jumps, _jumps + (jumps ? 1 : 0));
        _hasMoved = false;
        return isNew ? FrameFlags.Discontinuity : FrameFlags.None;
    }

    private void Put(ReadOnlySpan<float> samples, MeshTime time, FrameFlags flags)
    {
        int channels = writer.Channels;
        while (samples.Length > 0)
        {
            int offered = samples.Length / channels;
            offered = waitsForRoom ? Math.Min(offered, writer.WritableFrames) : offered;
            int written = offered == 0 ? 0 : writer.Write(samples[..(offered * channels)], time, flags);
            samples = samples[(written * channels)..];
            time = After(time, written);
            flags &= written > 0 ? ~FrameFlags.Discontinuity : flags;
            if (!waitsForRoom || _isEnding)
            {
                return;
            }

            if (samples.Length > 0)
            {
                Thread.Sleep(1);
            }
        }
    }

    private ReadOnlySpan<float> Spread(ReadOnlySpan<float> mono)
    {
        int channels = writer.Channels;
        if (_spread.Length < mono.Length * channels)
        {
            _spread = new float[mono.Length * channels];
        }

        for (int frame = 0; frame < mono.Length; frame++)
        {
            _spread.AsSpan(frame * channels, channels).Fill(mono[frame]);
        }

        return _spread.AsSpan(0, mono.Length * channels);
    }

    private MeshTime After(MeshTime time, int frames) => time.IsKnown ? time.Add(new FrameCount(frames).ToNanoseconds(rate)) : time;
}
