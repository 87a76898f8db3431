// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using AudioMesh.Clock;
using AudioMesh.Interop;
using AudioMesh.Realtime;
using static AudioMesh.Interop.jack_transport_state_t;

namespace AudioMesh.Backends.Jack;

/// <summary>One client without ports, from opening to closing; it outlives its owner's interest where the server hangs.</summary>
internal sealed unsafe class JackTransportSession : IDisposable
{
    /// <summary>Looks at the latency of the physical outputs once in so many idle turns, some 2 a second.</summary>
    private const int IdleTurns = 25;

    private readonly LibJack _jack;
    private GCHandle _self;
    private jack_client_t* _client;
    private JackTimeline? _timeline;
    private IPeriodTransportHandler? _handler;
    private volatile int _period;
    private volatile int _outputLatency;
    private volatile string _lostReason = "";
    private long _xruns;
    private int _idleTurns;

    /// <summary>Takes the place of a client in this process; <see cref="Dispose"/> gives it back. Throws DeviceBusy or Timeout.</summary>
    public JackTransportSession(LibJack jack, string server)
    {
        JackProcess.Shared.Enter(server);
        _jack = jack;
        Server = server;
        _self = GCHandle.Alloc(this);
        Calls = new JackCalls(server);
        Beats = new JackBeats(jack);
    }

    public string Server { get; }

    /// <summary>The thread that asks the server.</summary>
    public JackCalls Calls { get; }

    /// <summary>Lets callbacks in.</summary>
    public JackCallbackGate Gate { get; } = new();

    /// <summary>Bars and beats for other clients.</summary>
    public JackBeats Beats { get; }

    public int Rate { get; private set; }

    public int PeriodFrames => _period;

    public int OutputLatencyFrames => _outputLatency;

    public long Xruns => Interlocked.Read(ref _xruns);

    public string LostReason => _lostReason;

    /// <summary>Makes the client. On the thread for calls.</summary>
    public void Open(string clientName, bool passesServer)
    {
        _client = JackClient.Open(_jack, clientName, Server, passesServer);
        Rate = (int)_jack.jack_get_sample_rate(_client);
        _period = (int)_jack.jack_get_buffer_size(_client);
        _timeline = new JackTimeline(_jack);
        MeasureLatency();
    }

    /// <summary>Makes the server call back. On the thread for calls.</summary>
    public void Activate(IPeriodTransportHandler handler)
    {
        _handler = handler;
        JackTransportCallbacks.Install(_jack, _client, (void*)GCHandle.ToIntPtr(_self));
        if (_jack.jack_activate(_client) != 0)
        {
            throw new AudioMeshException(AudioErrorKind.DeviceUnavailable, $"jack: server '{Server}' did not activate the client.");
        }

        Calls.WhenIdle(Tend);
    }

    [RealtimeSafe]
    public void Start() => _jack.jack_transport_start(_client);

    [RealtimeSafe]
    public void Stop() => _jack.jack_transport_stop(_client);

    [RealtimeSafe]
    public void Locate(uint frame) => _ = _jack.jack_transport_locate(_client, frame);

    /// <summary>One cycle. Device thread.</summary>
    [RealtimeSafe]
    public void Process(int frames)
    {
        DeviceBlock block = new() { Frames = frames };
        _timeline!.Stamp(_client, ref block);
        jack_position_t position;
        jack_transport_state_t state = _jack.jack_transport_query(_client, &position);
        MeshTime output = block.PeriodTime.Add(new FrameCount(_outputLatency).ToNanoseconds(Rate));
        _handler!.Cycle(new TransportCycle(block.DeviceFrame, frames, output, StateOf(state), position.frame));
    }

    [RealtimeSafe]
    public bool IsReady() => _handler!.IsReady();

    [RealtimeSafe]
    public void FillBeats(jack_position_t* position) => Beats.Fill(position, Rate);

    /// <summary>A thread of libjack begins: as in <see cref="JackSession.OnThreadInit"/>.</summary>
    public void OnThreadInit()
    {
        int old;
        if (OperatingSystem.IsLinux() && LibC.pthread_self() != (nint)_jack.jack_client_thread_id(_client))
        {
            _ = LibC.pthread_setcanceltype(LibC.PTHREAD_CANCEL_DEFERRED, &old);
        }
    }

    public void OnXrun() => Interlocked.Increment(ref _xruns);

    public void OnBufferSize(int frames) => _period = frames;

    public void OnShutdown(string reason)
    {
        _lostReason = $"jack: server '{Server}' is gone{(reason.Length > 0 ? $": {reason.TrimEnd('.')}" : "")}.";
        JackProcess.Shared.MarkLost(Server);
    }

    /// <summary>Gives everything back, also after <see cref="Open"/> threw. On the thread for calls, as its last.</summary>
    public void Dispose()
    {
        while (Gate.Close() > 0)
        {
            Thread.Sleep(1);
        }

        if (_client != null)
        {
            if (_handler is not null && _lostReason.Length == 0)
            {
                Beats.Release(_client);
                _ = _jack.jack_recompute_total_latencies(_client); // as in JackSession: notifications come to their end first
            }

            _ = _jack.jack_client_close(_client);
        }

        _self.Free();
        JackProcess.Shared.Leave();
    }

    [RealtimeSafe]
    private static TransportState StateOf(jack_transport_state_t state) => state switch
    {
        JackTransportStopped => TransportState.Stopped,
        JackTransportRolling or JackTransportLooping => TransportState.Rolling,
        _ => TransportState.Starting,
    };

    private void Tend()
    {
        if (_lostReason.Length > 0)
        {
            return;
        }

        bool isTurn = ++_idleTurns % IdleTurns == 0;
        Beats.Tend(_client, (void*)GCHandle.ToIntPtr(_self), isTurn);
        if (isTurn)
        {
            MeasureLatency();
        }
    }

    private void MeasureLatency()
    {
        uint most = 0;
        fixed (byte* type = LibJack.JACK_DEFAULT_AUDIO_TYPE)
        {
            nuint flags = (nuint)(JackPortFlags.JackPortIsPhysical | JackPortFlags.JackPortIsInput);
            foreach (string name in JackText.TakeList(_jack, _jack.jack_get_ports(_client, null, type, flags)))
            {
                most = Math.Max(most, LatencyOf(name));
            }
        }

        _outputLatency = (int)Math.Min(most, int.MaxValue);
    }

    private uint LatencyOf(string port)
    {
        fixed (byte* name = JackText.ToNative(port))
        {
            jack_latency_range_t range = default;
            jack_port_t* found = _jack.jack_port_by_name(_client, name);
            if (found != null)
            {
                _jack.jack_port_get_latency_range(found, jack_latency_callback_mode_t.JackPlaybackLatency, &range);
            }

            return range.max;
        }
    }
}
