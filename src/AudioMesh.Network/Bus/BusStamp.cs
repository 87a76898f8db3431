// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Bus;

/// <summary>
/// When a value was written, by a hybrid logical clock (Kulkarni, Demirbas, Madappa, Avva, Leone: Logical Physical Clocks, OPODIS 2014): what was written by somebody who knew another
/// value is later than that, whatever the hosts' clocks show; else they decide.
/// </summary>
/// <param name="UtcNs">The latest clock that took part, nanoseconds since 1970 (l in the paper).</param>
/// <param name="Counter">Tells apart what has the same of them (c).</param>
/// <param name="Origin">The host that wrote it, which decides where all else is the same.</param>
public readonly record struct BusStamp(long UtcNs, uint Counter, string Origin) : IComparable<BusStamp>
{
    /// <inheritdoc/>
    public int CompareTo(BusStamp other)
    {
        int order = UtcNs.CompareTo(other.UtcNs);
        order = order != 0 ? order : Counter.CompareTo(other.Counter);
        return order != 0 ? order : string.CompareOrdinal(Origin, other.Origin);
    }

    /// <summary>Whether <paramref name="left"/> is before <paramref name="right"/>.</summary>
    public static bool operator <(BusStamp left, BusStamp right) => left.CompareTo(right) < 0;

    /// <summary>Whether <paramref name="left"/> is after <paramref name="right"/>.</summary>
    public static bool operator >(BusStamp left, BusStamp right) => left.CompareTo(right) > 0;

    /// <summary>Whether <paramref name="left"/> is not after <paramref name="right"/>.</summary>
    public static bool operator <=(BusStamp left, BusStamp right) => left.CompareTo(right) <= 0;

    /// <summary>Whether <paramref name="left"/> is not before <paramref name="right"/>.</summary>
    public static bool operator >=(BusStamp left, BusStamp right) => left.CompareTo(right) >= 0;
}
