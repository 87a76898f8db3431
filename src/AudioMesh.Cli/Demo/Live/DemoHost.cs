// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Net;
using AudioMesh.Engine;
using AudioMesh.Graph;
using AudioMesh.Network.Media;
using AudioMesh.Network.Media.Nodes;
using AudioMesh.Network.Session;
using AudioMesh.Network.Wire;

namespace AudioMesh.Cli.Demo.Live;

/// <summary>One of the two that play with each other: a member of the session with an engine of its own.</summary>
internal sealed class DemoHost : IDisposable
{
    private readonly ToastHost _host;

    public DemoHost(string name, SessionKey key, IReadOnlyList<IPEndPoint> contacts, int channels, IReadOnlyList<(string Name, SoundLog Log)> taps)
    {
        _host = new ToastHost(new ToastHostOptions { Name = name, Key = key, Bind = new IPEndPoint(IPAddress.Loopback, 0), Contacts = contacts });
        Name = name;
        Exchange = new DemoExchange(_host.Session);
        NodeCatalogue nodes = NodeCatalogue.CreateDefault().Add(ToastSinkNode.CreateType(Exchange)).Add(ToastSourceNode.CreateType(Exchange));
        foreach ((string tap, SoundLog log) in taps)
        {
            nodes.Add(TapNode.CreateType(tap, channels, log));
        }

        Engine = new AudioEngine(new AudioEngineOptions { Nodes = nodes });
    }

    public string Name { get; }

    public AudioEngine Engine { get; }

    public DemoExchange Exchange { get; }

    public IPEndPoint Address => _host.Port.LocalAddress.ToEndPoint();

    /// <summary>Datagrams that it did not hear, such as damaged ones.</summary>
    public long Dropped => _host.Session.Drops.Total;

    public GraphNode Add(string type, params (string Name, ParameterValue Value)[] arguments) =>
        Engine.CreateNode(type, arguments.ToDictionary(argument => argument.Name, argument => argument.Value));

    /// <summary>Connects each to the next.</summary>
    public void Chain(params GraphNode[] nodes)
    {
        for (int i = 1; i < nodes.Length; i++)
        {
            Engine.Connect(nodes[i - 1].Id, nodes[i].Id);
        }
    }

    /// <summary>How it stands: what it hears, and how loud that is at <paramref name="meter"/>.</summary>
    public NodeFigures Look(GraphNode meter)
    {
        StreamReceiver? receiver = Exchange.Incoming.Count > 0 ? Exchange.Incoming[0].Receiver : null;
        return new NodeFigures(Name, receiver?.Options.Rate ?? 48_000, receiver?.Statistics ?? default, Levels(meter, "peak_db"), Levels(meter, "rms_db"));
    }

    public void Dispose()
    {
        Engine.Dispose();
        _host.Dispose();
    }

    private static double[] Levels(GraphNode meter, string parameter) =>
        [.. (meter.Get(parameter)?.Text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
}
