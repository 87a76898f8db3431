// SPDX-License-Identifier: MIT
using System.Text.Json;
using AudioMesh.Backends;
using AudioMesh.Engine;
using AudioMesh.Graph;
using AudioMesh.Graph.Nodes;

namespace AudioMesh.Control;

/// <summary>The commands of the control protocol, each a few lines over the engine.</summary>
internal sealed class ControlCommands
{
    private readonly AudioEngine _engine;
    private readonly EventSubscription _subscription;
    private readonly SortedDictionary<string, Action<RequestReader, Utf8JsonWriter>> _commands;
    private string _driver = "auto";

    public ControlCommands(AudioEngine engine, EventSubscription subscription)
    {
        _engine = engine;
        _subscription = subscription;
        _commands = new(StringComparer.Ordinal)
        {
            ["ping"] = Ping,
            ["drivers"] = ListDrivers,
            ["devices"] = ListDevices,
            ["backend"] = ChooseDriver,
            ["device_open"] = OpenDevice,
            ["device_close"] = (_, _) => engine.CloseDevice(),
            ["device"] = DescribeDevice,
            ["describe"] = DescribeTypes,
            ["create_node"] = CreateNode,
            ["destroy_node"] = (request, _) => engine.DestroyNode(request.NodeId("id")),
            ["connect"] = (request, _) => engine.Connect(request.NodeId("from"), request.NodeId("to")),
            ["disconnect"] = (request, _) => engine.Disconnect(request.NodeId("from"), request.NodeId("to")),
            ["set"] = (request, _) => engine.SetParameters(request.NodeId("id"), request.Arguments()),
            ["port_connect"] = (request, _) => engine.ConnectPorts(request.Text("from"), request.Text("to")),
            ["port_disconnect"] = (request, _) => engine.DisconnectPorts(request.Text("from"), request.Text("to")),
            ["port_connections"] = ListPortConnections,
            ["get"] = (request, writer) => NodeWriter.WriteFields(writer, engine.FindNode(request.NodeId("id"))),
            ["list"] = ListGraph,
            ["latency"] = ReportLatency,
            ["start"] = (_, _) => engine.Start(),
            ["stop"] = (_, _) => engine.Stop(),
            ["stats"] = (_, writer) => StatsWriter.Write(writer, engine.GetTelemetry()),
            ["subscribe"] = Subscribe,
        };
    }

    /// <summary>Carries out <paramref name="request"/> and writes its results as fields of the open object. Throws what went wrong.</summary>
    public void Run(RequestReader request, Utf8JsonWriter writer)
    {
        string name = request.Text("cmd");
        if (!_commands.TryGetValue(name, out Action<RequestReader, Utf8JsonWriter>? command))
        {
            throw new AudioMeshException(AudioErrorKind.Protocol, $"There is no command '{name}'.")
            {
                Field = "cmd",
                Allowed = string.Join(", ", _commands.Keys),
            };
        }

        command(request, writer);
    }

    private void Ping(RequestReader request, Utf8JsonWriter writer)
    {
        writer.WriteString("name", "audiomixerd");
        writer.WriteString("version", ProductVersion.Text);
    }

    private void ListDrivers(RequestReader request, Utf8JsonWriter writer)
    {
        writer.WriteStartArray("drivers");
        foreach (string driver in _engine.Drivers)
        {
            writer.WriteStartObject();
            writer.WriteString("driver", driver);
            bool isAvailable = _engine.IsAvailable(driver, out string reason);
            writer.WriteBoolean("available", isAvailable);
            if (!isAvailable)
            {
                writer.WriteString("reason", reason);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private void ListDevices(RequestReader request, Utf8JsonWriter writer)
    {
        IReadOnlyList<AudioDevice> devices = _engine.EnumerateDevices(request.OptionalText("driver") ?? "");
        writer.WriteStartArray("devices");
        foreach (AudioDevice device in devices)
        {
            writer.WriteStartObject();
            writer.WriteString("driver", device.Driver);
            writer.WriteString("name", device.Name);
            writer.WriteString("description", device.Description);
            writer.WriteNumber("channels", device.MaxOutputChannels);
            writer.WriteNumber("input_channels", device.MaxInputChannels);
            writer.WriteNumber("rate", device.Rate);
            writer.WriteBoolean("default", device.IsDefault);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private void ChooseDriver(RequestReader request, Utf8JsonWriter writer)
    {
        string driver = request.Text("driver");
        if (driver != "auto" && !_engine.Drivers.Contains(driver))
        {
            throw new AudioMeshException(AudioErrorKind.NotFound, $"There is no driver '{driver}'.")
            {
                Field = "driver",
                Allowed = string.Join(", ", _engine.Drivers) + ", auto",
            };
        }

        _driver = driver;
    }

    private void OpenDevice(RequestReader request, Utf8JsonWriter writer)
    {
        string? name = request.OptionalText("name");
        StreamInfo stream = _engine.OpenDevice(request.OptionalText("driver") ?? _driver, new StreamRequest
        {
            Device = name is null or "default" ? "" : name,
            ClientName = request.OptionalText("client") ?? "audiomesh",
            Rate = request.Integer("rate", 0),
            OutputChannels = request.Integer("channels", 2),
            InputChannels = request.Integer("input_channels", 0),
            PeriodFrames = request.Integer("period", 0),
            Periods = request.Integer("periods", 0),
            Format = StreamWriter.FormatOf(request.OptionalText("format")),
            OutputPorts = request.Texts("output_ports"),
            InputPorts = request.Texts("input_ports"),
            AutoConnect = request.Flag("auto_connect", true),
            UseMmap = request.Flag("mmap", true),
            Paced = request.Flag("paced", true),
        });
        StreamWriter.Write(writer, "device", stream);
    }

    private void DescribeDevice(RequestReader request, Utf8JsonWriter writer)
    {
        if (_engine.Stream is { } stream)
        {
            StreamWriter.Write(writer, "device", stream);
        }
        else
        {
            writer.WriteNull("device");
        }
    }

    private void DescribeTypes(RequestReader request, Utf8JsonWriter writer)
    {
        string? only = request.OptionalText("type");
        writer.WriteStartArray("types");
        foreach (NodeType type in only is null ? _engine.Nodes.Types : [_engine.Nodes.Find(only)])
        {
            NodeWriter.WriteType(writer, type);
        }

        writer.WriteEndArray();
    }

    private void CreateNode(RequestReader request, Utf8JsonWriter writer)
    {
        GraphNode node = _engine.CreateNode(request.Text("type"), request.Arguments());
        writer.WriteNumber("id", node.Id);
        if (node is IRingNode { Ring: { } ring })
        {
            writer.WriteStartObject("ring");
            writer.WriteNumber("bytes", ring.Bytes);
            writer.WriteNumber("frames", ring.CapacityFrames);
            writer.WriteNumber("channels", ring.Channels);
            writer.WriteNumber("rate", ring.Rate);
            if (ring.SharedPath is { } path)
            {
                writer.WriteString("path", path);
            }

            writer.WriteEndObject();
        }
    }

    private void ListGraph(RequestReader request, Utf8JsonWriter writer)
    {
        (IReadOnlyList<GraphNode> nodes, IReadOnlyList<(int From, int To)> connections) = _engine.GetGraph();
        writer.WriteStartArray("nodes");
        foreach (GraphNode node in nodes)
        {
            NodeWriter.Write(writer, node);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("connections");
        foreach ((int from, int to) in connections)
        {
            writer.WriteStartObject();
            writer.WriteNumber("from", from);
            writer.WriteNumber("to", to);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private void ListPortConnections(RequestReader request, Utf8JsonWriter writer)
    {
        IReadOnlyList<(string Source, string Destination)> connections = _engine.GetPortConnections();
        writer.WriteStartArray("connections");
        foreach ((string source, string destination) in connections)
        {
            writer.WriteStartObject();
            writer.WriteString("from", source);
            writer.WriteString("to", destination);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private void ReportLatency(RequestReader request, Utf8JsonWriter writer)
    {
        LatencyLedger ledger = _engine.GetLatency(request.NodeId("id"));
        writer.WriteStartArray("hops");
        foreach (LatencyHop hop in ledger.Hops)
        {
            writer.WriteStartObject();
            writer.WriteString("hop", hop.Name);
            writer.WriteNumber("frames", hop.Frames);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteNumber("total_frames", ledger.TotalFrames);
    }

    private void Subscribe(RequestReader request, Utf8JsonWriter writer) =>
        _subscription.Select(request.Texts("events").ConvertAll(EventWriter.KindOf));
}
