// SPDX-License-Identifier: MIT
using System.Numerics;

namespace AudioMesh.Network.Impairment;

/// <summary>Room for packets, bounded, that is used again and again.</summary>
internal sealed class RelayPool(long maxBytes)
{
    private const int LeastBytes = 2048;

    private readonly Stack<RelayPacket> _free = new();
    private long _bytes;

    /// <summary>A packet with a copy of <paramref name="datagram"/>; null when there is no room left.</summary>
    public RelayPacket? TryFill(ReadOnlySpan<byte> datagram)
    {
        if (!_free.TryPop(out RelayPacket? packet))
        {
            packet = new RelayPacket();
        }

        if (packet.Room.Length < Math.Max(1, datagram.Length))
        {
            int room = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(LeastBytes, datagram.Length));
            if (_bytes - packet.Room.Length + room > maxBytes)
            {
                GiveBackIfAny(packet);
                return null;
            }

            _bytes += room - packet.Room.Length;
            packet.Room = new byte[room];
        }

        datagram.CopyTo(packet.Room);
        packet.Length = datagram.Length;
        return packet;
    }

    public void GiveBack(RelayPacket packet)
    {
        packet.Client = null;
        _free.Push(packet);
    }

    private void GiveBackIfAny(RelayPacket packet)
    {
        if (packet.Room.Length > 0)
        {
            _free.Push(packet);
        }
    }
}
