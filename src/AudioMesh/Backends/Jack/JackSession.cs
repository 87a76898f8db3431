// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using AudioMesh.Interop;

namespace AudioMesh.Backends.Jack;

/// <summary>
/// One client of a server, from opening to closing. It outlives its backend's interest in it when the server hangs: everything is
/// given back when libjack lets go of the client, however late.
/// </summary>
internal sealed unsafe partial class JackSession : IDisposable
{
    private const int FreewheelPatienceMs = 10_000;
    private readonly LibJack _jack;
    private readonly DeviceStream _stream;
    private readonly JackMemory _memory;
    private GCHandle _self;
    private jack_client_t* _client;
    private JackPorts? _ports;
    private JackMidi? _midi;
    private JackLatency? _latency;
    private JackTimeline? _timeline;
    private JackPatchbay? _patchbay;
    private JackProperties? _properties;
    private DeviceWatchdog? _watchdog;
    private volatile int _rate;
    private volatile bool _freewheeling;
    private volatile bool _connectionsChanged;
    private volatile bool _portsAppeared;
    private long _lostAt;

    /// <summary>Takes the place of a client in this process; <see cref="Dispose"/> gives it back. Throws DeviceBusy or Timeout.</summary>
    public JackSession(LibJack jack, DeviceStream stream, JackMemory memory, string server)
    {
        JackProcess.Shared.Enter(server);
        _jack = jack;
        _stream = stream;
        _memory = memory;
        Server = server;
        _self = GCHandle.Alloc(this);
        Calls = new JackCalls(server);
    }

    /// <summary>The server's name.</summary>
    public string Server { get; }

    /// <summary>The thread that asks the server.</summary>
    public JackCalls Calls { get; }

    /// <summary>Lets callbacks in.</summary>
    public JackCallbackGate Gate { get; } = new();

    /// <summary>Connections; on the thread for calls.</summary>
    public JackPatchbay Patchbay => _patchbay!;

    /// <summary>Port properties; on the thread for calls.</summary>
    public JackProperties Properties => _properties!;

    /// <summary>Whether the server calls back. Control thread.</summary>
    public bool IsActive { get; private set; }

    /// <summary>When the server was lost, in <see cref="Environment.TickCount64"/>; 0 while it was not.</summary>
    public long LostAt => Volatile.Read(ref _lostAt);

    /// <summary>Makes client and ports. On the thread for calls.</summary>
    public StreamInfo Open(StreamRequest request, bool passesServer)
    {
        _client = JackClient.Open(_jack, request.ClientName, Server, passesServer);
        _rate = (int)_jack.jack_get_sample_rate(_client);
        JackClient.RequireRate(request.Rate, _rate, Server);
        _timeline = new JackTimeline(_jack, _rate);
        _ports = new JackPorts(_jack, _client, request);
        _midi = new JackMidi(_jack, _ports);
        _latency = new JackLatency(_jack, _ports);
        _patchbay = new JackPatchbay(_jack, _client, _ports, _memory);
        _properties = new JackProperties(_jack, _client, _memory);
        _properties.Restore();
        JackCallbacks.Install(_jack, _client, (void*)GCHandle.ToIntPtr(_self));
        int period = (int)_jack.jack_get_buffer_size(_client);
        return new StreamInfo
        {
            Driver = JackBackend.DriverName,
            Device = Server,
            ClientName = JackText.FromNative(_jack.jack_get_client_name(_client)),
            Rate = _rate,
            PeriodFrames = period,
            BufferFrames = period,
            OutputChannels = request.OutputChannels,
            InputChannels = request.InputChannels,
            Format = SampleFormat.Float32,
            Ports = _ports.FullNames()[.._ports.AudioCount],
            MidiPorts = _ports.FullNames()[_ports.AudioCount..],
        };
    }

    /// <summary>Makes the server call back, and connects. On the thread for calls.</summary>
    public void Activate(bool connectPhysical)
    {
        if (_jack.jack_activate(_client) != 0)
        {
            throw new AudioMeshException(
                AudioErrorKind.DeviceUnavailable, $"jack: server '{Server}' did not activate the client.");
        }

        if (connectPhysical)
        {
            _patchbay!.ConnectPhysical();
        }

        _patchbay!.Restore();
        _patchbay.Remember();
        Calls.WhenIdle(TendPatchbay);
        IsActive = true;
    }

    /// <summary>Changes the period of the server; throws InvalidArgument. On the thread for calls.</summary>
    public void SetBufferSize(int frames)
    {
        if (frames is <= 0 or > StreamRequest.MaxPeriodFrames || _jack.jack_set_buffer_size(_client, (uint)frames) != 0)
        {
            throw new AudioMeshException(
                AudioErrorKind.InvalidArgument, $"jack: server '{Server}' refused a period of {frames} frames.");
        }
    }

    /// <summary>Switches freewheel; throws InvalidArgument. On the thread for calls.</summary>
    public void SetFreewheel(bool on)
    {
        if (_jack.jack_set_freewheel(_client, on ? 1 : 0) != 0)
        {
            throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"jack: server '{Server}' refused to freewheel.");
        }
    }

    /// <summary>Begins to watch for a server that hangs. Control thread.</summary>
    public void Watch() => _watchdog ??= new DeviceWatchdog(
        _stream,
        () => _freewheeling ? FreewheelPatienceMs : DeviceWatchdog.PatienceMs(_stream.Info!.PeriodFrames, _rate),
        silentMs => Lose(AudioErrorKind.Timeout, $"jack: server '{Server}' hangs: no callback for {silentMs} ms."));

    /// <summary>Ends the watch. Control thread.</summary>
    public void Unwatch() => _watchdog?.Dispose();

    /// <summary>Whether the thread that calls back has realtime priority. Control thread.</summary>
    public bool IsThreadRealtime()
    {
        if (!OperatingSystem.IsLinux())
        {
            return _jack.jack_is_realtime(_client) != 0;
        }

        int policy;
        LibC.SchedParam param;
        nint thread = (nint)_jack.jack_client_thread_id(_client);
        return LibC.pthread_getschedparam(thread, &policy, &param) == 0
            && (policy & ~LibC.SCHED_RESET_ON_FORK) is LibC.SCHED_FIFO or LibC.SCHED_RR;
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
            AwaitNotifications();
            _ = _jack.jack_client_close(_client);
        }

        _ports?.Dispose();
        _self.Free();
        JackProcess.Shared.Leave();
    }

    /// <summary>
    /// Lets libjack's thread for notifications come to the end of those that are on their way, that another client left, say: the server waits for
    /// its answer to this one. Closing ends the thread, and where that has libjack's lock, every later call in this process waits for ever.
    /// </summary>
    private void AwaitNotifications()
    {
        if (IsActive && LostAt == 0)
        {
            _ = _jack.jack_recompute_total_latencies(_client);
        }
    }

    private void Lose(AudioErrorKind kind, string reason)
    {
        Volatile.Write(ref _lostAt, Environment.TickCount64);
        JackProcess.Shared.MarkLost(Server);
        _stream.Lose(kind, reason);
    }

    private void TendPatchbay()
    {
        if (LostAt != 0)
        {
            return;
        }

        if (_portsAppeared)
        {
            _portsAppeared = false;
            _patchbay!.Restore();
        }

        if (_connectionsChanged)
        {
            _connectionsChanged = false;
            _patchbay!.Remember();
        }
    }
}
