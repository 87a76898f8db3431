// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Network.Media;

/// <summary>All lanes of a stream, in step: what they make whole goes into the interpolator. Device thread.</summary>
[RealtimeSafe]
internal sealed unsafe class LaneSet
{
    /// <summary>Nothing is ever there of it.</summary>
    public const int NoEpoch = 0;

    /// <summary>What it costs to look at what is behind a gap, a channel; and what share of a period that may take.</summary>
    private const double LookAheadSeconds = 90e-6;
    private const double LookAheadShare = 0.25;

    private readonly FrameStore _store;
    private readonly DriftInterpolator _interpolator;
    private readonly int _channels;
    private long _maskedUntil;
    private bool _looksAhead;

    public LaneSet(StreamReceiverOptions options, FrameStore store, DriftInterpolator interpolator)
    {
        (_store, _interpolator, _channels) = (store, interpolator, options.Channels);
        Fillers = new LaneFiller[store.Lanes];
        for (int lane = 0; lane < Fillers.Length; lane++)
        {
            Fillers[lane] = new LaneFiller(store, lane, options);
        }
    }

    public LaneFiller[] Fillers { get; }

    /// <summary>How long a period is, or this stream's share of it, decides what may be done in it.</summary>
    public void SetPeriod(double seconds) => _looksAhead = _channels * LookAheadSeconds < LookAheadShare * seconds;

    /// <summary>What lies before <paramref name="frame"/> is as if it had not come.</summary>
    public void Mask(long frame) => _maskedUntil = frame;

    /// <summary>Takes in frames from <paramref name="frame"/> on, whole.</summary>
    public void Pull(int epoch, long frame, int count)
    {
        if (count == 0)
        {
            return;
        }

        foreach (LaneFiller lane in Fillers)
        {
            lane.Pull(epoch, frame, count, _maskedUntil, _interpolator.Input, _interpolator.Offset, _looksAhead && epoch != NoEpoch);
        }

        _interpolator.Take(count);
    }

    /// <summary>Takes in frames that are none of the stream's, before its frame <paramref name="next"/>.</summary>
    public void Stretch(int epoch, long next, int count)
    {
        foreach (LaneFiller lane in Fillers)
        {
            lane.Stretch(epoch, next, count, _interpolator.Input, _interpolator.Offset);
        }

        _interpolator.Take(count);
    }

    /// <summary>How many frames from <paramref name="frame"/> on are there in all lanes, at most <paramref name="limit"/>.</summary>
    public int Ready(int epoch, long frame, int limit)
    {
        int count = frame < _maskedUntil ? 0 : limit;
        for (int lane = 0; lane < Fillers.Length && count > 0; lane++)
        {
            count = _store.Map(lane).Present(epoch, frame, count);
        }

        return count;
    }

    /// <summary>The first frame of the gap that all lanes are in before <paramref name="frame"/>; that frame where one is in none.</summary>
    public long GapStart(long frame)
    {
        long start = long.MinValue;
        foreach (LaneFiller lane in Fillers)
        {
            start = Math.Max(start, lane.OpenGapFrames > 0 ? lane.OpenGapStart : frame);
        }

        return start;
    }

    /// <summary>
    /// How far to go back from <paramref name="frame"/>, where nothing is there, so that <paramref name="needed"/> frames end with the last that has come since
    /// <paramref name="start"/>, in all lanes; 0 where there are not so many.
    /// </summary>
    public int WayBack(int epoch, long start, long frame, int needed)
    {
        long from = Math.Max(start, _maskedUntil);
        if (frame - from < needed || Ready(epoch, frame, 1) > 0)
        {
            return 0;
        }

        long end = from;
        for (long at = from; at < frame;)
        {
            int there = Ready(epoch, at, (int)(frame - at));
            end = there > 0 ? at + there : end;
            at += there > 0 ? there : MostAbsent(epoch, at, (int)(frame - at));
        }

        return end - needed >= from ? (int)(frame - end) + needed : 0;
    }

    /// <summary>Frames of the gap that all lanes are in; 0 where one is in none.</summary>
    public long LeastGap()
    {
        long least = long.MaxValue;
        foreach (LaneFiller lane in Fillers)
        {
            least = Math.Min(least, lane.OpenGapFrames);
        }

        return least;
    }

    private int MostAbsent(int epoch, long frame, int limit)
    {
        int most = 1;
        for (int lane = 0; lane < Fillers.Length; lane++)
        {
            most = Math.Max(most, _store.Map(lane).Absent(epoch, frame, limit));
        }

        return most;
    }
}
