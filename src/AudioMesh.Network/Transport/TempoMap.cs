// SPDX-License-Identifier: MIT
using AudioMesh.Backends;
using AudioMesh.Realtime;

namespace AudioMesh.Network.Transport;

/// <summary>Tempo and meter along a transport, from frame 0 on; they change at the beginnings of bars. Immutable; any thread.</summary>
public sealed class TempoMap
{
    /// <summary>The most segments.</summary>
    public const int MostSegments = 256;

    private const int LastBar = 1_000_000;

    /// <summary>What a beat is ahead of a time by no more than this part of one has begun.</summary>
    private const double BeatSlack = 1e-7;

    private readonly TempoSegment[] _segments;
    private readonly double[] _starts;
    private readonly long[] _beats;

    /// <summary>Throws InvalidArgument where the first segment is not of bar 0, bars do not rise, or a value is out of range.</summary>
    public TempoMap(IReadOnlyList<TempoSegment> segments)
    {
        if (segments.Count is 0 or > MostSegments || segments[0].Bar != 0)
        {
            throw Wrong("tempo", $"A tempo map has 1 to {MostSegments} segments, the first from bar 0 on.");
        }

        _segments = [.. segments];
        _starts = new double[_segments.Length];
        _beats = new long[_segments.Length];
        for (int i = 0; i < _segments.Length; i++)
        {
            TempoSegment segment = _segments[i];
            bool isRight = segment.BeatsPerMinute is >= 1 and <= 1000 && segment.BeatsPerBar is >= 1 and <= 64 && segment.BeatUnit is 1 or 2 or 4 or 8 or 16 or 32;
            if (!isRight || segment.Bar > LastBar || (i > 0 && segment.Bar <= _segments[i - 1].Bar))
            {
                throw Wrong("tempo", $"{segment} is out of range, or its bar is not after the one before: 1..1000 beats a minute, 1..64 to a bar.");
            }

            long beats = i == 0 ? 0 : (segment.Bar - _segments[i - 1].Bar) * (long)_segments[i - 1].BeatsPerBar;
            _beats[i] = i == 0 ? 0 : _beats[i - 1] + beats;
            _starts[i] = i == 0 ? 0 : _starts[i - 1] + (beats * BeatSeconds(_segments[i - 1]));
        }
    }

    /// <summary>120 beats a minute in 4/4.</summary>
    public static TempoMap Default { get; } = new([new TempoSegment(0, 120, 4, 4)]);

    /// <summary>What it is made of.</summary>
    public IReadOnlyList<TempoSegment> Segments => _segments;

    /// <summary>The first beat at or after a moment of the transport; before its beginning the first tempo holds.</summary>
    [RealtimeSafe]
    public TempoPoint BeatFrom(double seconds)
    {
        int index = IndexOf(seconds);
        TempoSegment segment = _segments[index];
        double beatSeconds = BeatSeconds(segment);
        long beat = (long)Math.Ceiling(((seconds - _starts[index]) / beatSeconds) - 1e-9);
        double at = _starts[index] + (beat * beatSeconds);
        if (index + 1 < _segments.Length && at > _starts[index + 1] - 1e-9)
        {
            (index, segment, beat) = (index + 1, _segments[index + 1], 0);
            (at, beatSeconds) = (_starts[index], BeatSeconds(segment));
        }

        long bar = Math.DivRem(beat, segment.BeatsPerBar, out long inBar);
        bar -= inBar < 0 ? 1 : 0;
        inBar += inBar < 0 ? segment.BeatsPerBar : 0;
        return new TempoPoint((int)Math.Clamp(segment.Bar + bar, int.MinValue, int.MaxValue), (int)inBar, at, beatSeconds);
    }

    /// <summary>The beat that a moment of the transport lies in; before its beginning the first tempo holds.</summary>
    [RealtimeSafe]
    public BeatPosition At(double seconds)
    {
        int index = IndexOf(seconds);
        TempoSegment segment = _segments[index];
        double beats = ((seconds - _starts[index]) / BeatSeconds(segment)) + BeatSlack;
        double beat = Math.Floor(beats);
        double bars = Math.Floor(beat / segment.BeatsPerBar);
        double barBeats = bars * segment.BeatsPerBar;
        return new BeatPosition(
            (int)Math.Clamp(segment.Bar + bars, int.MinValue, int.MaxValue), (int)(beat - barBeats), Math.Max(0, beats - BeatSlack - beat), _beats[index] + barBeats,
            segment.BeatsPerBar, segment.BeatUnit, segment.BeatsPerMinute);
    }

    /// <summary>Beats to a bar at a moment of the transport.</summary>
    [RealtimeSafe]
    public int BeatsPerBarAt(double seconds) => _segments[IndexOf(seconds)].BeatsPerBar;

    [RealtimeSafe]
    private static double BeatSeconds(in TempoSegment segment) => 60 / segment.BeatsPerMinute;

    private static AudioMeshException Wrong(string field, string text) => new(AudioErrorKind.InvalidArgument, text) { Field = field };

    [RealtimeSafe]
    private int IndexOf(double seconds)
    {
        int low = 0, high = _starts.Length - 1;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            (low, high) = _starts[middle] <= seconds + 1e-9 ? (middle, high) : (low, middle - 1);
        }

        return low;
    }
}
