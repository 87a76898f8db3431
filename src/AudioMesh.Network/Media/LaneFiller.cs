// SPDX-License-Identifier: MIT
using AudioMesh.Concealment;
using AudioMesh.Graph;
using AudioMesh.Realtime;

namespace AudioMesh.Network.Media;

/// <summary>Makes a lane's stream whole: what came as it came, what did not as it is predicted. Device thread.</summary>
[RealtimeSafe]
internal sealed unsafe class LaneFiller : IDisposable
{
    private const int MostLater = 64;
    private const int FadesPerSecond = 200;

    private readonly FrameStore _store;
    private readonly PresenceMap _map;
    private readonly Declicker? _declicker;
    private readonly PinnedPlanes _later;
    private readonly int _lane;
    private readonly int _first;
    private readonly int _channels;
    private readonly int _fadeFrames;
    private bool _hasSound;
    private int _fadeLeft;
    private long _missing;
    private long _predicted;
    private long _gaps;

    public LaneFiller(FrameStore store, int lane, StreamReceiverOptions options)
    {
        (_store, _lane, _map) = (store, lane, store.Map(lane));
        (_first, _channels) = (store.FirstChannelOf(lane), store.ChannelsOf(lane));
        _fadeFrames = options.Rate / FadesPerSecond;
        _later = new PinnedPlanes(_channels, MostLater);
        if (options.Predicts)
        {
            Concealer = new StreamConcealer(new ConcealerOptions { Channels = _channels, Rate = options.Rate, Profile = options.Profile });
        }
        else
        {
            _declicker = new Declicker(_channels);
        }
    }

    /// <summary>What predicts; null where nothing does.</summary>
    public StreamConcealer? Concealer { get; }

    /// <summary>Gaps so far. Any thread.</summary>
    public long Gaps => Volatile.Read(ref _gaps);

    /// <summary>Frames in them. Any thread.</summary>
    public long MissingFrames => Volatile.Read(ref _missing);

    /// <summary>Frames of them that prediction made audible. Any thread.</summary>
    public long PredictedFrames => Volatile.Read(ref _predicted);

    /// <summary>Frames of the gap that the last ones belong to; 0 where they came.</summary>
    public long OpenGapFrames { get; private set; }

    /// <summary>The stream's frame that this gap began with.</summary>
    public long OpenGapStart { get; private set; }

    /// <summary>
    /// Writes frames <paramref name="frame"/>.. of the stream to the lane's channels of <paramref name="to"/>. Those before <paramref name="maskedUntil"/> are as if they had not come.
    /// </summary>
    public void Pull(int epoch, long frame, int count, long maskedUntil, float** to, int offset, bool looksAhead)
    {
        for (int done = 0; done < count;)
        {
            long at = frame + done;
            int left = count - done;
            int masked = (int)Math.Clamp(maskedUntil - at, 0, left);
            int present = masked > 0 ? 0 : _map.Present(epoch, at, left);
            if (present > 0)
            {
                _store.Read(_lane, at, present, to + _first, offset + done);
                Receive(to + _first, offset + done, present);
                done += present;
                continue;
            }

            int absent = masked > 0 ? masked : _map.Absent(epoch, at, left);
            if (absent == 0)
            {
                // It has come just now.
                continue;
            }

            OpenGapStart = OpenGapFrames == 0 ? at : OpenGapStart;
            Fill(to + _first, offset + done, absent, looksAhead ? Later(epoch, at + absent) : 0);
            done += absent;
        }
    }

    /// <summary>Puts in frames that are none of the stream's, before its frame <paramref name="next"/>.</summary>
    public void Stretch(int epoch, long next, int count, float** to, int offset)
    {
        (long missing, long predicted, long gaps) = (_missing, _predicted, _gaps);
        OpenGapStart = OpenGapFrames == 0 ? next : OpenGapStart;
        Fill(to + _first, offset, count, Later(epoch, next));
        Volatile.Write(ref _missing, missing);
        Volatile.Write(ref _predicted, predicted);
        Volatile.Write(ref _gaps, gaps);
    }

    public void Dispose() => Concealer?.Dispose();

    private int Later(int epoch, long frame)
    {
        int count = Concealer is null ? 0 : _map.Present(epoch, frame, MostLater);
        if (count > 0)
        {
            _store.Read(_lane, frame, count, _later.Pointers, 0);
        }

        return count;
    }

    private void Receive(float** to, int offset, int count)
    {
        bool wasGap = OpenGapFrames > 0 || !_hasSound;
        bool wasSilent = !_hasSound || OpenGapFrames > Math.Max(AudibleFrames, _fadeFrames);
        OpenGapFrames = 0;
        _hasSound = true;
        Concealer?.Receive(to, offset, count);
        Declick(to, offset, count, wasGap);
        _fadeLeft = wasSilent ? _fadeFrames : _fadeLeft;
        FadeIn(to, offset, Math.Min(count, _fadeLeft));
    }

    private int AudibleFrames => Concealer?.AudibleFrames ?? 0;

    private void Fill(float** to, int offset, int count, int later)
    {
        bool isFirst = OpenGapFrames == 0;
        int audible = _hasSound ? (int)Math.Clamp(AudibleFrames - OpenGapFrames, 0, count) : 0;
        if (audible > 0)
        {
            Concealer!.FillBetween(to, offset, count, _later.Pointers, 0, later);
        }
        else
        {
            for (int channel = 0; channel < _channels; channel++)
            {
                new Span<float>(to[channel] + offset, count).Clear();
            }
        }

        Declick(to, offset, count, isFirst);
        OpenGapFrames += count;
        if (_hasSound)
        {
            Volatile.Write(ref _gaps, _gaps + (isFirst ? 1 : 0));
            Volatile.Write(ref _missing, _missing + count);
            Volatile.Write(ref _predicted, _predicted + audible);
        }
    }

    private void Declick(float** to, int offset, int count, bool jumps)
    {
        if (_declicker is null)
        {
            return;
        }

        float** at = stackalloc float*[_channels];
        for (int channel = 0; channel < _channels; channel++)
        {
            at[channel] = to[channel] + offset;
        }

        _declicker.Process(new BlockView(at, _channels, count, FrameFlags.None), jumps ? 0 : -1);
    }

    private void FadeIn(float** to, int offset, int count)
    {
        for (int channel = 0; channel < _channels && count > 0; channel++)
        {
            float* samples = to[channel] + offset;
            for (int i = 0; i < count; i++)
            {
                samples[i] *= 1 - ((float)(_fadeLeft - i) / _fadeFrames);
            }
        }

        _fadeLeft -= count;
    }
}
