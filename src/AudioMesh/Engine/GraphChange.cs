// SPDX-License-Identifier: MIT
using AudioMesh.Graph;
using AudioMesh.Realtime;

namespace AudioMesh.Engine;

/// <summary>
/// Edits of an engine's graph that are heard all at once, or none of them: made by <see cref="AudioEngine.Change"/>, valid until that returns. What
/// throws here ends the change. One thread.
/// </summary>
public sealed class GraphChange
{
    /// <summary>The longest name of a node.</summary>
    public const int LongestName = 64;

    private readonly AudioEngineOptions _options;
    private readonly Action<GraphNode> _prepare;
    private readonly Func<RenderMoment> _moment;
    private readonly List<GraphNode> _created = [];
    private readonly List<(GraphNode Node, string Parameter, ParameterValue Value)> _values = [];
    private readonly List<ParameterValue?> _before = [];
    private MoveSchedule? _schedule;
    private bool _isRunning;

    internal GraphChange(GraphTopology topology, AudioEngineOptions options, Action<GraphNode> prepare, Func<RenderMoment> moment)
    {
        Topology = topology;
        Rates = RateDomains.Of(topology, 0);
        _options = options;
        _prepare = prepare;
        _moment = moment;
    }

    /// <summary>The node types the engine knows.</summary>
    public NodeCatalogue Types => _options.Nodes;

    /// <summary>All nodes as they will be.</summary>
    public IReadOnlyCollection<GraphNode> Nodes => Topology.Nodes;

    /// <summary>All connections as they will be.</summary>
    public IEnumerable<(GraphNode From, GraphNode To)> Connections => Topology.Edges.Select(edge => (edge.From, edge.To));

    /// <summary>The graph as it will be.</summary>
    internal GraphTopology Topology { get; }

    /// <summary>At which rate each node will run.</summary>
    internal RateDomains Rates { get; set; }

    internal IReadOnlyList<GraphNode> Created => _created;

    internal int LastId { get; private set; }

    /// <summary>The node numbered <paramref name="id"/>. Throws NotFound naming <paramref name="field"/>.</summary>
    public GraphNode Find(int id, string field = "id") => Topology.Find(id, field);

    /// <summary>The node called <paramref name="name"/>. Throws NotFound naming <paramref name="field"/>.</summary>
    public GraphNode Find(string name, string field = "id") => Topology.Find(name, field);

    /// <summary>
    /// Makes a node, called <paramref name="name"/> or, where that is empty, by its type and number. Throws NotFound for the type, InvalidArgument for an
    /// argument or name, LimitExceeded, and what the type throws. With <paramref name="ring"/> a node with a ring shares it by a descriptor.
    /// </summary>
    public GraphNode CreateNode(string type, IReadOnlyDictionary<string, ParameterValue> arguments, string name = "", RingOffer? ring = null)
    {
        NodeType nodeType = _options.Nodes.Find(type).For(arguments);
        if (Topology.Nodes.Count >= _options.MaxNodes)
        {
            throw new AudioMeshException(AudioErrorKind.LimitExceeded, $"There are {_options.MaxNodes} nodes already.");
        }

        string checkedName = NameOf(nodeType, name);
        NodeArguments checkedArguments = new(nodeType, arguments, ring);
        GraphNode node = nodeType.Create(checkedArguments);
        RealtimeCode.Prepare(node.GetType());
        node.Arguments = checkedArguments;
        node.Id = LastId + 1;
        node.Name = checkedName;
        _created.Add(node);
        _prepare(node);
        Topology.Add(node);
        LastId = node.Id;
        return node;
    }

    /// <summary>Removes a node and its connections.</summary>
    public void DestroyNode(GraphNode node) => Topology.Remove(node);

    /// <summary>Connects two nodes. Throws InvalidArgument; cycles name their path.</summary>
    public void Connect(GraphNode from, GraphNode to) => Topology.Connect(from, to, fadesIn: _isRunning);

    /// <summary>Takes a connection away. Throws NotFound.</summary>
    public void Disconnect(GraphNode from, GraphNode to) => Topology.Remove(
        Topology.FindEdge(from, to)
        ?? throw new AudioMeshException(AudioErrorKind.NotFound, $"{from.Id} and {to.Id} are not connected.") { Field = "to" });

    /// <summary>
    /// Sets live parameters, when all else was possible: at once, or numbers as <paramref name="timing"/> says. What waits for its time is gone when its node is.
    /// Throws InvalidArgument; for a timing also InvalidState without a device, and LimitExceeded.
    /// </summary>
    public void SetParameters(GraphNode node, IReadOnlyDictionary<string, ParameterValue> values, SetTiming timing = default)
    {
        if (timing.IsPlain)
        {
            foreach ((string parameter, ParameterValue value) in values)
            {
                SetParameter(node, parameter, value);
            }

            return;
        }

        foreach ((string parameter, ParameterValue value) in values)
        {
            LiveParameter(node.Type, parameter).Check(value);
        }

        _schedule ??= new MoveSchedule(_moment(), Rates, Topology.Nodes);
        _schedule.Add(node, values, timing);
    }

    /// <summary>Sets one live parameter at once, when all else was possible. Throws InvalidArgument.</summary>
    internal void SetParameter(GraphNode node, string parameter, ParameterValue value)
    {
        LiveParameter(node.Type, parameter).Check(value);
        _values.Add((node, parameter, value));
    }

    /// <summary>Begins with no edits, of a graph at these rates.</summary>
    internal void Begin(RateDomains rates, int lastId, bool isRunning)
    {
        Rates = rates;
        LastId = lastId;
        _isRunning = isRunning;
    }

    /// <summary>Lets go of everything.</summary>
    internal void End()
    {
        _created.Clear();
        _values.Clear();
        _before.Clear();
        _schedule = null;
    }

    /// <summary>Sets what was to be set; when a node refuses, those before get back what they had.</summary>
    internal void ApplyValues()
    {
        try
        {
            foreach ((GraphNode node, string parameter, ParameterValue value) in _values)
            {
                ParameterValue? before = node.Get(parameter);
                node.Set(parameter, value);
                _before.Add(before);
            }
        }
        catch
        {
            for (int i = _before.Count - 1; i >= 0; i--)
            {
                if (_before[i] is { } value)
                {
                    _values[i].Node.Set(_values[i].Parameter, value);
                }
            }

            throw;
        }

        _schedule?.Apply();
    }

    private string NameOf(NodeType type, string name)
    {
        if (name.Length == 0)
        {
            string byNumber = $"{type.Name}-{LastId + 1}";
            while (Topology.FindOrNull(byNumber) is not null)
            {
                byNumber += "'";
            }

            return byNumber;
        }

        if (name.Length > LongestName || name.Any(char.IsControl))
        {
            throw Refused(name, $"is no name: up to {LongestName} characters, all printable.");
        }

        return Topology.FindOrNull(name) is { } other ? throw Refused(name, $"is the name of {other.Type.Name} {other.Id}.") : name;
    }

    private static AudioMeshException Refused(string name, string why) =>
        new(AudioErrorKind.InvalidArgument, $"'{name[..Math.Min(name.Length, LongestName)]}' {why}") { Field = "name" };

    private static ParameterDescriptor LiveParameter(NodeType type, string name) => type.Find(name) is { IsLive: true } parameter
        ? parameter
        : throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"{type.Name} has no live parameter '{name}'.")
        {
            Field = $"args.{name}",
            Allowed = string.Join(", ", type.Parameters.Where(p => p.IsLive).Select(p => p.Name)),
        };
}
