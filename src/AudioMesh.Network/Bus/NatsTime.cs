// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Network.Time;
using AudioMesh.Network.Wire;

namespace AudioMesh.Network.Bus;

/// <summary>
/// Mesh time among hosts that share nothing but NATS servers: the exchanges of <see cref="TimeService"/>, each through a server. They have a connection of their own, so that they do not
/// wait behind what the bus sends, and so the half of a round trip that bounds the error is as short as the way through the server allows.
/// </summary>
internal sealed class NatsTime : IDisposable
{
    private const long HelloNs = 1_000_000_000;
    private const long GoneNs = 3_500_000_000;
    private const int MostWaitMs = 250;

    private readonly Lock _gate = new();
    private readonly Dictionary<ulong, MeshTime> _heard = [];
    private readonly AutoResetEvent _woken = new(false);
    private readonly TimeService _service;
    private readonly TimeOptions _options;
    private readonly Action _refused;
    private readonly NatsLink _link;
    private readonly string _subject;
    private readonly List<NatsInlet> _inlets = [];
    private readonly Thread _thread;
    private MeshTime _helloAt = MeshTime.Unknown;
    private volatile bool _isEnding;

    /// <summary>Takes part. <paramref name="refused"/> is told of what is no message of this. Throws what <see cref="TimeService"/> and <see cref="NatsLink"/> throw.</summary>
    public NatsTime(NatsBusOptions options, ulong id, Action refused)
    {
        (_options, _refused, _subject) = (options.Time, refused, $"am.{options.Mesh}.t");
        _service = new TimeService(id, MeshClock.Now, options.Time);
        _link = new NatsLink(options, isPrompt: true);
        try
        {
            _inlets.Add(new NatsInlet(_link, _subject, TakeHello));
            _inlets.Add(new NatsInlet(_link, SubjectOf(id), TakeExchange));
        }
        catch
        {
            Close();
            throw;
        }

        _thread = new Thread(Run) { IsBackground = true, Name = "am-bus-time" };
        _thread.Start();
    }

    public MeshTimebase Timebase => _service.Timebase;

    public void Dispose()
    {
        _isEnding = true;
        _woken.Set();
        _thread.Join();
        Close();
    }

    private string SubjectOf(ulong id) => $"{_subject}.{id:x16}";

    private void Run()
    {
        while (!_isEnding)
        {
            bool isConnected = _link.IsConnected;
            while (isConnected && TryNext(out string subject, out byte[] message))
            {
                _link.Publish(subject, null, message);
            }

            int waitMs = WaitMs(MeshClock.Now);
            _woken.WaitOne(isConnected ? waitMs : MostWaitMs); // what is due without a server stays due
        }

        if (_link.IsConnected)
        {
            _link.Publish(_subject, null, NatsTimeFrame.Hello(_service.SelfId, isLeaving: true));
            _link.Flush(500);
        }
    }

    // A request counts as sent when it is asked for: what it waits for after that is part of its round trip.
    private bool TryNext(out string subject, out byte[] message)
    {
        lock (_gate)
        {
            MeshTime now = MeshClock.Now;
            if (!_helloAt.IsKnown || now >= _helloAt)
            {
                _helloAt = now.Add(HelloNs);
                (subject, message) = (_subject, NatsTimeFrame.Hello(_service.SelfId, isLeaving: false));
                return true;
            }

            bool isDue = _service.TryRequest(now, out ulong peer, out SyncRequest request);
            (subject, message) = isDue ? (SubjectOf(peer), NatsTimeFrame.Request(_service.SelfId, request)) : ("", []);
            return isDue;
        }
    }

    private int WaitMs(MeshTime now)
    {
        lock (_gate)
        {
            foreach ((ulong peer, MeshTime heard) in _heard.ToArray())
            {
                if (now - heard > GoneNs && _heard.Remove(peer))
                {
                    _service.RemovePeer(peer, now);
                }
            }

            MeshTime next = _service.Tick(now);
            return (int)Math.Clamp(((next < _helloAt ? next : _helloAt) - now) / 1_000_000, 1, MostWaitMs);
        }
    }

    private void TakeHello(string subject, string reply, byte[] payload, bool isNoResponders)
    {
        if (!NatsTimeFrame.TryReadHello(payload, out ulong peer, out bool isLeaving))
        {
            _refused();
            return;
        }

        lock (_gate)
        {
            MeshTime now = MeshClock.Now;
            if (isLeaving && _heard.Remove(peer))
            {
                _service.RemovePeer(peer, now);
            }
            else if (!isLeaving && peer != _service.SelfId && (_heard.ContainsKey(peer) || _heard.Count < _options.MaxPeers))
            {
                if (_heard.TryAdd(peer, now))
                {
                    _service.AddPeer(peer, now);
                    _helloAt = now; // it need not wait to hear of this one
                    _woken.Set();
                }

                _heard[peer] = now;
            }
        }
    }

    private void TakeExchange(string subject, string reply, byte[] payload, bool isNoResponders)
    {
        MeshTime arrival = MeshClock.Now;
        if (NatsTimeFrame.TryReadRequest(payload, out ulong asking, out SyncRequest request))
        {
            bool isKnown;
            SyncReply answer;
            lock (_gate)
            {
                isKnown = _service.TryAnswer(asking, request, arrival, MeshClock.Now, out answer);
            }

            if (isKnown && _link.IsConnected)
            {
                _link.Publish(SubjectOf(asking), null, NatsTimeFrame.Reply(_service.SelfId, answer));
            }
        }
        else if (NatsTimeFrame.TryReadReply(payload, out ulong answering, out SyncReply answer))
        {
            lock (_gate)
            {
                _service.Accept(answering, answer, arrival);
            }
        }
        else
        {
            _refused();
        }
    }

    private void Close()
    {
        _inlets.ForEach(inlet => inlet.Dispose());
        _link.Dispose();
    }
}
