// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Impairment;

/// <summary>A packet on its way through a relay.</summary>
internal sealed class RelayPacket
{
    public byte[] Room { get; set; } = [];

    public int Length { get; set; }

    public RelayClient? Client { get; set; }

    public bool IsThere { get; set; }

    public Span<byte> Bytes => Room.AsSpan(0, Length);
}
