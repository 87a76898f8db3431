// SPDX-License-Identifier: MIT
using System.Buffers;
using System.Text.Json;
using AudioMesh.Backends;
using AudioMesh.Control.Server;
using AudioMesh.Engine;
using AudioMesh.Graph;

namespace AudioMesh.Control;

/// <summary>The commands of the control protocol, each a few lines over the engine.</summary>
internal sealed class ControlCommands
{
    private readonly AudioEngine _engine;
    private readonly EventSubscription _subscription;
    private readonly ControlSessionOptions _options;
    private readonly SortedDictionary<string, Action<RequestReader, Utf8JsonWriter>> _commands;
    private readonly List<GraphNode> _nodes = [];
    private readonly List<(int From, int To)> _connections = [];
    private string _driver = "auto";

    public ControlCommands(AudioEngine engine, EventSubscription subscription, ControlSessionOptions options)
    {
        _engine = engine;
        _options = options;
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
            ["port_connect"] = (request, _) => engine.ConnectPorts(request.Text("from"), request.Text("to")),
            ["port_disconnect"] = (request, _) => engine.DisconnectPorts(request.Text("from"), request.Text("to")),
            ["port_connections"] = ListPortConnections,
            ["get"] = (request, writer) => NodeWriter.WriteFields(writer, request.Node("id", engine)),
            ["list"] = ListGraph,
            ["latency"] = ReportLatency,
            ["restore"] = Restore,
            ["start"] = (_, _) => engine.Start(),
            ["stop"] = (_, _) => engine.Stop(),
            ["stats"] = (_, writer) => StatsWriter.Write(writer, engine.GetTelemetry()),
            ["clock"] = (_, writer) => ClockWriter.Write(writer, engine.GetClock()),
            ["subscribe"] = Subscribe,
            ["graph"] = (_, writer) => GraphDocument.Write(writer, "graph", engine.GetGraph()),
            ["apply"] = (request, writer) => GraphDocument.Apply(request.Object("graph"), engine, writer),
            ["save"] = SaveGraph,
            ["load"] = LoadGraph,
            ["quit"] = Quit,
            ["clients"] = (request, writer) => ClientWriter.Write(writer, request.Access, engine),
        };
        GraphCommands edits = new(engine);
        _commands["batch"] = edits.RunBatch;
        foreach (string edit in GraphCommands.Names)
        {
            _commands[edit] = (request, writer) => edits.Run(edit, request, writer);
        }
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

        request.Access.RequireCommand(name);
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
            MidiOutputs = request.Integer("midi_outputs", 0),
            MidiInputs = request.Integer("midi_inputs", 0),
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
        writer.WriteStartArray("types");
        if (request.TryGetRaw("node", out _))
        {
            NodeWriter.WriteType(writer, request.Node("node", _engine).Type);
        }
        else if (request.OptionalText("type") is { } only)
        {
            NodeType type = _engine.Nodes.Find(only);
            NodeWriter.WriteType(writer, request.TryGetRaw("args", out _) ? type.For(request.Arguments()) : type);
        }
        else
        {
            foreach (NodeType type in _engine.Nodes.Types)
            {
                NodeWriter.WriteType(writer, type);
            }
        }

        writer.WriteEndArray();
    }

    private void ListGraph(RequestReader request, Utf8JsonWriter writer)
    {
        _engine.CopyGraph(_nodes, _connections);
        writer.WriteStartArray("nodes");
        foreach (GraphNode node in _nodes)
        {
            NodeWriter.Write(writer, node);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("connections");
        foreach ((int from, int to) in _connections)
        {
            writer.WriteStartObject();
            writer.WriteNumber("from", from);
            writer.WriteNumber("to", to);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        _nodes.Clear();
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
        LatencyLedger ledger = _engine.GetLatency(request.Node("id", _engine).Id);
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

    private void SaveGraph(RequestReader request, Utf8JsonWriter writer)
    {
        string name = request.Text("name");
        ArrayBufferWriter<byte> bytes = new();
        using (Utf8JsonWriter document = new(bytes, new JsonWriterOptions { Indented = true }))
        {
            document.WriteStartObject();
            GraphDocument.WritePublic(document, "graph", _engine.GetGraph());
            document.WriteEndObject();
        }

        Graphs.Save(name, bytes.WrittenSpan);
    }

    private void LoadGraph(RequestReader request, Utf8JsonWriter writer)
    {
        string name = request.Text("name");
        try
        {
            RequestDocument document = new();
            document.Read(Graphs.Load(name));
            GraphDocument.Apply(request.Part(document.Root).Object("graph"), _engine, writer);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw new AudioMeshException(AudioErrorKind.FileInvalid, $"The saved graph '{name}' is not one: {error.Message}", error);
        }
    }

    private void Restore(RequestReader request, Utf8JsonWriter writer)
    {
        GraphNode node = request.Node("id", _engine);
        request.Access.RequireChange(node, "id");
        _engine.RestoreNode(node.Id);
    }

    private void Quit(RequestReader request, Utf8JsonWriter writer) => (_options.OnQuit ?? throw new AudioMeshException(
        AudioErrorKind.InvalidState, "This engine belongs to the program that holds it, and ends with it."))();

    private GraphStore Graphs => _options.Graphs
        ?? throw new AudioMeshException(AudioErrorKind.InvalidState, "This engine has no place to keep graphs.");
}
