// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Network.Impairment;
using AudioMesh.Network.Wire;

namespace AudioMesh.RoundTrip;

/// <summary>
/// Gives the sound that is measured a link to itself: so the nth packet of it is lost or not whoever sends it, and whatever came before. Datagrams of other programs than ours are all sound.
/// </summary>
internal sealed class SoundWatch(bool isToast) : IRelayWatch
{
    private const int Before = 1;
    private const int Measured = 2;

    private volatile bool _isMeasuring;
    private long _packets;
    private long _lost;

    /// <summary>Packets of the sound that is measured.</summary>
    public long Packets => Volatile.Read(ref _packets);

    /// <summary>Those of them that were lost.</summary>
    public long Lost => Volatile.Read(ref _lost);

    /// <summary>What comes from now on is measured.</summary>
    public void Begin() => _isMeasuring = true;

    /// <summary>What comes from now on is not.</summary>
    public void End() => _isMeasuring = false;

    public int KindOf(bool isThere, ReadOnlySpan<byte> datagram)
    {
        bool isSound = !isToast || (EnvelopeHeader.TryRead(datagram, out EnvelopeHeader header) == DropCause.None && header.Type == MessageType.Audio);
        return !isSound ? 0 : isThere && _isMeasuring ? Measured : Before;
    }

    public void Passed(bool isThere, int kind, MeshTime arrival, in PacketFate fate)
    {
        if (kind == Measured)
        {
            Volatile.Write(ref _packets, _packets + 1);
            Volatile.Write(ref _lost, _lost + (fate.IsDelivered ? 0 : 1));
        }
    }
}
