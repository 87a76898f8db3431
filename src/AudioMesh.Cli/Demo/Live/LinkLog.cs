// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Network.Impairment;
using AudioMesh.Network.Wire;

namespace AudioMesh.Cli.Demo.Live;

/// <summary>Sees what the link does to the sound. Sound has a link to itself, so the losses of a seed are the same however many other packets come between.</summary>
internal sealed class LinkLog(int mostPackets) : IRelayWatch
{
    private const int Sound = 1;

    /// <summary>From A to B.</summary>
    public PacketLog There { get; } = new(mostPackets);

    /// <summary>From B to A.</summary>
    public PacketLog Back { get; } = new(mostPackets);

    public int KindOf(bool isThere, ReadOnlySpan<byte> datagram) =>
        EnvelopeHeader.TryRead(datagram, out EnvelopeHeader header) == DropCause.None && header.Type == MessageType.Audio ? Sound : 0;

    public void Passed(bool isThere, int kind, MeshTime arrival, in PacketFate fate)
    {
        if (kind == Sound)
        {
            (isThere ? There : Back).Add(arrival, fate.IsDelivered ? fate.Release : MeshTime.Unknown);
        }
    }
}
