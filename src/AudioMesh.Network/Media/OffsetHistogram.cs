// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Realtime;

namespace AudioMesh.Network.Media;

/// <summary>
/// Where packets fall relative to what is read, a bin for each frame, the older the lighter. Its two quantiles are kept up to date with every addition, at the cost of a step or two. Network thread.
/// </summary>
[RealtimeSafe]
internal sealed class OffsetHistogram(int bins, double upperShare)
{
    private const double LowerShare = 0.01;
    private const double HeaviestWeight = 1e6;
    private const int RecentAdditions = 2048;

    private readonly double[] _mass = new double[bins];
    private readonly Addition[] _recent = new Addition[RecentAdditions];
    private int _last;
    private double _total;
    private double _above;
    private double _below;
    private double _weight;
    private int _upper;
    private int _lower;
    private int _outside;
    private long _origin;

    /// <summary>Additions since it was empty.</summary>
    public long Count { get; private set; }

    /// <summary>What no more than the upper share of all exceed.</summary>
    public long Upper => _origin + _upper;

    /// <summary>What a hundredth of all do not exceed: the fastest.</summary>
    public long Lower => _origin + _lower;

    /// <summary>Adds one that came at <paramref name="arrival"/>; what came <paramref name="memory"/> additions before counts a third of it.</summary>
    public void Add(long offset, MeshTime arrival, double memory)
    {
        if (Count == 0)
        {
            Begin(offset);
        }

        int bin = (int)Math.Clamp(offset - _origin, 0, bins - 1);
        _outside = bin == offset - _origin ? 0 : _outside + 1;
        if (_outside > bins / 16)
        {
            Clear();
            Begin(offset);
            bin = bins / 4;
        }

        Count++;
        _weight *= 1 + (1 / Math.Max(memory, 1));
        Put(bin, _weight);
        _last = (_last + 1) % RecentAdditions;
        _recent[_last] = new Addition(arrival, bin, _weight);
        if (_weight > HeaviestWeight)
        {
            Lighten();
        }

        Settle();
    }

    /// <summary>Forgets what came since <paramref name="time"/>, of the last two thousand.</summary>
    public void ForgetSince(MeshTime time)
    {
        while (Count > 0 && _recent[_last].Weight > 0 && _recent[_last].Arrival >= time)
        {
            Put(_recent[_last].Bin, -_recent[_last].Weight);
            _recent[_last].Weight = 0;
            _last = (_last + RecentAdditions - 1) % RecentAdditions;
            Count--;
        }

        if (Count == 0)
        {
            Clear();
            return;
        }

        Settle();
    }

    /// <summary>From now on all of it is so many frames further.</summary>
    public void Shift(long frames) => _origin += frames;

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        _mass.AsSpan().Clear();
        _recent.AsSpan().Clear();
        Count = 0;
    }

    private void Begin(long offset)
    {
        _origin = offset - (bins / 4);
        (_total, _above, _below, _weight, _outside) = (0, 0, 0, 1, 0);
        (_upper, _lower) = (bins / 4, bins / 4);
    }

    private void Put(int bin, double weight)
    {
        _mass[bin] += weight;
        _total += weight;
        _above += bin > _upper ? weight : 0;
        _below += bin < _lower ? weight : 0;
    }

    private void Settle()
    {
        double most = upperShare * _total;
        while (_above > most && _upper < bins - 1)
        {
            _above -= _mass[++_upper];
        }

        while (_upper > 0 && _above + _mass[_upper] <= most)
        {
            _above += _mass[_upper--];
        }

        double least = LowerShare * _total;
        while (_below > least && _lower > 0)
        {
            _below -= _mass[--_lower];
        }

        while (_lower < bins - 1 && _below + _mass[_lower] <= least)
        {
            _below += _mass[_lower++];
        }
    }

    // Sums anew, so that rounding does not add up.
    private void Lighten()
    {
        (_total, _above, _below) = (0, 0, 0);
        for (int bin = 0; bin < bins; bin++)
        {
            double mass = _mass[bin] /= _weight;
            _total += mass;
            _above += bin > _upper ? mass : 0;
            _below += bin < _lower ? mass : 0;
        }

        foreach (ref Addition addition in _recent.AsSpan())
        {
            addition.Weight /= _weight;
        }

        _weight = 1;
    }

    private record struct Addition(MeshTime Arrival, int Bin, double Weight);
}
