// SPDX-License-Identifier: MIT
using AudioMesh.Graph;
using AudioMesh.Graph.Nodes;
using AudioMesh.Realtime;

namespace AudioMesh.Network.Jdat;

/// <summary>Writes sound as JDAT lines: an <c>app_sink</c> whose app is a thread, <c>am-jdat-out</c>, that writes them.</summary>
public sealed class JdatSinkNode : GraphNode
{
    private readonly string _to;
    private readonly string _session;
    private readonly int _block;
    private readonly AppSinkNode _app;
    private readonly JdatOutput _output;
    private readonly Thread _thread;
    private volatile bool _isStopping;

    private JdatSinkNode(NodeArguments arguments)
        : base(NodeType, arguments.Integer("channels"), 0)
    {
        JdatEndpoint endpoint = JdatSourceNode.Endpoint(arguments, "to");
        _to = endpoint.ToString();
        _block = arguments.Integer("block");
        _session = arguments.Text("session");
        if (!JdatSessionName.IsAllowed(_session))
        {
            throw new AudioMeshException(AudioErrorKind.InvalidArgument, "session is too long or has control characters.") { Field = "args.session", Allowed = "at most 128 characters" };
        }

        _app = (AppSinkNode)AppSinkNode.NodeType.Create(new NodeArguments(AppSinkNode.NodeType, new Dictionary<string, ParameterValue>
        {
            ["frames"] = arguments.Integer("frames"),
            ["channels"] = arguments.Integer("channels"),
            ["rate"] = arguments.Integer("rate"),
            ["quality"] = arguments.Text("quality"),
            ["drift"] = arguments.Text("drift"),
        }));
        try
        {
            _output = new JdatOutput(endpoint);
        }
        catch
        {
            _app.Dispose();
            throw;
        }

        _thread = new Thread(Run) { IsBackground = true, Name = "am-jdat-out" };
        _thread.Start();
    }

    /// <summary>What <c>describe</c> answers.</summary>
    public static NodeType NodeType { get; } = new(
        "jdat_sink",
        "Writes sound as JDAT lines: to standard output, a Unix socket or UDP.",
        [
            new("to", ParameterKind.Text, "Where they go: -, unix:PATH or udp:HOST:PORT."),
            new("remote", ParameterKind.Flag, "Allow UDP to other machines, which JDAT neither encrypts nor authenticates.") { Default = false },
            new("block", ParameterKind.Integer, "Frames of a line.") { Default = 128, Min = 1, Max = 512, Unit = "frames" },
            new("session", ParameterKind.Text, "The session that lines say they belong to.") { Default = "" },
            .. AppSinkNode.NodeType.Parameters.Where(parameter => parameter.Name is not ("shared" or "memfd")),
            new("lines", ParameterKind.Integer, "Lines written.") { IsReadOnly = true },
            new("dropped_lines", ParameterKind.Integer, "Lines that a listener did not get, a number for each listener.") { IsReadOnly = true },
            new("clients", ParameterKind.Integer, "Who listens.") { IsReadOnly = true },
            new("dropped_clients", ParameterKind.Integer, "Listeners turned away or disconnected because they took nothing.") { IsReadOnly = true },
            new("closed", ParameterKind.Flag, "Whether standard output is closed.") { IsReadOnly = true },
        ],
        arguments => new JdatSinkNode(arguments));

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
        "to" => _to,
        "block" => _block,
        "session" => _session,
        "lines" => _output.Lines,
        "dropped_lines" => _output.DroppedLines,
        "clients" => _output.Clients,
        "dropped_clients" => _output.DroppedClients,
        "closed" => _output.IsClosed,
        _ => _app.Get(parameter),
    };

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _isStopping = true;
        _output.Stop();
        _thread.Join();
        _output.Dispose();
        _app.Dispose();
        base.Dispose(disposing);
    }

    private void Run()
    {
        JdatWriter writer = new();
        float[] samples = new float[_block * InputChannels];
        while (!_isStopping)
        {
            _output.Pump();
            if (_app.Ring.Reader.ReadableFrames < _block)
            {
                Thread.Sleep(1);
            }
            else
            {
                Send(writer, samples);
            }
        }

        // What was rendered before the end.
        while (_app.Ring.Reader.ReadableFrames > 0)
        {
            Send(writer, samples);
        }
    }

    private void Send(JdatWriter writer, float[] samples)
    {
        int frames = _app.Ring.Reader.Read(samples, out JamAudioFrame first);
        bool isPredicted = (first.Flags & FrameFlags.Predicted) != 0;
        JdatAudio audio = new(first.TimestampGpu, _session, _app.Ring.Rate, InputChannels, isPredicted, isPredicted ? 0 : 1);
        _output.Send(writer.Write(audio, samples.AsSpan(0, frames * InputChannels)));
    }
}
