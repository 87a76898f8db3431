// SPDX-License-Identifier: MIT
namespace AudioMesh.Clock;

/// <summary>An instant of mesh time: signed 64-bit nanoseconds. Alone on a machine it is the system's monotonic clock.</summary>
public readonly record struct MeshTime(long Nanoseconds) : IComparable<MeshTime>
{
    /// <summary>No known time.</summary>
    public static MeshTime Unknown => new(long.MinValue);

    /// <summary>False for <see cref="Unknown"/>.</summary>
    public bool IsKnown => Nanoseconds != long.MinValue;

    /// <summary>The instant <paramref name="nanoseconds"/> later.</summary>
    public MeshTime Add(long nanoseconds) => new(Nanoseconds + nanoseconds);

    /// <inheritdoc/>
    public int CompareTo(MeshTime other) => Nanoseconds.CompareTo(other.Nanoseconds);

    /// <summary>Nanoseconds from <paramref name="earlier"/> to <paramref name="later"/>.</summary>
    public static long operator -(MeshTime later, MeshTime earlier) => later.Nanoseconds - earlier.Nanoseconds;

    /// <summary>Whether <paramref name="left"/> is before <paramref name="right"/>.</summary>
    public static bool operator <(MeshTime left, MeshTime right) => left.Nanoseconds < right.Nanoseconds;

    /// <summary>Whether <paramref name="left"/> is after <paramref name="right"/>.</summary>
    public static bool operator >(MeshTime left, MeshTime right) => left.Nanoseconds > right.Nanoseconds;

    /// <summary>Whether <paramref name="left"/> is not after <paramref name="right"/>.</summary>
    public static bool operator <=(MeshTime left, MeshTime right) => left.Nanoseconds <= right.Nanoseconds;

    /// <summary>Whether <paramref name="left"/> is not before <paramref name="right"/>.</summary>
    public static bool operator >=(MeshTime left, MeshTime right) => left.Nanoseconds >= right.Nanoseconds;
}
