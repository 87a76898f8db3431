// SPDX-License-Identifier: MIT
using AudioMesh.Backends;
using AudioMesh.Engine;
using AudioMesh.Graph;
using AudioMesh.Network.Session;

namespace AudioMesh.RoundTrip;

/// <summary>An engine on a server, with the nodes of a session.</summary>
internal sealed class ToastSide : IDisposable
{
    private readonly ToastHosts _hosts = new();
    private readonly ToastSettings _settings;
    private readonly ToastMembership _membership;

    public ToastSide(string name, string server, string keyFile, string contacts)
    {
        _settings = new ToastSettings { Name = name, Session = "bench", KeyFile = keyFile, Listen = "127.0.0.1:0", Contacts = contacts };
        _membership = _hosts.Join(_settings);
        Engine = new AudioEngine(new AudioEngineOptions { Nodes = ToastNodes.Add(NodeCatalogue.CreateDefault(), _hosts) });
        Device = Engine.OpenDevice(
            "jack", new StreamRequest { Device = server, ClientName = $"audiomesh-{name}", OutputChannels = 1, InputChannels = 1, AutoConnect = false });
    }

    public AudioEngine Engine { get; }

    public StreamInfo Device { get; }

    public string Address => $"{_membership.Host.Port.LocalAddress}";

    public GraphNode Send(string stream) => Engine.CreateNode("toast_sink", Words(("stream", stream)));

    public GraphNode Hear(string peer, string stream, double depthMs) =>
        Engine.CreateNode("toast_source", Words(("peer", peer), ("stream", stream), ("depth_max", depthMs)));

    public GraphNode Add(string type) => Engine.CreateNode(type, new Dictionary<string, ParameterValue> { ["channels"] = 1 });

    public void Connect(GraphNode from, GraphNode to) => Engine.Connect(from.Id, to.Id);

    public void Dispose()
    {
        Engine.Dispose();
        _membership.Dispose();
        _hosts.Dispose();
    }

    private Dictionary<string, ParameterValue> Words(params (string Name, ParameterValue Value)[] words)
    {
        Dictionary<string, ParameterValue> all = new()
        {
            ["channels"] = 1,
            ["name"] = _settings.Name,
            ["session"] = _settings.Session,
            ["key_file"] = _settings.KeyFile,
            ["listen"] = _settings.Listen,
            ["contacts"] = _settings.Contacts,
        };
        foreach ((string name, ParameterValue value) in words)
        {
            all[name] = value;
        }

        return all;
    }
}
