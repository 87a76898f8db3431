// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Dsp;
using AudioMesh.Realtime;

namespace AudioMesh.Graph.Nodes;

/// <summary>
/// Makes an unbroken stream of what an app writes into its ring: waits for the depth, passes sound on, fills gaps and what is no sound, and comes to an end.
/// Device thread, except for the figures.
/// </summary>
internal sealed unsafe class RingIntake(FrameRing ring, GapFiller gaps, int depth, RingSurplus? surplus)
{
    /// <summary>Training begins this long before the ring is empty, at the least: a model has to be ready by then.</summary>
    private const int ArmedMs = 20;

    // A square of this still leaves room to add up many; nobody means it by sound.
    private const float Loudest = 1e9f;

    private const long LongestPauseNs = 3_600_000_000_000;

    private State _state = State.Priming;
    private long _waitedFrames;
    private int _fillSeen;
    private long _pauseBefore;
    private long _played;
    private int _endedFrames;
    private long _gcUnderruns;
    private long _invalidFrames;

    private enum State
    {
        Priming,
        Playing,
        Gap,
        Ended,
    }

    /// <summary>Which node it is for.</summary>
    public int NodeId { get; set; }

    /// <summary>Models are worth their cost below this fill.</summary>
    public int ArmedBelow { get; set; }

    /// <summary>Frames after the end that whoever reads still has to hear.</summary>
    public int TailFrames { get; set; } = GraphFormat.MaxBlockFrames;

    /// <summary>Frames that the next block is to leave out.</summary>
    public int Surplus { get; set; }

    /// <summary>Frames played. Any thread.</summary>
    public long Played => Volatile.Read(ref _played);

    /// <summary>Gaps that a pause of the app's runtime explains. Any thread.</summary>
    public long GcUnderruns => Volatile.Read(ref _gcUnderruns);

    /// <summary>Frames that were no sound: with a NaN, an infinity or something of that kind, or behind one in a block. Any thread.</summary>
    public long InvalidFrames => Volatile.Read(ref _invalidFrames);

    /// <summary>Whether sound flows.</summary>
    [RealtimeSafe]
    public bool IsPlaying => _state == State.Playing;

    /// <summary>Whether there is nothing to hear: not yet, or not any more.</summary>
    [RealtimeSafe]
    public bool IsQuiet => _state == State.Priming || (_state == State.Ended && _endedFrames >= TailFrames);

    public static int ArmedFrames(int rate, int periodFrames) => (rate * ArmedMs / 1000) + (2 * periodFrames);

    /// <summary>Before a block of <paramref name="frames"/>: begins, or goes on after a gap, when there is enough. True when it does so now.</summary>
    [RealtimeSafe]
    public bool Advance(in RenderContext context, int frames)
    {
        FrameRingReader reader = ring.Reader;
        reader.Beat(context.OutputTime);
        if (_state is not (State.Priming or State.Gap) || !HasEnough(reader, frames))
        {
            return false;
        }

        EndGap(context, reader);
        _state = State.Playing;
        return true;
    }

    /// <summary>The stream's next frames: all of <paramref name="block"/>.</summary>
    [RealtimeSafe]
    public FrameFlags Read(in RenderContext context, in BlockView block)
    {
        FrameRingReader reader = ring.Reader;
        int frames = 0;
        FrameFlags flags = FrameFlags.None;
        if (_state == State.Playing)
        {
            frames = reader.ReadPlanar(block.Channels, block.ChannelCount, 0, block.Frames, out JamAudioFrame frame);
            flags = frame.Flags;
            Volatile.Write(ref _played, _played + frames);
            if (frames < block.Frames)
            {
                RunDry(context, reader);
            }
            else if (Surplus > 0 && surplus!.LeaveOut(block, Surplus))
            {
                flags |= FrameFlags.Discontinuity;
            }

            Surplus = 0;
            frames = CountSound(block, frames);
        }

        return _state switch
        {
            State.Playing => Pass(reader, block, frames, flags),
            State.Gap => flags | Fill(context, reader, block, frames),
            _ => flags | BeSilent(block, frames),
        };
    }

    // An app that wrote less than the depth and then rests for as long as the depth lasts has said all it wants to say for now.
    [RealtimeSafe]
    private bool HasEnough(FrameRingReader reader, int frames)
    {
        int fill = reader.ReadableFrames;
        if (fill >= depth || reader.WriterCompleted)
        {
            return true;
        }

        _waitedFrames = fill == _fillSeen && fill > 0 ? _waitedFrames + frames : 0;
        _fillSeen = fill;
        return _waitedFrames > depth;
    }

    [RealtimeSafe]
    private void RunDry(in RenderContext context, FrameRingReader reader)
    {
        _waitedFrames = 0;
        _fillSeen = 0;
        if (reader.IsCompleted)
        {
            _state = State.Ended;
            Arm(false);
            context.Events.TryPush(new RenderEvent(RenderEventKind.Ended, RenderCause.None, NodeId, context.OutputTime, _played));
        }
        else
        {
            _state = State.Gap;
            _pauseBefore = reader.WriterPauseTotalNanoseconds;
        }
    }

    /// <summary>How many of the first frames are sound; what comes behind the first that is not, is not worth looking for.</summary>
    [RealtimeSafe]
    private int CountSound(in BlockView block, int frames)
    {
        int sound = frames;
        for (int channel = 0; channel < block.ChannelCount; channel++)
        {
            ReadOnlySpan<float> samples = block.Channel(channel)[..sound];
            sound = Magnitudes.AreWithin(samples, Loudest) ? sound : FirstBeyond(samples);
        }

        if (sound < frames)
        {
            Volatile.Write(ref _invalidFrames, _invalidFrames + frames - sound);
        }

        return sound;
    }

    [RealtimeSafe]
    private static int FirstBeyond(ReadOnlySpan<float> samples)
    {
        int first = 0;
        while (first < samples.Length && Math.Abs(samples[first]) <= Loudest)
        {
            first++;
        }

        return first;
    }

    // Models are worth their cost while a gap may be near; in the first second they show what they cost.
    [RealtimeSafe]
    private FrameFlags Pass(FrameRingReader reader, in BlockView block, int frames, FrameFlags flags)
    {
        Arm(reader.ReadableFrames < ArmedBelow || _played < ring.Rate);
        return flags | gaps.Process(block, frames);
    }

    [RealtimeSafe]
    private void Arm(bool isArmed)
    {
        if (gaps.Concealer is { } concealer)
        {
            concealer.IsArmed = isArmed;
        }
    }

    [RealtimeSafe]
    private FrameFlags Fill(in RenderContext context, FrameRingReader reader, in BlockView block, int frames)
    {
        FrameFlags flags = gaps.Process(block, frames);
        reader.ReportUnderrun(block.Frames - frames);
        if (gaps.IsOverdue(ring.Rate))
        {
            Report(context, RenderCause.AppLate, 0);
        }

        return flags;
    }

    // Before the beginning there is nothing to go on with, and after the end nothing that should. An end that comes late ends what was predicted softly.
    [RealtimeSafe]
    private FrameFlags BeSilent(in BlockView block, int from)
    {
        for (int channel = 0; channel < block.ChannelCount; channel++)
        {
            block.Channel(channel)[from..].Clear();
        }

        if (_state == State.Ended && _endedFrames < TailFrames)
        {
            _endedFrames += block.Frames;
            gaps.Process(block, block.Frames);
            return FrameFlags.None;
        }

        return from == 0 ? FrameFlags.Silence : FrameFlags.None;
    }

    // The writer stamps how long its runtime has been stopped in all; what was added across the gap tells whether that made it.
    [RealtimeSafe]
    private void EndGap(in RenderContext context, FrameRingReader reader)
    {
        if (_state != State.Gap)
        {
            return;
        }

        long gap = new FrameCount(gaps.GapFrames).ToNanoseconds(ring.Rate);
        long pause = Math.Clamp(reader.WriterPauseTotalNanoseconds - _pauseBefore, 0, LongestPauseNs);
        bool isGc = 2 * pause >= gap;
        if (isGc)
        {
            Volatile.Write(ref _gcUnderruns, _gcUnderruns + 1);
        }

        Report(context, isGc ? RenderCause.Gc : RenderCause.AppLate, pause);
    }

    [RealtimeSafe]
    private void Report(in RenderContext context, RenderCause cause, long pause) => context.Events.TryPush(
        new RenderEvent(RenderEventKind.Underrun, cause, NodeId, context.OutputTime, gaps.GapFrames, pause, gaps.GapPredictedFrames));
}
