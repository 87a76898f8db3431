// SPDX-License-Identifier: MIT
using AudioMesh.Concealment;
using AudioMesh.Realtime;

namespace AudioMesh.Graph;

/// <summary>
/// Fills what is missing of a node's sound and keeps account of it. What is missing is predicted from what came before, until that has faded; without
/// prediction it is silence between soft edges. A stream with nothing missing passes unchanged, bit for bit.
/// </summary>
/// <param name="channels">Channels of the stream.</param>
/// <param name="predicts">Whether it predicts.</param>
public sealed unsafe class GapFiller(int channels, bool predicts) : IDisposable
{
    private readonly Declicker _declicker = new(channels);
    private StreamConcealer? _concealer;
    private bool _isOpen;
    private bool _isReported;
    private long _gaps;
    private long _missingFrames;
    private long _predictedFrames;

    /// <summary>What predicts, which the engine's model worker trains; null where nothing does.</summary>
    public StreamConcealer? Concealer => _concealer;

    /// <summary>Gaps so far. Any thread.</summary>
    public long Gaps => Volatile.Read(ref _gaps);

    /// <summary>Frames in them. Any thread.</summary>
    public long MissingFrames => Volatile.Read(ref _missingFrames);

    /// <summary>Frames of them that prediction made audible. Any thread.</summary>
    public long PredictedFrames => Volatile.Read(ref _predictedFrames);

    /// <summary>Whether the last block ended in a gap. Device thread.</summary>
    public bool IsGap => _isOpen;

    /// <summary>Frames of the last gap, or of the open one so far. Device thread.</summary>
    public long GapFrames { get; private set; }

    /// <summary>Frames of that gap that prediction made audible. Device thread.</summary>
    public long GapPredictedFrames { get; private set; }

    /// <summary>Gets ready for a stream of <paramref name="rate"/> frames a second. Control side, while neither rendered nor trained.</summary>
    public void Prepare(int rate, ConcealmentProfile profile = ConcealmentProfile.Default)
    {
        if (!predicts || _concealer?.Rate == rate)
        {
            return;
        }

        _concealer?.Dispose();
        _concealer = new StreamConcealer(new ConcealerOptions { Channels = channels, Rate = rate, Profile = profile });
    }

    /// <summary>
    /// Passes one block of which the first <paramref name="frames"/> frames came, and fills the rest. Returns what is to be said of the rest. Device thread.
    /// </summary>
    [RealtimeSafe]
    public FrameFlags Process(in BlockView block, int frames)
    {
        bool wasOpen = _isOpen;
        _isOpen = frames < block.Frames;
        if (_isOpen && (!wasOpen || frames > 0))
        {
            Begin();
        }

        int predicted = _concealer is null ? Silence(block, frames, wasOpen) : Predict(_concealer, block, frames);
        if (!_isOpen)
        {
            return FrameFlags.None;
        }

        GapFrames += block.Frames - frames;
        GapPredictedFrames += predicted;
        Volatile.Write(ref _missingFrames, _missingFrames + block.Frames - frames);
        Volatile.Write(ref _predictedFrames, _predictedFrames + predicted);
        return predicted > 0 ? FrameFlags.Dropout | FrameFlags.Predicted : FrameFlags.Dropout;
    }

    /// <summary>True once in a gap that is longer than <paramref name="frames"/>: so that what does not end is told of on its way. Device thread.</summary>
    [RealtimeSafe]
    public bool IsOverdue(int frames)
    {
        bool isOverdue = _isOpen && !_isReported && GapFrames >= frames;
        _isReported |= isOverdue;
        return isOverdue;
    }

    /// <summary>Frees its memory. Control side, when neither rendered nor trained any more.</summary>
    public void Dispose() => _concealer?.Dispose();

    [RealtimeSafe]
    private void Begin()
    {
        _isReported = false;
        GapFrames = 0;
        GapPredictedFrames = 0;
        Volatile.Write(ref _gaps, _gaps + 1);
    }

    /// <summary>Returns how many of the frames it wrote are audible.</summary>
    [RealtimeSafe]
    private int Predict(StreamConcealer concealer, in BlockView block, int frames)
    {
        int missing = block.Frames - frames;
        if (frames > 0)
        {
            concealer.Receive(block.Channels, 0, frames);
        }

        int audible = (int)Math.Clamp(concealer.AudibleFrames - GapFrames, 0, missing);
        if (audible > 0)
        {
            concealer.Fill(block.Channels, frames, missing);
        }
        else
        {
            Clear(block, frames);
        }

        return audible;
    }

    [RealtimeSafe]
    private int Silence(in BlockView block, int frames, bool wasOpen)
    {
        Clear(block, frames);
        _declicker.Process(block, !wasOpen && _isOpen ? frames : wasOpen && frames > 0 ? 0 : -1);
        return 0;
    }

    [RealtimeSafe]
    private static void Clear(in BlockView block, int from)
    {
        for (int channel = 0; channel < block.ChannelCount; channel++)
        {
            block.Channel(channel)[from..].Clear();
        }
    }
}
