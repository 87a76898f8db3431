// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Network.Bus;

/// <summary>A segment on its way, until it is acknowledged.</summary>
internal sealed class BusSegment(uint sequence, byte[] body, int length)
{
    public uint Sequence => sequence;

    public Span<byte> Body => body.AsSpan(0, length);

    public MeshTime SentAt { get; set; }

    public int Sendings { get; set; }

    public bool HasCome { get; set; }

    /// <summary>Whether later ones have come, so that it is not only late.</summary>
    public bool IsMissed { get; set; }

    /// <summary>The tables of the messages that end in it.</summary>
    public List<BusTable> Tables { get; } = [];
}
