// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using AudioMesh.Network.Media;
using AudioMesh.Network.Sockets;
using AudioMesh.Network.Wire;

namespace AudioMesh.Network.Session;

/// <summary>A stream that this member offers: what is sent into it goes to all who want it. One thread sends at a time; allocates nothing.</summary>
public sealed class OutgoingStream : IStreamOutlet, IDisposable
{
    private readonly ToastSession _session;
    private readonly IDatagramPort _port;
    private readonly EnvelopeSealer _sealer;
    private readonly byte[] _buffer;
    private PeerAddress[] _targets = [];
    private long _datagrams;
    private long _bytes;

    internal OutgoingStream(ToastSession session, IDatagramPort port, SenderIdentity identity, string name, StreamSenderOptions options, PeerAddress? group)
    {
        (_session, _port, Group) = (session, port, group);
        Sender = new StreamSender(options, this);
        Offer = new StreamOffer(
            options.StreamId, name, options.Rate, options.Channels, Sender.Plan.ChannelsPerLane, Sender.Plan.FramesPerPacket, options.Encoding, options.Redundancy);
        _sealer = new EnvelopeSealer(identity);
        _buffer = new byte[options.DatagramBytes];
    }

    /// <summary>What is said of it to others.</summary>
    public StreamOffer Offer { get; }

    /// <summary>Takes its sound.</summary>
    public StreamSender Sender { get; }

    /// <summary>The multicast group it goes to, once for all; null where it goes to each who wants it.</summary>
    public PeerAddress? Group { get; }

    /// <summary>To how many addresses it goes now. Any thread.</summary>
    public int TargetCount => Volatile.Read(ref _targets).Length;

    /// <summary>Datagrams that left for it, to all of them. Any thread.</summary>
    public long Datagrams => Volatile.Read(ref _datagrams);

    /// <summary>Bytes in them. Any thread.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    internal bool IsDirected { get; init; }

    internal ulong PeerId { get; set; }

    /// <summary>Sends a stream of <see cref="ToastSession.OfferDirected"/> to this member from now on, while it is there; 0: to nobody. Any thread.</summary>
    public void DirectTo(ulong peerId) => _session.Direct(this, peerId);

    /// <summary>Sends a body of this stream to all who want it now. For <see cref="Sender"/>.</summary>
    public void Send(MessageType type, ReadOnlySpan<byte> body)
    {
        PeerAddress[] targets = Volatile.Read(ref _targets);
        if (targets.Length == 0)
        {
            return;
        }

        body.CopyTo(EnvelopeSealer.BodyOf(_buffer));
        ReadOnlySpan<byte> datagram = _buffer.AsSpan(0, _sealer.Seal(type, _buffer, body.Length));
        foreach (ref readonly PeerAddress target in targets.AsSpan())
        {
            _port.Send(target, datagram);
        }

        Volatile.Write(ref _datagrams, _datagrams + targets.Length);
        Volatile.Write(ref _bytes, _bytes + ((long)datagram.Length * targets.Length));
    }

    /// <summary>Offers it no longer. Not while another thread sends.</summary>
    public void Dispose()
    {
        _session.Withdraw(this);
        Sender.Dispose();
        _sealer.Dispose();
    }

    internal void SendTo(List<PeerAddress> targets)
    {
        if (!CollectionsMarshal.AsSpan(targets).SequenceEqual(_targets))
        {
            Volatile.Write(ref _targets, [.. targets]);
        }
    }
}
