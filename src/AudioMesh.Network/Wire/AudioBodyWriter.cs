// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Wire;

/// <summary>
/// Makes bodies of a stream's packets: each packet first, behind it in the same body as many earlier ones of its lane as are to be repeated and fit, the others of them in bodies of their own;
/// or after a group its parity. One thread; allocates nothing after construction.
/// </summary>
public sealed class AudioBodyWriter
{
    private readonly Redundancy _redundancy;
    private readonly int _channelsPerLane;
    private readonly int _packetBytes;
    private readonly int _kept;
    private readonly byte[] _packets;
    private readonly int[] _lengths;
    private readonly int[] _newest;
    private readonly ParityEncoder? _parity;
    private int _lane;
    private int _behind;
    private bool _hasParity;

    /// <summary>For streams of this plan. Throws InvalidArgument.</summary>
    public AudioBodyWriter(PacketPlan plan, Redundancy redundancy, int datagramBytes = DatagramSize.Default)
    {
        DatagramSize.Check(datagramBytes);
        redundancy.Check();
        _redundancy = redundancy;
        _channelsPerLane = plan.ChannelsPerLane;
        _packetBytes = DatagramSize.Payload(datagramBytes) + AudioBody.HeaderBytes;
        _kept = redundancy.Kind == RedundancyKind.Repeat ? redundancy.Amount + 1 : 1;
        _packets = new byte[plan.Lanes * _kept * _packetBytes];
        _lengths = new int[plan.Lanes * _kept];
        _newest = new int[plan.Lanes];
        _behind = _kept;
        _parity = redundancy.Kind == RedundancyKind.Parity ? new ParityEncoder(redundancy.Amount, _packetBytes) : null;
    }

    /// <summary>
    /// Takes the next packet: then take bodies until <see cref="TryNext"/> has no more. False, and nothing happens, where the payload is longer than <see cref="DatagramSize.Payload"/> or the
    /// channels are not a lane of the plan.
    /// </summary>
    public bool Add(in AudioPacketHeader header, ReadOnlySpan<byte> payload)
    {
        int lane = header.FirstChannel / _channelsPerLane;
        if (payload.Length > _packetBytes - AudioBody.HeaderBytes || (uint)lane >= (uint)_newest.Length)
        {
            return false;
        }

        _lane = lane;
        _behind = 0;
        _newest[lane] = (_newest[lane] + 1) % _kept;
        int slot = Slot(lane, 0);
        _lengths[slot] = AudioBody.Write(_packets.AsSpan(slot * _packetBytes, _packetBytes), header, payload);
        _parity?.Add(header.StreamId, header.Sequence, Packet(slot));
        _hasParity = _parity?.IsComplete ?? false;
        return true;
    }

    /// <summary>Forgets what was sent before, as for a stream that begins anew.</summary>
    public void Reset()
    {
        _lengths.AsSpan().Clear();
        _behind = _kept;
        _hasParity = false;
    }

    /// <summary>Writes the next body, which fits a datagram; <paramref name="body"/> has room for <see cref="DatagramSize.Body"/>. False when there is none.</summary>
    public bool TryNext(Span<byte> body, out MessageType type, out int bytes)
    {
        bytes = 0;
        type = MessageType.Audio;
        int room = Math.Min(body.Length, _packetBytes + ParityBody.HeaderBytes);
        while (_behind < _kept)
        {
            ReadOnlySpan<byte> packet = Packet(Slot(_lane, _behind));
            if (packet.IsEmpty)
            {
                _behind = _kept;
            }
            else if (packet.Length <= room - bytes)
            {
                packet.CopyTo(body[bytes..]);
                bytes += packet.Length;
                _behind++;
            }
            else
            {
                break;
            }
        }

        if (bytes == 0 && _hasParity)
        {
            _hasParity = false;
            type = MessageType.Parity;
            bytes = _parity!.Write(body);
        }

        return bytes > 0;
    }

    private int Slot(int lane, int behind) => (lane * _kept) + ((_newest[lane] - behind + _kept) % _kept);

    private ReadOnlySpan<byte> Packet(int slot) => _packets.AsSpan(slot * _packetBytes, _lengths[slot]);
}
