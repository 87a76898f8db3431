// SPDX-License-Identifier: MIT
using AudioMesh.Backends;
using AudioMesh.Engine;
using AudioMesh.Graph;
using AudioMesh.Network.Session;

namespace AudioMesh.Latency.Drift;

/// <summary>An engine on a device whose clock is off, in a session with the other.</summary>
internal sealed class DriftSide : IDisposable
{
    private readonly ToastHosts _hosts = new();
    private readonly ToastMembership _membership;
    private readonly AudioEngine _engine;
    private readonly Dictionary<string, ParameterValue> _words;

    public DriftSide(string name, double ppm, TimeTone tone, string keyFile, string contacts)
    {
        ToastSettings settings = new() { Name = name, Session = "drift", KeyFile = keyFile, Listen = "127.0.0.1:0", Contacts = contacts };
        _membership = _hosts.Join(settings);
        _words = new Dictionary<string, ParameterValue>
        {
            ["channels"] = 1,
            ["name"] = settings.Name,
            ["session"] = settings.Session,
            ["key_file"] = settings.KeyFile,
            ["listen"] = settings.Listen,
            ["contacts"] = settings.Contacts,
        };
        _engine = new AudioEngine(new AudioEngineOptions
        {
            Nodes = ToastNodes.Add(NodeCatalogue.CreateDefault(), _hosts),
            Backends = new BackendCatalogue().Add(SkewedDevice.Name, () => new SkewedDevice(ppm, tone), isAutomatic: false),
        });
        _engine.OpenDevice(SkewedDevice.Name, new StreamRequest { OutputChannels = 1, InputChannels = 1 });
    }

    public string Address => $"{_membership.Host.Port.LocalAddress}";

    /// <summary>Sends what the device records.</summary>
    public void Send(string stream)
    {
        GraphNode sink = _engine.CreateNode("toast_sink", new Dictionary<string, ParameterValue>(_words) { ["stream"] = stream });
        _engine.Connect(One("device_source").Id, sink.Id);
        _engine.Start();
    }

    /// <summary>Plays what the other sends, at a fixed depth, and returns the node that does.</summary>
    public GraphNode Hear(string peer, string stream, double depthMs)
    {
        GraphNode source = _engine.CreateNode(
            "toast_source",
            new Dictionary<string, ParameterValue>(_words) { ["peer"] = peer, ["stream"] = stream, ["depth_min"] = depthMs, ["depth_max"] = depthMs });
        _engine.Connect(source.Id, One("device_sink").Id);
        _engine.Start();
        return source;
    }

    public void Dispose()
    {
        _engine.Dispose();
        _membership.Dispose();
        _hosts.Dispose();
    }

    private GraphNode One(string type) => _engine.CreateNode(type, new Dictionary<string, ParameterValue> { ["channels"] = 1 });
}
