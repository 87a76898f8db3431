// SPDX-License-Identifier: MIT
using AudioMesh.Backends;
using AudioMesh.Clock;
using AudioMesh.Graph;
using AudioMesh.Graph.Nodes;

namespace AudioMesh.Engine;

/// <summary>Owns one device and one graph: commands in, events out. Every member may be called from any thread; none from a device thread.</summary>
public sealed partial class AudioEngine : IDisposable
{
    private readonly Lock _gate = new();
    private readonly AudioEngineOptions _options;
    private readonly Renderer _renderer;
    private readonly GraphTopology _topology = new();
    private readonly EventHub _hub;
    private readonly EngineWorker _worker;
    private readonly ModelWorker _models = new();
    private readonly DeviceSupervisor _device;
    private readonly DeviceClock _clock;
    private readonly EnginePump? _pump;
    private int _lastId;
    private bool _isDisposed;

    /// <summary>An engine without a device, silent.</summary>
    public AudioEngine(AudioEngineOptions? options = null)
    {
        _options = options ?? new AudioEngineOptions();
        _hub = new EventHub(() => _pump?.Wake());
        _worker = new EngineWorker(ReportFailure);
        _renderer = new Renderer { FreewheelWork = WorkOffline, NodeBudget = _options.DeadlineBudget, BlockClock = _options.BlockClock };
        _device = new DeviceSupervisor(_renderer, _options.Backends, _hub.Publish, TrainInputs);
        _clock = new DeviceClock(_renderer.Telemetry);
        _change = new GraphChange(_topology, _options, PrepareNew, GetMoment);
        _pump = new EnginePump(this, _hub, _renderer.Events, Tick);
    }

    /// <summary>The node types it knows.</summary>
    public NodeCatalogue Nodes => _options.Nodes;

    /// <summary>The drivers it knows, in the order in which it prefers them.</summary>
    public IReadOnlyList<string> Drivers => _options.Backends.Drivers;

    /// <summary>What is open, or null. While the device is lost: what was.</summary>
    public StreamInfo? Stream
    {
        get
        {
            lock (_gate)
            {
                return _device.Stream;
            }
        }
    }

    /// <summary>A queue of events from now on; see <see cref="EventSubscription.IsPatient"/>. Dispose it when done.</summary>
    public EventSubscription Subscribe(bool isPatient = false) => _hub.Subscribe(isPatient);

    /// <summary>The devices <paramref name="driver"/> sees now; of all drivers when empty. A driver that fails to answer sees none.</summary>
    public IReadOnlyList<AudioDevice> EnumerateDevices(string driver)
    {
        List<AudioDevice> devices = [];
        foreach (string name in driver.Length == 0 ? Drivers : [driver])
        {
            using IAudioOutputBackend backend = _options.Backends.Create(name);
            if (backend.IsAvailable(out _))
            {
                devices.AddRange(backend.EnumerateDevices());
            }
        }

        return devices;
    }

    /// <summary>Whether <paramref name="driver"/> could open something now, else why not.</summary>
    public bool IsAvailable(string driver, out string reason)
    {
        using IAudioOutputBackend backend = _options.Backends.Create(driver);
        return backend.IsAvailable(out reason);
    }

    /// <summary>Opens a device by <paramref name="driver"/> (or <c>auto</c>) in place of the present one. Throws what the backend throws.</summary>
    public StreamInfo OpenDevice(string driver, StreamRequest request)
    {
        request.Validate();
        lock (_gate)
        {
            _runsOnDemand = false;
            StreamInfo stream = _device.Open(driver, request);
            try
            {
                PrepareAll(stream);
            }
            catch
            {
                _device.Close();
                throw;
            }

            Commit();

            return stream;
        }
    }

    /// <summary>Stops and gives the device back.</summary>
    public void CloseDevice()
    {
        lock (_gate)
        {
            _runsOnDemand = false;
            _device.Close();
        }
    }

    /// <summary>How long sound takes from an app source's ring to the air, hop by hop. Throws NotFound, InvalidArgument, InvalidState without a device.</summary>
    public LatencyLedger GetLatency(int id)
    {
        lock (_gate)
        {
            return LatencyLedger.Of(_topology, _topology.Find(id), _device.Stream);
        }
    }

    /// <summary>Begins to call back, when files are read ahead. Throws InvalidState without a device, and what the backend throws.</summary>
    public void Start() => Start(restAfterMs: null);

    /// <summary>Ends calling back, after a fade of a few milliseconds.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _runsOnDemand = false;
            _device.Stop();
        }
    }

    /// <summary>The figures now.</summary>
    public EngineTelemetry GetTelemetry()
    {
        lock (_gate)
        {
            RenderTelemetry render = _renderer.Telemetry;
            GapTotals gaps = CountGaps(out int bypassed);
            return new EngineTelemetry
            {
                State = _device.State,
                Rate = _device.Stream?.Rate ?? 0,
                PeriodFrames = _device.Stream?.PeriodFrames ?? 0,
                IsRealtime = _device.Stream?.IsRealtime ?? false,
                Periods = render.Periods,
                Missed = render.Missed,
                DeviceXruns = render.DeviceXruns,
                Overruns = render.Overruns,
                LateFrames = render.LateFrames,
                Bypassed = bypassed,
                Underruns = gaps.Underruns,
                UnderrunFrames = gaps.UnderrunFrames,
                PredictedFrames = gaps.PredictedFrames,
                GcUnderruns = gaps.GcUnderruns,
                EventsDropped = _hub.Dropped + _renderer.Events.DroppedCount,
                AllocatedBytes = render.AllocatedBytes,
                HeapAllocatedBytes = GC.GetTotalAllocatedBytes(),
                Collections = GC.CollectionCount(0),
                CollectionUs = (long)GC.GetTotalPauseDuration().TotalMicroseconds,
                Load = render.Load,
                LoadPeak = render.LoadPeak,
                LatenessUs = Quantiles.Of(render.Lateness),
                RenderUs = Quantiles.Of(render.RenderTime),
                Placement = render.Placement,
            };
        }
    }

    /// <summary>The clocks now: which frame leaves the device, how fast they come, and how sure that is.</summary>
    public ClockReport GetClock()
    {
        lock (_gate)
        {
            return _clock.Report(_device.Stream?.Rate ?? 0, _device.Stream?.PeriodFrames ?? 0, IsRunning);
        }
    }

    /// <summary>Ends sound and files and frees everything, rings included.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_isDisposed)
            {
                return;
            }

            _isDisposed = true;
            _device.Close();
        }

        _pump?.Dispose();
        _worker.Dispose();
        _models.Dispose();
        _renderer.Dispose();
        foreach (GraphNode node in _topology.Nodes.Concat(_orphans))
        {
            node.Dispose();
        }

        _hub.Dispose();
    }

    /// <summary>Whether the device calls back, or time goes on without it.</summary>
    internal bool IsRunning => _device.State != EngineState.Stopped;

    // What the device recorded is trained on when no more of it comes, and not before.
    private void TrainInputs()
    {
        foreach (DeviceSourceNode source in _topology.Nodes.OfType<DeviceSourceNode>())
        {
            if (source.Gaps.Concealer is { } concealer)
            {
                concealer.IsArmed = true;
                _models.Work(concealer);
            }
        }
    }

    private GapTotals CountGaps(out int bypassed)
    {
        bypassed = 0;
        GapTotals gaps = _gapsOfDestroyed;
        IReadOnlyList<GraphNode> nodes = _topology.Nodes;
        for (int i = 0; i < nodes.Count; i++)
        {
            gaps = gaps.With(nodes[i]);
            bypassed += nodes[i].IsBypassed ? 1 : 0;
        }

        foreach (GraphNode node in _orphans)
        {
            gaps = gaps.With(node);
        }

        return gaps;
    }

    private void WorkOffline()
    {
        _worker.Pass();
        _models.WorkOffline();
    }

    // Returns whether something is under way that is to be seen to soon.
    private bool Tick()
    {
        lock (_gate)
        {
            if (_isDisposed)
            {
                return false;
            }

            bool isStarting = FollowDemand();
            _device.Tick();
            FollowPeriod();
            _clock.Tick(_device.Stream?.Rate ?? 0);
            Collect();
            return isStarting || _device.State == EngineState.Holdover || _renderer.HasPending || _orphans.Count > 0;
        }
    }

    // A server may lengthen its period while it runs: until then a plan for shorter ones renders it in pieces.
    private void FollowPeriod()
    {
        if (IsRunning && _device.Stream is { } stream && stream.PeriodFrames != _planFrames)
        {
            Commit();
        }
    }

    private void ReportFailure(GraphNode node, AudioMeshException failure) =>
        _hub.Publish(new EngineEvent(EngineEventKind.Node, MeshClock.Now) { Value = "failed", NodeId = node.Id, Error = failure });
}
