// SPDX-License-Identifier: MIT
namespace AudioMesh.Graph;

/// <summary>Nodes and connections as control sees them. One thread at a time.</summary>
public sealed class GraphTopology
{
    private readonly SortedDictionary<int, GraphNode> _nodes = [];
    private readonly List<GraphEdge> _edges = [];

    /// <summary>All nodes, by id.</summary>
    public IReadOnlyCollection<GraphNode> Nodes => _nodes.Values;

    /// <summary>All connections, in the order they were made.</summary>
    public IReadOnlyList<GraphEdge> Edges => _edges;

    /// <summary>The node numbered <paramref name="id"/>. Throws NotFound naming <paramref name="field"/>.</summary>
    public GraphNode Find(int id, string field = "id") => _nodes.TryGetValue(id, out GraphNode? node)
        ? node
        : throw new AudioMeshException(AudioErrorKind.NotFound, $"There is no node {id}.") { Field = field };

    /// <summary>Adds a node under its id.</summary>
    public void Add(GraphNode node) => _nodes.Add(node.Id, node);

    /// <summary>Removes a node, which has no connections any more.</summary>
    public void Remove(GraphNode node) => _nodes.Remove(node.Id);

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
        _edges.Add(edge);
        return edge;
    }

    /// <summary>The connection between two nodes, or null.</summary>
    public GraphEdge? FindEdge(GraphNode from, GraphNode to) => _edges.Find(edge => edge.From == from && edge.To == to);

    /// <summary>Removes a connection.</summary>
    public void Remove(GraphEdge edge) => _edges.Remove(edge);

    /// <summary>Every node after all that feed it; among equals by id.</summary>
    public List<GraphNode> InOrder()
    {
        Dictionary<GraphNode, int> missing = _nodes.Values.ToDictionary(node => node, _ => 0);
        ILookup<GraphNode, GraphNode> followers = _edges.ToLookup(edge => edge.From, edge => edge.To);
        foreach (GraphEdge edge in _edges)
        {
            missing[edge.To]++;
        }

        Queue<GraphNode> ready = new(_nodes.Values.Where(node => missing[node] == 0));
        List<GraphNode> order = new(_nodes.Count);
        while (ready.TryDequeue(out GraphNode? node))
        {
            order.Add(node);
            foreach (GraphNode follower in followers[node])
            {
                if (--missing[follower] == 0)
                {
                    ready.Enqueue(follower);
                }
            }
        }

        return order;
    }

    private bool Reaches(GraphNode start, GraphNode goal, List<int> path)
    {
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

            foreach (GraphEdge edge in _edges)
            {
                if (edge.From == step.Node)
                {
                    open.Push((edge.To, step.Node));
                }
            }
        }

        return false;
    }

    private static AudioMeshException Refused(string message, string field) =>
        new(AudioErrorKind.InvalidArgument, message) { Field = field };
}
