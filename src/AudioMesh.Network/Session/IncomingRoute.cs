// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Network.Media;
using AudioMesh.Network.Wire;

namespace AudioMesh.Network.Session;

/// <summary>From the bodies of one sender's stream to its receiver. Network thread; allocates nothing after construction.</summary>
internal sealed class IncomingRoute
{
    private const int MostPackets = Redundancy.MostRepeats + 1;

    private readonly ParityDecoder? _parity;

    public IncomingRoute(ulong owner, StreamOffer offer, StreamReceiver receiver, int datagramBytes)
    {
        (Owner, Offer, Receiver) = (owner, offer, receiver);
        _parity = offer.Redundancy.Kind == RedundancyKind.Parity
            ? new ParityDecoder(offer.Redundancy.Amount, DatagramSize.Payload(datagramBytes) + AudioBody.HeaderBytes)
            : null;
    }

    public ulong Owner { get; }

    public StreamOffer Offer { get; }

    public StreamReceiver Receiver { get; }

    /// <summary>Takes a body of audio. False where it breaks a rule; what was sound before that is taken all the same.</summary>
    public bool TakeAudio(ReadOnlySpan<byte> body, MeshTime arrival)
    {
        Span<int> ends = stackalloc int[MostPackets + 1];
        ReadOnlySpan<byte> rest = body;
        int count = 0;
        while (count < MostPackets && AudioBody.TryRead(ref rest, out _, out _))
        {
            ends[++count] = body.Length - rest.Length;
        }

        // The newest is first, and decoders want them in their order.
        bool isSound = rest.IsEmpty;
        for (int i = count; i > 0; i--)
        {
            isSound &= TakePacket(body[ends[i - 1]..ends[i]], arrival);
        }

        return isSound;
    }

    /// <summary>Takes a body of parity, which may bring back a packet that was lost.</summary>
    public void TakeParity(in ParityBody parity, ReadOnlySpan<byte> sum, MeshTime arrival)
    {
        if (_parity is not null && _parity.AddParity(parity, sum))
        {
            Put(_parity.Restored, arrival, out _);
        }
    }

    private bool TakePacket(ReadOnlySpan<byte> packet, MeshTime arrival)
    {
        bool isSound = Put(packet, arrival, out uint sequence);
        if (isSound && _parity is not null && _parity.Add(sequence, packet))
        {
            Put(_parity.Restored, arrival, out _);
        }

        return isSound;
    }

    private bool Put(ReadOnlySpan<byte> packet, MeshTime arrival, out uint sequence)
    {
        bool isOurs = AudioBody.TryRead(ref packet, out AudioPacketHeader header, out ReadOnlySpan<byte> payload)
            && header.StreamId == Offer.StreamId && header.Encoding == Offer.Encoding;
        sequence = header.Sequence;
        if (isOurs)
        {
            Receiver.Put(header, payload, arrival);
        }

        return isOurs;
    }
}
