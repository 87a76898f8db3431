// SPDX-License-Identifier: MIT
using AudioMesh.Graph.Nodes;

namespace AudioMesh.Graph;

/// <summary>Nodes and connections as control sees them; a node is in one of them at most. One thread at a time.</summary>
public sealed class GraphTopology
{
    private readonly List<GraphNode> _nodes = [];
    private readonly Dictionary<string, GraphNode> _names = new(StringComparer.Ordinal);
    private readonly List<GraphEdge> _edges = [];

    /// <summary>All nodes, by id.</summary>
    public IReadOnlyList<GraphNode> Nodes => _nodes;

    /// <summary>All connections, in the order they were made.</summary>
    public IReadOnlyList<GraphEdge> Edges => _edges;

    /// <summary>What was changed since <see cref="BeginEdits"/>.</summary>
    internal TopologyEdits Edits { get; } = new();

    /// <summary>The node numbered <paramref name="id"/>. Throws NotFound naming <paramref name="field"/>.</summary>
    public GraphNode Find(int id, string field = "id") => PlaceOf(id) is >= 0 and int place
        ? _nodes[place]
        : throw new AudioMeshException(AudioErrorKind.NotFound, $"There is no node {id}.") { Field = field };

    /// <summary>The node called <paramref name="name"/>. Throws NotFound naming <paramref name="field"/>.</summary>
    public GraphNode Find(string name, string field = "id") => FindOrNull(name)
        ?? throw new AudioMeshException(AudioErrorKind.NotFound, $"There is no node '{name}'.") { Field = field };

    /// <summary>The node called <paramref name="name"/>, or null.</summary>
    public GraphNode? FindOrNull(string name) => _names.GetValueOrDefault(name);

    /// <summary>Whether <paramref name="node"/> is one of them.</summary>
    internal bool Contains(GraphNode node) => PlaceOf(node.Id) is >= 0 and int place && _nodes[place] == node;

    /// <summary>Adds a node under its id, and its name where it has one, which no other has.</summary>
    public void Add(GraphNode node)
    {
        Place(node);
        Edits.Added(node, () => Displace(node));
    }

    /// <summary>Removes a node and its connections.</summary>
    public void Remove(GraphNode node)
    {
        foreach (GraphEdge edge in (GraphEdge[])[.. node.Links.Incoming, .. node.Links.Outgoing])
        {
            Remove(edge);
        }

        Displace(node);
        Edits.Removed(node, () => Place(node));
    }

    /// <summary>
    /// Connects two nodes. Throws InvalidArgument when one has no such side or they are connected already, and when the
    /// connection would close a cycle, whose path it names.
    /// </summary>
    public GraphEdge Connect(GraphNode from, GraphNode to, bool fadesIn)
    {
        if (from.OutputChannels == 0)
        {
            throw Refused($"{from.Type.Name} {from.Id} has no output.", "from");
        }

        if (to.InputChannels == 0)
        {
            throw Refused($"{to.Type.Name} {to.Id} has no input.", "to");
        }

        if (FindEdge(from, to) is not null)
        {
            throw Refused($"{from.Id} and {to.Id} are connected already.", "to");
        }

        List<int> path = [];
        if (Reaches(to, from, path))
        {
            path.Reverse();
            throw Refused($"Connecting {from.Id} to {to.Id} closes a cycle: {string.Join(" > ", path)} > {to.Id}.", "to");
        }

        GraphEdge edge = new(from, to, fadesIn);
        (int all, int incoming, int outgoing) = (_edges.Count, to.Links.Incoming.Count, from.Links.Outgoing.Count);
        Join(edge, all, incoming, outgoing);
        Edits.Added(edge, () => Part(edge, all, incoming, outgoing));
        return edge;
    }

    /// <summary>The connection between two nodes, or null.</summary>
    public GraphEdge? FindEdge(GraphNode from, GraphNode to) => from.Links.Outgoing.Count < to.Links.Incoming.Count
        ? from.Links.Outgoing.Find(edge => edge.To == to)
        : to.Links.Incoming.Find(edge => edge.From == from);

    /// <summary>Removes a connection.</summary>
    public void Remove(GraphEdge edge)
    {
        int all = _edges.IndexOf(edge);
        int incoming = edge.To.Links.Incoming.IndexOf(edge);
        int outgoing = edge.From.Links.Outgoing.IndexOf(edge);
        Part(edge, all, incoming, outgoing);
        Edits.Removed(edge, () => Join(edge, all, incoming, outgoing));
    }

    /// <summary>
    /// Every node after all that feed it, in the order in which the sinks pull, by id, those of the device first, so that taps hear all of them: what a node
    /// makes is used as soon after it as can be.
    /// </summary>
    public List<GraphNode> InOrder()
    {
        const int Unseen = -1, Open = -2;
        List<GraphNode> order = new(_nodes.Count);
        Stack<(GraphNode Node, int NextInput)> open = [];
        foreach (GraphNode node in _nodes)
        {
            node.Links.Place = Unseen;
        }

        foreach (GraphNode sink in _nodes.OrderBy(node => node is not DeviceSinkNode))
        {
            if (sink.Links.Outgoing.Count > 0)
            {
                continue;
            }

            open.Push((sink, 0));
            while (open.TryPop(out (GraphNode Node, int NextInput) at))
            {
                List<GraphEdge> inputs = at.Node.Links.Incoming;
                if (at.NextInput == inputs.Count)
                {
                    at.Node.Links.Place = order.Count;
                    order.Add(at.Node);
                    continue;
                }

                open.Push((at.Node, at.NextInput + 1));
                GraphNode input = inputs[at.NextInput].From;
                if (input.Links.Place == Unseen)
                {
                    input.Links.Place = Open;
                    open.Push((input, 0));
                }
            }
        }

        return order;
    }

    /// <summary>Counts changes anew: those before are here to stay.</summary>
    internal void BeginEdits() => Edits.Clear();

    private void Place(GraphNode node)
    {
        int place = PlaceOf(node.Id);
        if (place >= 0)
        {
            throw new ArgumentException($"There is a node {node.Id} already.", nameof(node));
        }

        _nodes.Insert(~place, node);
        if (node.Name.Length > 0)
        {
            _names.Add(node.Name, node);
        }
    }

    private void Displace(GraphNode node)
    {
        _nodes.RemoveAt(PlaceOf(node.Id));
        _names.Remove(node.Name);
    }

    // Of one that is not there, the complement of where it would be.
    private int PlaceOf(int id)
    {
        (int low, int high) = (0, _nodes.Count);
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = _nodes[middle].Id < id ? (middle + 1, high) : (low, middle);
        }

        return low < _nodes.Count && _nodes[low].Id == id ? low : ~low;
    }

    private IEnumerable<GraphNode> FollowersOf(GraphNode node) => node is DeviceSinkNode
        ? _nodes.Where(other => other is TapNode)
        : node.Links.Outgoing.Select(edge => edge.To);

    private void Join(GraphEdge edge, int all, int incoming, int outgoing)
    {
        _edges.Insert(all, edge);
        edge.To.Links.Incoming.Insert(incoming, edge);
        edge.From.Links.Outgoing.Insert(outgoing, edge);
    }

    private void Part(GraphEdge edge, int all, int incoming, int outgoing)
    {
        _edges.RemoveAt(all);
        edge.To.Links.Incoming.RemoveAt(incoming);
        edge.From.Links.Outgoing.RemoveAt(outgoing);
    }

    private bool Reaches(GraphNode start, GraphNode goal, List<int> path)
    {
        if (goal.Links.Incoming.Count == 0 && goal is not TapNode && start != goal)
        {
            return false;
        }

        Stack<(GraphNode Node, GraphNode? Via)> open = new([(start, null)]);
        Dictionary<GraphNode, GraphNode?> cameFrom = [];
        while (open.TryPop(out (GraphNode Node, GraphNode? Via) step))
        {
            if (!cameFrom.TryAdd(step.Node, step.Via))
            {
                continue;
            }

            if (step.Node == goal)
            {
                for (GraphNode? node = goal; node is not null; node = cameFrom[node])
                {
                    path.Add(node.Id);
                }

                return true;
            }

            foreach (GraphNode next in FollowersOf(step.Node))
            {
                open.Push((next, step.Node));
            }
        }

        return false;
    }

    private static AudioMeshException Refused(string message, string field) =>
        new(AudioErrorKind.InvalidArgument, message) { Field = field };
}
