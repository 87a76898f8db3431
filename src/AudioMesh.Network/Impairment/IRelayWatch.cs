// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Network.Impairment;

/// <summary>
/// Sees what passes a <see cref="UdpRelay"/>, on its thread: must not wait or throw. It parts packets into kinds, each of which passes a link of its own with the same options: so which packets of a
/// kind are lost does not change with how many of another come between them.
/// </summary>
public interface IRelayWatch
{
    /// <summary>Kinds that there are.</summary>
    const int Kinds = 4;

    /// <summary>
    /// The kind of a datagram, 0 to <see cref="Kinds"/> - 1. Kind 0 has the link of a relay without a watch; the link of kind k has k * 2^32 added to its seed, and begins with the first packet of that kind.
    /// </summary>
    int KindOf(bool isThere, ReadOnlySpan<byte> datagram);

    /// <summary>What became of the datagram, which came at <paramref name="arrival"/> (this host's monotonic clock).</summary>
    void Passed(bool isThere, int kind, MeshTime arrival, in PacketFate fate);
}
