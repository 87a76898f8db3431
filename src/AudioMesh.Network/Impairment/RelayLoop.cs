// SPDX-License-Identifier: MIT
using System.Net;
using System.Net.Sockets;
using AudioMesh.Clock;
using AudioMesh.Realtime;

namespace AudioMesh.Network.Impairment;

/// <summary>What a relay's thread does: hears, decides, sends when it is time.</summary>
internal sealed class RelayLoop : IDisposable
{
    private const int MostDatagramBytes = 65_536;
    private const long HousekeepingNs = 100_000_000;

    // A realtime thread that never waits is stopped by the kernel, and stops others.
    private const long MostBusyNs = 20_000_000;
    private const long RestNs = 100_000;
    private const long ShortWaitNs = 20_000;

    private readonly UdpRelayOptions _options;
    private readonly Socket _listen;
    private readonly SocketAddress _target;
    private readonly SocketAddress _from;
    private readonly SocketAddress _fromTarget;
    private readonly SocketWait _wait;
    private readonly RelayClients _clients;
    private readonly RelayPool _pool;
    private readonly PriorityQueue<RelayPacket, (long DueNs, long Order)> _flying = new();
    private readonly LatenessHistogram _lateness = new();
    private readonly byte[] _datagram = new byte[MostDatagramBytes];
    private volatile bool _isStopping;
    private volatile UdpRelayStatistics _statistics;
    private long _order;
    private long _strangers;
    private long _noRoom;
    private long _notSent;

    public RelayLoop(UdpRelayOptions options, Socket listen)
    {
        _options = options;
        _listen = listen;
        Listen = (IPEndPoint)listen.LocalEndPoint!;
        _target = options.Target.Serialize();
        _from = new SocketAddress(listen.AddressFamily);
        _fromTarget = new SocketAddress(options.Target.AddressFamily);
        _wait = new SocketWait(options.MaxClients + 1);
        _wait.Set(options.MaxClients, listen);
        _clients = new RelayClients(options, _wait);
        _pool = new RelayPool(options.MaxBytes);
        _statistics = Look();
    }

    public IPEndPoint Listen { get; }

    public UdpRelayStatistics Statistics => _statistics;

    /// <summary>Ends <see cref="Run"/>, which then closes the sockets.</summary>
    public void Dispose() => _isStopping = true;

    public void Run()
    {
        MeshTime housekeeping = MeshClock.Now;
        MeshTime rested = MeshClock.Now;
        while (!_isStopping)
        {
            MeshTime now = MeshClock.Now;
            SendDue(now);
            if (now >= housekeeping)
            {
                housekeeping = now.Add(HousekeepingNs);
                _clients.Expire(now);
                _statistics = Look();
            }

            MeshTime wake = NextDue(housekeeping);
            if (now - rested > MostBusyNs)
            {
                DeadlineTimer.WaitUntil(now.Add(RestNs));
                rested = MeshClock.Now;
            }

            MeshTime before = MeshClock.Now;
            _wait.Until(wake);
            MeshTime after = MeshClock.Now;
            rested = after - before > ShortWaitNs ? after : rested;
            HearAll();
        }

        _listen.Dispose();
        _statistics = Look();
        _clients.Dispose();
    }

    private MeshTime NextDue(MeshTime latest) =>
        _flying.TryPeek(out _, out (long DueNs, long Order) first) && first.DueNs < latest.Nanoseconds ? new MeshTime(first.DueNs) : latest;

    /// <summary>At most one datagram of each socket, so that none starves the others.</summary>
    private void HearAll()
    {
        if (_wait.IsReady(_options.MaxClients))
        {
            HearClient();
        }

        for (int place = 0; place < _clients.Places; place++)
        {
            if (_wait.IsReady(place) && _clients.At(place) is { } client)
            {
                HearTarget(client);
            }
        }
    }

    private void HearClient()
    {
        if (TryReceive(_listen, _from, out int bytes) && _clients.Find(_from, MeshClock.Now) is { } client)
        {
            Pass(client, isThere: true, bytes);
        }
    }

    private void HearTarget(RelayClient client)
    {
        if (!TryReceive(client.Upstream, _fromTarget, out int bytes))
        {
            return;
        }

        if (!_fromTarget.Equals(_target))
        {
            _strangers++;
            return;
        }

        Pass(client, isThere: false, bytes);
    }

    private bool TryReceive(Socket socket, SocketAddress from, out int bytes)
    {
        try
        {
            bytes = socket.ReceiveFrom(_datagram, SocketFlags.None, from);
            return true;
        }
        catch (SocketException)
        {
            bytes = 0;
            return false;
        }
    }

    private void Pass(RelayClient client, bool isThere, int bytes)
    {
        MeshTime now = MeshClock.Now;
        client.LastHeard = now;
        int kind = _options.Watch?.KindOf(isThere, _datagram.AsSpan(0, bytes)) ?? 0;
        PacketFate fate = client.Decide(isThere, kind, now, bytes);
        _options.Watch?.Passed(isThere, kind, now, fate);
        if (!fate.IsDelivered)
        {
            return;
        }

        fate.Damage(_datagram.AsSpan(0, bytes));
        Launch(client, isThere, fate.Release, bytes);
        if (fate.IsCopied)
        {
            Launch(client, isThere, fate.CopyRelease, bytes);
        }
    }

    private void Launch(RelayClient client, bool isThere, MeshTime due, int bytes)
    {
        if (_pool.TryFill(_datagram.AsSpan(0, bytes)) is not { } packet)
        {
            _noRoom++;
            return;
        }

        packet.Client = client;
        packet.IsThere = isThere;
        _flying.Enqueue(packet, (due.Nanoseconds, _order++));
    }

    private void SendDue(MeshTime now)
    {
        while (_flying.TryPeek(out RelayPacket? packet, out (long DueNs, long Order) key) && key.DueNs <= now.Nanoseconds)
        {
            _flying.Dequeue();
            Send(packet);
            now = MeshClock.Now;
            _lateness.Add(now.Nanoseconds - key.DueNs);
            _pool.GiveBack(packet);
        }
    }

    private void Send(RelayPacket packet)
    {
        RelayClient client = packet.Client!;
        if (client.IsGone)
        {
            _notSent++;
            return;
        }

        try
        {
            (Socket socket, SocketAddress to) = packet.IsThere ? (client.Upstream, _target) : (_listen, client.Address);
            socket.SendTo(packet.Bytes, SocketFlags.None, to);
        }
        catch (SocketException)
        {
            _notSent++;
        }
    }

    private UdpRelayStatistics Look() => new()
    {
        There = _clients.CountThere(),
        Back = _clients.CountBack(),
        Clients = _clients.Count,
        ClientsSeen = _clients.Seen,
        Refused = _clients.Refused,
        Strangers = _strangers,
        NoRoom = _noRoom,
        NotSent = _notSent,
        Waiting = _flying.Count,
        LatenessP50Us = _lateness.QuantileUs(0.5),
        LatenessP99Us = _lateness.QuantileUs(0.99),
        LatenessMaxUs = _lateness.MaxNs / 1e3,
    };
}
