// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Network.Impairment;

namespace AudioMesh.Network.Tests.Impairment;

/// <summary>Keeps what passes towards the target; a datagram's kind is the number in it.</summary>
internal sealed class KindWatch : IRelayWatch
{
    public List<(int Kind, bool IsDelivered)> Seen { get; } = [];

    public int KindOf(bool isThere, ReadOnlySpan<byte> datagram) => isThere ? BitConverter.ToInt32(datagram) : 0;

    public void Passed(bool isThere, int kind, MeshTime arrival, in PacketFate fate)
    {
        if (isThere)
        {
            Seen.Add((kind, fate.IsDelivered));
        }
    }
}
