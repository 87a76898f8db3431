// SPDX-License-Identifier: MIT
using AudioMesh.Backends;
using AudioMesh.Clock;
using AudioMesh.Graph;
using AudioMesh.Graph.Nodes;

namespace AudioMesh.Engine;

/// <summary>Owns one device and one graph: commands in, events out. Every member may be called from any thread; none from a device thread.</summary>
public sealed class AudioEngine : IDisposable
{
    private readonly Lock _gate = new();
    private readonly AudioEngineOptions _options;
    private readonly Renderer _renderer = new();
    private readonly GraphTopology _topology = new();
    private readonly EventHub _hub = new();
    private readonly EngineWorker _worker;
    private readonly DeviceSupervisor _device;
    private readonly EnginePump _pump;
    private RenderPlan? _committed;
    private int _lastId;
    private bool _isDisposed;

    /// <summary>An engine without a device, silent.</summary>
    public AudioEngine(AudioEngineOptions? options = null)
    {
        _options = options ?? new AudioEngineOptions();
        _worker = new EngineWorker(ReportFailure);
        _device = new DeviceSupervisor(_renderer, _options.Backends, _hub.Publish);
        _pump = new EnginePump(_hub, _renderer.Events, Tick, GetTelemetry, () => Stream?.Rate ?? 0);
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

    /// <summary>A queue of events from now on. Dispose it when done.</summary>
    public EventSubscription Subscribe() => _hub.Subscribe();

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

            return stream;
        }
    }

    /// <summary>Stops and gives the device back.</summary>
    public void CloseDevice()
    {
        lock (_gate)
        {
            _device.Close();
        }
    }

    /// <summary>Connects two ports of the device's server by their full names. Throws InvalidState when the device has no ports, NotFound, ...</summary>
    public void ConnectPorts(string source, string destination)
    {
        lock (_gate)
        {
            Patchbay.Connect(source, destination);
        }
    }

    /// <summary>Takes a connection of ports away. Throws as <see cref="ConnectPorts"/>.</summary>
    public void DisconnectPorts(string source, string destination)
    {
        lock (_gate)
        {
            Patchbay.Disconnect(source, destination);
        }
    }

    /// <summary>The connections of the device's ports. Throws InvalidState when the device has no ports.</summary>
    public IReadOnlyList<(string Source, string Destination)> GetPortConnections()
    {
        lock (_gate)
        {
            return Patchbay.Connections;
        }
    }

    /// <summary>Makes a node. Throws NotFound for the type, InvalidArgument for an argument, LimitExceeded, and what the type throws.</summary>
    public GraphNode CreateNode(string type, IReadOnlyDictionary<string, ParameterValue> arguments)
    {
        NodeType nodeType = Nodes.Find(type);
        lock (_gate)
        {
            if (_topology.Nodes.Count >= _options.MaxNodes)
            {
                throw new AudioMeshException(AudioErrorKind.LimitExceeded, $"There are {_options.MaxNodes} nodes already.");
            }

            GraphNode node = nodeType.Create(new NodeArguments(nodeType, arguments));
            try
            {
                node.Id = _lastId + 1;
                if (_device.Stream is { } stream)
                {
                    node.Prepare(new GraphFormat(stream.Rate, stream.PeriodFrames));
                }
            }
            catch
            {
                node.Dispose();
                throw;
            }

            _lastId = node.Id;
            _topology.Add(node);
            if (node.Background is not null)
            {
                _worker.Add(node);
            }

            Commit();
            return node;
        }
    }

    /// <summary>Removes a node and its connections, which fade out first while the device runs. Throws NotFound.</summary>
    public void DestroyNode(int id)
    {
        lock (_gate)
        {
            GraphNode node = _topology.Find(id);
            RemoveEdges([.. _topology.Edges.Where(edge => edge.From == node || edge.To == node)]);
            _topology.Remove(node);
            if (node.Background is not null)
            {
                _worker.Remove(node);
            }

            _committed?.DisposeWith(node);
            bool isCommitted = _committed is not null;
            Commit();
            AwaitCommit();
            if (!isCommitted)
            {
                node.Dispose();
            }
        }
    }

    /// <summary>Connects two nodes; fades in while the device runs. Throws NotFound, InvalidArgument (cycles name their path).</summary>
    public void Connect(int from, int to)
    {
        lock (_gate)
        {
            _topology.Connect(_topology.Find(from, "from"), _topology.Find(to, "to"), fadesIn: IsRunning);
            Commit();
        }
    }

    /// <summary>Takes a connection away; fades out first while the device runs. Throws NotFound.</summary>
    public void Disconnect(int from, int to)
    {
        lock (_gate)
        {
            GraphEdge edge = _topology.FindEdge(_topology.Find(from, "from"), _topology.Find(to, "to"))
                ?? throw new AudioMeshException(AudioErrorKind.NotFound, $"{from} and {to} are not connected.") { Field = "to" };
            RemoveEdges([edge]);
            Commit();
        }
    }

    /// <summary>Sets live parameters, all or none. Throws NotFound, InvalidArgument.</summary>
    public void SetParameters(int id, IReadOnlyDictionary<string, ParameterValue> values)
    {
        lock (_gate)
        {
            GraphNode node = _topology.Find(id);
            foreach ((string name, ParameterValue value) in values)
            {
                LiveParameter(node.Type, name).Check(value);
            }

            foreach ((string name, ParameterValue value) in values)
            {
                node.Set(name, value);
            }
        }
    }

    /// <summary>The node numbered <paramref name="id"/>. Throws NotFound.</summary>
    public GraphNode FindNode(int id)
    {
        lock (_gate)
        {
            return _topology.Find(id);
        }
    }

    /// <summary>All nodes and all connections, now.</summary>
    public (IReadOnlyList<GraphNode> Nodes, IReadOnlyList<(int From, int To)> Connections) GetGraph()
    {
        lock (_gate)
        {
            return ([.. _topology.Nodes], [.. _topology.Edges.Select(edge => (edge.From.Id, edge.To.Id))]);
        }
    }

    /// <summary>How long sound takes from an app source's ring to the air, hop by hop. Throws NotFound, InvalidArgument, InvalidState without a device.</summary>
    public LatencyLedger GetLatency(int id)
    {
        lock (_gate)
        {
            return LatencyLedger.Of(_topology.Find(id), _device.Stream);
        }
    }

    /// <summary>Begins to call back, when files are read ahead. Throws InvalidState without a device, and what the backend throws.</summary>
    public void Start()
    {
        _worker.WaitPrimed(2000);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            _device.Start();
        }
    }

    /// <summary>Ends calling back, after a fade of a few milliseconds.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _device.Stop();
        }
    }

    /// <summary>The figures now.</summary>
    public EngineTelemetry GetTelemetry()
    {
        lock (_gate)
        {
            RenderTelemetry render = _renderer.Telemetry;
            AppSourceNode[] sources = [.. _topology.Nodes.OfType<AppSourceNode>()];
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
                Underruns = sources.Sum(source => source.Underruns),
                UnderrunFrames = sources.Sum(source => source.UnderrunFrames),
                GcUnderruns = sources.Sum(source => source.GcUnderruns),
                EventsDropped = _hub.Dropped + _renderer.Events.DroppedCount,
                AllocatedBytes = render.AllocatedBytes,
                Collections = GC.CollectionCount(0),
                Load = render.Load,
                LoadPeak = render.LoadPeak,
                LatenessUs = Quantiles.Of(render.Lateness),
                RenderUs = Quantiles.Of(render.RenderTime),
                Placement = render.Placement,
            };
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

        _pump.Dispose();
        _worker.Dispose();
        _renderer.Dispose();
        foreach (GraphNode node in _topology.Nodes)
        {
            node.Dispose();
        }

        _hub.Dispose();
    }

    private IPortPatchbay Patchbay => _device.Device as IPortPatchbay
        ?? throw new AudioMeshException(AudioErrorKind.InvalidState, "No device with ports is open.");

    private bool IsRunning => _device.State != EngineState.Stopped;

    private static ParameterDescriptor LiveParameter(NodeType type, string name) => type.Find(name) is { IsLive: true } parameter
        ? parameter
        : throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"{type.Name} has no live parameter '{name}'.")
        {
            Field = $"args.{name}",
            Allowed = string.Join(", ", type.Parameters.Where(p => p.IsLive).Select(p => p.Name)),
        };

    private void PrepareAll(StreamInfo stream)
    {
        foreach (GraphNode node in _topology.Nodes)
        {
            node.Prepare(new GraphFormat(stream.Rate, stream.PeriodFrames));
        }
    }

    private void Commit()
    {
        _committed = new RenderPlan(_topology);
        _renderer.Commit(_committed);
        if (!IsRunning)
        {
            _renderer.TakePending();
        }

        _renderer.Collect();
    }

    // So that what a node held, such as a file, is given back when its removal returns.
    private void AwaitCommit()
    {
        long deadline = Environment.TickCount64 + 200;
        while (IsRunning && _renderer.HasPending && Environment.TickCount64 < deadline)
        {
            Thread.Sleep(1);
        }

        _renderer.Collect();
    }

    // Ramps to silence first; when the device does not call back in time the edges go all the same.
    private void RemoveEdges(GraphEdge[] edges)
    {
        foreach (GraphEdge edge in edges)
        {
            edge.Gain.Target = 0;
        }

        long deadline = Environment.TickCount64 + 200;
        while (IsRunning && Environment.TickCount64 < deadline && Array.Exists(edges, edge => edge.Gain.Current != 0))
        {
            Thread.Sleep(1);
        }

        foreach (GraphEdge edge in edges)
        {
            _topology.Remove(edge);
        }
    }

    private void Tick()
    {
        lock (_gate)
        {
            if (!_isDisposed)
            {
                _device.Tick();
                _renderer.Collect();
            }
        }
    }

    private void ReportFailure(GraphNode node, AudioMeshException failure) =>
        _hub.Publish(new EngineEvent(EngineEventKind.Node, MeshClock.Now) { Value = "failed", NodeId = node.Id, Error = failure });
}
