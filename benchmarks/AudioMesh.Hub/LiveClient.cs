// SPDX-License-Identifier: MIT
using System.Net;
using System.Net.Sockets;
using AudioMesh.Clock;
using AudioMesh.Network.Hub;
using AudioMesh.Network.Session;
using AudioMesh.Network.Sockets;
using AudioMesh.Network.Wire;

namespace AudioMesh.Benchmarks.Hub;

/// <summary>
/// A client with a socket, a key and a session of its own, which plays a tone and takes its mix. Only the first of all listens to it, since what the others would do with theirs is not the hub's work.
/// </summary>
internal sealed unsafe class LiveClient : IDatagramPort, IDisposable
{
    private const long MaintainNs = 10_000_000;
    private const int Frames = HubCost.PeriodFrames;
    private const int BufferBytes = 1 << 20;
    private const double BaseHz = 110;

    private readonly Socket _socket;
    private readonly PeerAddress _hub;
    private readonly ToastSession _session;
    private readonly HubClient _client;
    private readonly OutgoingStream _voice;
    private readonly IncomingStream _mix;
    private readonly byte[] _datagram = new byte[DatagramSize.Most];
    private readonly float[] _block = new float[2 * Frames];
    private readonly double _step;
    private readonly bool _listens;
    private double _phase;
    private MeshTime _maintainAt = MeshClock.Now;

    public LiveClient(SessionKey key, IPEndPoint hub, int number, int all)
    {
        _socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = BufferBytes, SendBufferSize = BufferBytes };
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _socket.Connect(hub);
        _hub = PeerAddress.From(hub);
        _session = new ToastSession(new ToastSessionOptions { Name = $"c{number}", Identity = SenderIdentity.CreateRandom(key), Contacts = [_hub] }, this);
        _client = new HubClient(new HubClientOptions { Name = $"client {number}" }, _session);
        _mix = _client.Listen(new SubscriptionOptions { MaxDepthMs = 40, Predicts = false });
        _voice = _client.Offer(HubCost.Rate, Frames);
        _client.SetLevel($"client {(number + 1) % all}", new HubLevel(GainDb: -3 - (number % 9), Pan: (number % 5 / 2.0) - 1));
        (_step, _listens) = (2 * Math.PI * BaseHz * Math.Pow(2, number / 24.0) / HubCost.Rate, number == 0);
    }

    public bool IsSeated => _client.State == HubClientState.Joined;

    /// <summary>Packets of its mix that came.</summary>
    public long Packets { get; private set; }

    /// <summary>The loudest sample it heard.</summary>
    public float Peak { get; private set; }

    /// <summary>Takes what came, and sends the period that begins now.</summary>
    public void Serve(MeshTime due)
    {
        while (_socket.Available > 0)
        {
            int bytes = _socket.Receive(_datagram);
            Packets += _datagram[3] == (byte)MessageType.Audio ? 1 : 0;
            _session.Receive(_hub, _datagram.AsSpan(0, bytes), MeshClock.Now);
        }

        if (due >= _maintainAt)
        {
            _maintainAt = due.Add(MaintainNs);
            _session.Tick(MeshClock.Now);
            _session.Maintain();
            _client.Maintain();
        }

        fixed (float* samples = _block)
        {
            float** planes = stackalloc float*[2] { samples, samples + Frames };
            Sing();
            _voice.Sender.Send(planes, Frames, _session.Timebase.ToMesh(due), default);
            if (_listens && _mix.Receiver is { } receiver)
            {
                receiver.Read(planes, Frames, due);
                Peak = Math.Max(Peak, Dsp.Peak.Measure(_block));
            }
        }
    }

    public void Send(in PeerAddress to, ReadOnlySpan<byte> datagram) => _socket.Send(datagram);

    public void Dispose()
    {
        _client.Dispose();
        _session.Leave();
        _session.Dispose();
        _socket.Dispose();
    }

    private void Sing()
    {
        for (int i = 0; i < Frames; i++)
        {
            _phase += _step;
            _block[i] = _block[Frames + i] = 0.01f * (float)Math.Sin(_phase);
        }

        _phase %= 2 * Math.PI;
    }
}
