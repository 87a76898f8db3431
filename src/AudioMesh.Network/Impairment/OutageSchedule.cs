// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Impairment;

/// <summary>Says when a link is out, in nanoseconds since it began.</summary>
internal sealed class OutageSchedule
{
    private const int NsPerTick = 100;

    private readonly (long Start, long End)[] _fixed;
    private readonly long _everyNs;
    private readonly long _lengthNs;
    private readonly ulong _seed;
    private long _span = -1;
    private long _randomStart;

    public OutageSchedule(ImpairmentOptions options, ulong seed)
    {
        _fixed = [.. options.Outages.Select(outage => (outage.Start.Ticks * NsPerTick, (outage.Start + outage.Length).Ticks * NsPerTick))];
        _everyNs = options.RandomOutageEvery.Ticks * NsPerTick;
        _lengthNs = options.RandomOutageLength.Ticks * NsPerTick;
        _seed = seed;
    }

    public bool IsOut(long sinceStartNs)
    {
        foreach ((long start, long end) in _fixed)
        {
            if (sinceStartNs >= start && sinceStartNs < end)
            {
                return true;
            }
        }

        return _lengthNs > 0 && sinceStartNs >= 0 && IsInRandomOutage(sinceStartNs);
    }

    // Drawn from the number of the span, so that it does not matter which packets came before.
    private bool IsInRandomOutage(long sinceStartNs)
    {
        long span = sinceStartNs / _everyNs;
        if (span != _span)
        {
            _span = span;
            Pcg32 random = new(_seed + (ulong)span);
            _randomStart = (span * _everyNs) + (long)(random.NextShare() * (_everyNs - _lengthNs));
        }

        return sinceStartNs >= _randomStart && sinceStartNs < _randomStart + _lengthNs;
    }
}
