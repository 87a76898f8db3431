// SPDX-License-Identifier: MIT
using AudioMesh.Graph;

namespace AudioMesh.Benchmarks.Graphs;

/// <summary>Graphs of any number of nodes.</summary>
internal static class Shapes
{
    /// <summary>What a voice is made of, in the order in which sound passes it.</summary>
    private static readonly (string Type, string Argument, ParameterValue Value)[] Voice =
    [
        ("tone", "channels", 1), ("gain", "channels", 1), ("pan", "position", 0.3), ("delay", "ms", 7), ("gain", "db", -3), ("channel_map", "map", "1,0"), ("meter", "channels", 2), ("mixer", "channels", 2),
    ];

    /// <summary>Voices of eight nodes, none the same as the one before it, all on one mixer and that on the device.</summary>
    public static GraphTopology Voices(int nodes, GraphFormat format)
    {
        Builder graph = new(format);
        GraphNode mixer = graph.Add("mixer");
        graph.Connect(mixer, graph.Add("device_sink"));
        while (graph.Count < nodes)
        {
            GraphNode? last = null;
            for (int i = 0; i < Voice.Length && graph.Count < nodes; i++)
            {
                GraphNode node = graph.Add(Voice[i].Type, (Voice[i].Argument, Voice[i].Value));
                if (last is not null)
                {
                    graph.Connect(last, node);
                }

                last = node;
            }

            graph.Connect(last!, mixer);
        }

        return graph.Topology;
    }

    /// <summary>One tone through gains, one behind the other.</summary>
    public static GraphTopology Chain(int nodes, GraphFormat format)
    {
        Builder graph = new(format);
        GraphNode last = graph.Add("tone");
        while (graph.Count < nodes - 1)
        {
            GraphNode gain = graph.Add("gain", ("db", -0.01));
            graph.Connect(last, gain);
            last = gain;
        }

        graph.Connect(last, graph.Add("device_sink"));
        return graph.Topology;
    }

    /// <summary>Tones, all on one mixer.</summary>
    public static GraphTopology Star(int nodes, GraphFormat format)
    {
        Builder graph = new(format);
        GraphNode mixer = graph.Add("mixer");
        graph.Connect(mixer, graph.Add("device_sink"));
        while (graph.Count < nodes)
        {
            graph.Connect(graph.Add("tone"), mixer);
        }

        return graph.Topology;
    }

    private sealed class Builder(GraphFormat format)
    {
        private readonly NodeCatalogue _catalogue = NodeCatalogue.CreateDefault();

        public GraphTopology Topology { get; } = new();

        public int Count => Topology.Nodes.Count;

        public GraphNode Add(string type, params (string Name, ParameterValue Value)[] arguments)
        {
            NodeType found = _catalogue.Find(type);
            GraphNode node = found.Create(new NodeArguments(found, arguments.ToDictionary(a => a.Name, a => a.Value)));
            node.Id = Count + 1;
            node.Prepare(format);
            Topology.Add(node);
            return node;
        }

        public void Connect(GraphNode from, GraphNode to) => Topology.Connect(from, to, fadesIn: false);
    }
}
