// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Network.Sockets;
using AudioMesh.Network.Time;
using AudioMesh.Network.Wire;

namespace AudioMesh.Network.Session;

/// <summary>
/// A member of a TOAST session (docs/protocols/toast.md): finds the others, proves who lives, keeps mesh time with them, offers streams and subscribes to
/// theirs. It owns no socket: what arrives is given to it, on one thread, and what leaves goes to a port. <see cref="Maintain"/> has to be called now and then on another
/// thread; all other members may be called from any. Audio passes without a lock and without allocating.
/// </summary>
public sealed partial class ToastSession : IDatagramHandler, IDisposable
{
    private const long AnnounceNs = 1_000_000_000;
    private const int Goodbyes = 3;

    private readonly Lock _gate = new();
    private readonly ToastSessionOptions _options;
    private readonly IDatagramPort _port;
    private readonly EnvelopeOpener _opener;
    private readonly EnvelopeSealer _sealer;
    private readonly TimeService _time;
    private readonly byte[] _opened = new byte[DatagramSize.Most];
    private readonly byte[] _buffer;
    private MeshTime _announceAt;
    private bool _hasLeft;
    private bool _isDisposed;

    /// <summary>Becomes a member; it is announced with the first Tick. Throws InvalidArgument, and what <see cref="TimeService"/> throws.</summary>
    public ToastSession(ToastSessionOptions options, IDatagramPort port)
    {
        DatagramSize.Check(options.DatagramBytes);
        _options = options;
        _port = port;
        MeshTime hostNow = options.HostClock();
        _opener = new EnvelopeOpener(options.Identity.Key, options.Identity.Id, options.MaxPeers);
        _sealer = new EnvelopeSealer(options.Identity);
        _time = new TimeService(options.Identity.Id, hostNow, options.Time with { MaxPeers = options.MaxPeers });
        _buffer = new byte[options.DatagramBytes];
        _announceAt = hostNow;
        _ = CurrentAnnounce().Write(EnvelopeSealer.BodyOf(_buffer)); // a name that cannot be sent is refused now
    }

    /// <summary>This member's id in the session.</summary>
    public ulong Id => _options.Identity.Id;

    /// <summary>What this member calls itself.</summary>
    public string Name => _options.Name;

    /// <summary>Mesh time on this host.</summary>
    public MeshTimebase Timebase => _time.Timebase;

    /// <summary>What was not heard, and why.</summary>
    public DropCounters Drops => _opener.Drops;

    /// <summary>Takes the JSON that members send each other; null where nobody wants it. Set before anything arrives.</summary>
    public IControlHandler? Control { get; set; }

    /// <summary>Mesh time, and the clocks of all peers.</summary>
    public TimeStatus TimeStatus
    {
        get
        {
            lock (_gate)
            {
                return _time.Status(_options.HostClock());
            }
        }
    }

    /// <inheritdoc/>
    public void Receive(in PeerAddress from, ReadOnlySpan<byte> datagram, MeshTime arrival)
    {
        if (datagram.Length > _opened.Length)
        {
            Drops.Add(DropCause.TooLong);
            return;
        }

        if (_opener.Open(datagram, _opened, arrival, out EnvelopeHeader header, out int bytes) != DropCause.None)
        {
            return;
        }

        ReadOnlySpan<byte> body = _opened.AsSpan(0, bytes);
        DropCause cause = header.Type is MessageType.Audio or MessageType.Parity
            ? TakeMedia(header, body, arrival)
            : TakeMessage(header, from, body, arrival);
        if (cause != DropCause.None)
        {
            Drops.Add(cause);
        }
    }

    /// <inheritdoc/>
    public MeshTime Tick(MeshTime now)
    {
        lock (_gate)
        {
            if (_hasLeft)
            {
                return now.Add(AnnounceNs);
            }

            SendRequests();
            MeshTime next = _time.Tick(now);
            GiveTimebase();
            WatchPeers(now);
            if (now >= _announceAt)
            {
                AnnounceToAll(now);
                _announceAt = now.Add(AnnounceNs);
            }

            RefreshTargets(now);
            return next < _announceAt ? next : _announceAt;
        }
    }

    /// <summary>Says goodbye; from then on it neither hears nor says anything.</summary>
    public void Leave()
    {
        lock (_gate)
        {
            if (!_hasLeft)
            {
                _hasLeft = true;
                for (int i = 0; i < Goodbyes; i++)
                {
                    SendToAll(MessageType.Leave, 0);
                }
            }
        }
    }

    /// <summary>Gives everything back. When this is called the port calls it no longer, and nobody uses its streams.</summary>
    public void Dispose()
    {
        Leave();
        lock (_gate)
        {
            if (!_isDisposed)
            {
                _isDisposed = true;
                DisposeStreams();
                _opener.Dispose();
                _sealer.Dispose();
            }
        }
    }

    private DropCause TakeMessage(in EnvelopeHeader header, in PeerAddress from, ReadOnlySpan<byte> body, MeshTime arrival)
    {
        lock (_gate)
        {
            if (_hasLeft)
            {
                return DropCause.None;
            }

            if (header.Type == MessageType.Leave && !_peers.ContainsKey(header.Sender))
            {
                _opener.Forget(header.Sender);
                return DropCause.NotProven;
            }

            SessionPeer? peer = Hear(header.Sender, from, arrival);
            return peer is null ? DropCause.TooManySenders : header.Type switch
            {
                MessageType.SyncRequest => Answer(peer, from, body, arrival),
                MessageType.SyncReply => TakeAnswer(peer, from, body, arrival),
                MessageType.Announce => TakeAnnounce(peer, body, arrival),
                MessageType.Subscribe => TakeWish(peer, body, arrival, wants: true),
                MessageType.Unsubscribe => TakeWish(peer, body, arrival, wants: false),
                MessageType.Leave => TakeLeave(peer, arrival),
                MessageType.Control => TakeControl(peer, body),
                MessageType.Bus or MessageType.BusAck => TakeLinked(peer, header.Type, body),
                _ => DropCause.UnknownType,
            };
        }
    }

    private void SendTo(in PeerAddress to, MessageType type, int bodyBytes) => _port.Send(to, _buffer.AsSpan(0, _sealer.Seal(type, _buffer, bodyBytes)));
}
