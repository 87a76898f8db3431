// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Bus;

/// <summary>A value of a table.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Value">What was written; empty where the key was removed. Not to be changed.</param>
/// <param name="Stamp">When and by whom.</param>
/// <param name="IsRemoved">Whether the key has no value any more.</param>
public sealed record BusEntry(string Key, ReadOnlyMemory<byte> Value, BusStamp Stamp, bool IsRemoved)
{
    /// <summary>Orders what was written to one key: by stamp, and where those are the same, as no two hosts' are, by content. The greater wins.</summary>
    internal int CompareTo(BusEntry other)
    {
        int order = Stamp.CompareTo(other.Stamp);
        return order != 0 ? order
            : IsRemoved != other.IsRemoved ? IsRemoved.CompareTo(other.IsRemoved)
            : Value.Span.SequenceCompareTo(other.Value.Span);
    }
}
