// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Bus;

/// <summary>The hybrid logical clock of one host (figure 5 of the paper named at <see cref="BusStamp"/>). Under the bus' gate.</summary>
internal sealed class BusClock(Func<long> utcNs, string origin)
{
    /// <summary>No stamp is later: the year 2116.</summary>
    public const long LatestNs = 1L << 62;

    public string Origin => origin;

    private long _latest;
    private uint _counter;

    /// <summary>The stamp of what is written now: later than all that was seen.</summary>
    public BusStamp Next()
    {
        Advance(Math.Clamp(utcNs(), 0, LatestNs - 1), isNow: true, 0);
        return new BusStamp(_latest, _counter, origin);
    }

    /// <summary>Notes a stamp of another host.</summary>
    public void Observe(in BusStamp stamp) => Advance(stamp.UtcNs, isNow: false, stamp.Counter);

    // The paper increments c on receipt as well; what is written next does so here, which orders the same.
    private void Advance(long time, bool isNow, uint counter)
    {
        if (time > _latest)
        {
            (_latest, _counter) = (time, counter);
        }
        else if (isNow)
        {
            (_latest, _counter) = _counter == uint.MaxValue ? (_latest + 1, 0) : (_latest, _counter + 1);
        }
        else if (time == _latest)
        {
            _counter = Math.Max(_counter, counter);
        }
    }
}
