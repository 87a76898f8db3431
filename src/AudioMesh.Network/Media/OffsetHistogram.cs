// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Realtime;

namespace AudioMesh.Network.Media;

/// <summary>
/// Where packets fall relative to what is read, a bin for each frame, the older the lighter: the fastest of them, and how deep it is worth to wait for the others. Network thread.
/// </summary>
/// <param name="bins">Frames that it spans.</param>
/// <param name="worth">The share of packets that one frame more of depth has to keep from being late.</param>
[RealtimeSafe]
internal sealed class OffsetHistogram(int bins, double worth)
{
    private const double LowerShare = 0.01;
    private const double HeaviestWeight = 1e6;
    private const double Forgotten = 1e-7;
    private const int RecentAdditions = 2048;
    private const int LookEvery = 16;

    private readonly double[] _mass = new double[bins];
    private readonly Addition[] _recent = new Addition[RecentAdditions];
    private int _last;
    private double _total;
    private double _below;
    private double _weight;
    private int _upper;
    private int _highest;
    private int _lower;
    private int _outside;
    private long _origin;

    /// <summary>Additions since it was empty.</summary>
    public long Count { get; private set; }

    /// <summary>From here on, no further frames are worth what they would keep from being late.</summary>
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

        Settle(bin > _upper || Count % LookEvery == 0);
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

        Settle(looksUp: true);
    }

    /// <summary>What has come until now counts so many times less than what comes.</summary>
    public void Discount(double times) => _weight *= times;

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
        (_total, _below, _weight, _outside) = (0, 0, 1, 0);
        (_upper, _lower, _highest) = (bins / 4, bins / 4, bins / 4);
    }

    private void Put(int bin, double weight)
    {
        _mass[bin] += weight;
        _total += weight;
        _highest = Math.Max(_highest, bin);
        _below += bin < _lower ? weight : 0;
    }

    private void Settle(bool looksUp)
    {
        double least = LowerShare * _total;
        while (_below > least && _lower > 0)
        {
            _below -= _mass[--_lower];
        }

        while (_lower < bins - 1 && _below + _mass[_lower] <= least)
        {
            _below += _mass[_lower++];
        }

        if (looksUp)
        {
            FindUpper();
        }
    }

    /// <summary>The deepest place at which what is late beyond it and what the depth costs are least together.</summary>
    private void FindUpper()
    {
        double perFrame = worth * _total;
        while (_highest > _lower && _mass[_highest] <= Forgotten * _total)
        {
            _highest--;
        }

        _upper = _highest;
        double above = 0;
        double least = perFrame * (_highest - _lower);
        for (int bin = _highest - 1; bin >= _lower; bin--)
        {
            above += _mass[bin + 1];
            double cost = above + (perFrame * (bin - _lower));
            if (cost < least)
            {
                (_upper, least) = (bin, cost);
            }
        }
    }

    // Sums anew, so that rounding does not add up.
    private void Lighten()
    {
        (_total, _below) = (0, 0);
        for (int bin = 0; bin < bins; bin++)
        {
            double mass = _mass[bin] /= _weight;
            _total += mass;
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
