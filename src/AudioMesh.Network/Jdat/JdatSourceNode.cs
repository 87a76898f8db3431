// SPDX-License-Identifier: MIT
using AudioMesh.Graph;
using AudioMesh.Graph.Nodes;
using AudioMesh.Realtime;

namespace AudioMesh.Network.Jdat;

/// <summary>Plays what JDAT lines bring: an <c>app_source</c> whose app is a thread that reads them. What does not come in time is predicted.</summary>
public sealed class JdatSourceNode : GraphNode
{
    private readonly string _from;
    private readonly AppSourceNode _app;
    private readonly JdatFeeder _feeder;
    private readonly JdatInput _input;

    private JdatSourceNode(NodeArguments arguments)
        : base(NodeType, 0, arguments.Integer("channels"))
    {
        JdatEndpoint endpoint = Endpoint(arguments, "from");
        _from = endpoint.ToString();
        _app = (AppSourceNode)AppSourceNode.NodeType.Create(new NodeArguments(AppSourceNode.NodeType, new Dictionary<string, ParameterValue>
        {
            ["frames"] = arguments.Integer("frames"),
            ["depth"] = arguments.Integer("depth"),
            ["channels"] = arguments.Integer("channels"),
            ["rate"] = arguments.Integer("rate"),
            ["quality"] = arguments.Text("quality"),
            ["drift"] = arguments.Text("drift"),
            ["gaps"] = arguments.Text("gaps"),
        }));
        _feeder = new JdatFeeder(_app.Ring.Writer, arguments.Integer("rate"), waitsForRoom: endpoint.Kind != JdatEndpointKind.Udp);
        try
        {
            _input = new JdatInput(endpoint, _feeder);
        }
        catch
        {
            _app.Dispose();
            throw;
        }
    }

    /// <summary>What <c>describe</c> answers.</summary>
    public static NodeType NodeType { get; } = new(
        "jdat_source",
        "Plays what JDAT lines bring: from standard input, a Unix socket or UDP.",
        [
            new("from", ParameterKind.Text, "Where they come from: -, unix:PATH or udp:HOST:PORT."),
            new("remote", ParameterKind.Flag, "Allow UDP from other machines, which JDAT neither encrypts nor authenticates.") { Default = false },
            .. AppSourceNode.NodeType.Parameters.Where(parameter => parameter.Name is not ("shared" or "memfd")).Select(Adapt),
            new("lines", ParameterKind.Integer, "Lines read.") { IsReadOnly = true },
            new("faults", ParameterKind.Integer, "Lines refused, those of another rate or channel count included.") { IsReadOnly = true },
            new("last_fault", ParameterKind.Text, "The last line refused, and why.") { IsReadOnly = true },
            new("lost_frames", ParameterKind.Integer, "Frames that came when the ring was full; UDP only, the others wait.") { IsReadOnly = true, Unit = "frames" },
            new("stopped_frames", ParameterKind.Integer, "Frames not heard because of a stop.") { IsReadOnly = true, Unit = "frames" },
            new("jumps", ParameterKind.Integer, "How often a line's time was not the end of the line before.") { IsReadOnly = true },
            new("clients", ParameterKind.Integer, "Who is connected.") { IsReadOnly = true },
            new("refused_clients", ParameterKind.Integer, "Who was turned away because somebody was connected.") { IsReadOnly = true },
            new("session", ParameterKind.Text, "The session of the last line.") { IsReadOnly = true },
            new("command", ParameterKind.Text, "The last transport command: play, stop, locate.") { IsReadOnly = true },
        ],
        arguments => new JdatSourceNode(arguments));

    /// <inheritdoc/>
    public override GapFiller Gaps => _app.Gaps;

    /// <inheritdoc/>
    public override void Prepare(GraphFormat format)
    {
        _app.Id = Id;
        _app.Prepare(format);
    }

    /// <inheritdoc/>
    [RealtimeSafe]
    public override FrameFlags Process(in RenderContext context, in BlockView input, in BlockView output) => _app.Process(context, input, output);

    /// <inheritdoc/>
    public override ParameterValue? Get(string parameter) => parameter switch
    {
        "from" => _from,
        "lines" => _input.Lines,
        "faults" => _input.Faults + _feeder.WrongFormats,
        "last_fault" => _feeder.LastFault,
        "lost_frames" => (long)_app.Ring.Writer.RefusedFrames,
        "stopped_frames" => _feeder.DiscardedFrames,
        "jumps" => _feeder.Jumps,
        "clients" => _input.Clients,
        "refused_clients" => _input.RefusedClients,
        "session" => _feeder.Session,
        "command" => _feeder.Command,
        _ => _app.Get(parameter),
    };

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _feeder.Stop();
        _input.Dispose();
        _app.Dispose();
        base.Dispose(disposing);
    }

    internal static JdatEndpoint Endpoint(NodeArguments arguments, string name)
    {
        try
        {
            return JdatEndpoint.Parse(arguments.Text(name), arguments.Flag("remote"));
        }
        catch (AudioMeshException error)
        {
            throw new AudioMeshException(error.Kind, error.Message, error) { Field = $"args.{name}", Allowed = error.Allowed };
        }
    }

    private static ParameterDescriptor Adapt(ParameterDescriptor parameter) =>
        parameter.Name == "depth" ? parameter with { Default = 1024 } : parameter;
}
