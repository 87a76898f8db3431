// SPDX-License-Identifier: MIT
namespace AudioMesh.Graph;

/// <summary>
/// Steps of a graph in their order, and memory for what they hand on. A block is given to the next step that needs one as soon as all that read it had
/// their turn, so that a plan touches as little memory as it can, and that again and again. Control side.
/// </summary>
internal sealed unsafe class PlanLayout
{
    private readonly int[] _readers;
    private readonly int[] _firstBlocks;
    private readonly int[] _blocks;
    private readonly Stack<int> _free = [];
    private readonly List<int> _rates;
    private int _blockCount;

    public PlanLayout(GraphTopology topology, RateDomains rates, int blockFrames)
    {
        _rates = [rates.DeviceRate];
        List<GraphNode> order = topology.InOrder();
        Steps = new PlanStep[order.Count];
        Edges = new PlanEdge[topology.Edges.Count];
        _readers = new int[order.Count];
        _firstBlocks = new int[order.Count];
        (int edges, int channels) = (0, 0);
        MostChannels = 1;
        for (int i = 0; i < order.Count; i++)
        {
            GraphNode node = order[i];
            List<GraphEdge> incoming = node.Links.Incoming;
            Steps[i] = new PlanStep
            {
                Node = node,
                FirstEdge = edges,
                EdgeCount = incoming.Count,
                InputChannels = node.InputChannels,
                OutputChannels = node.OutputChannels,
                ClockBefore = ClockOf(rates.Before(node)),
                ClockAfter = ClockOf(rates.After(node)),
            };

            // In the order in which they were made, which is the order in which they add up.
            foreach (GraphEdge edge in incoming)
            {
                Edges[edges++] = new PlanEdge(edge.From.Links.Place, edge.Gain);
            }

            _readers[i] = node.Links.Outgoing.Count;
            _firstBlocks[i] = channels;
            channels += node.OutputChannels;
            MostChannels = Math.Max(MostChannels, Math.Max(node.InputChannels, node.OutputChannels));
        }

        _blocks = new int[channels];
        PlaceBlocks();
        Clocks = new PlanClocks(_rates, blockFrames);
        Memory = new PlanMemory(_blockCount, MostChannels, channels, Clocks.LongestFrames);
        for (int i = 0; i < Steps.Length; i++)
        {
            Steps[i].Outputs = Memory.Take(BlocksOf(i));
        }
    }

    public PlanStep[] Steps { get; }

    public PlanEdge[] Edges { get; }

    /// <summary>The most channels that a node has on a side.</summary>
    public int MostChannels { get; }

    public PlanMemory Memory { get; }

    /// <summary>The clocks that steps run at.</summary>
    public PlanClocks Clocks { get; }

    private int ClockOf(int rate)
    {
        int clock = _rates.IndexOf(rate);
        if (clock >= 0)
        {
            return clock;
        }

        _rates.Add(rate);
        return _rates.Count - 1;
    }

    private Span<int> BlocksOf(int step) => _blocks.AsSpan(_firstBlocks[step], Steps[step].OutputChannels);

    private void PlaceBlocks()
    {
        for (int i = 0; i < Steps.Length; i++)
        {
            foreach (ref int block in BlocksOf(i))
            {
                block = _free.TryPop(out int free) ? free : _blockCount++;
            }

            for (int edge = Steps[i].FirstEdge; edge < Steps[i].FirstEdge + Steps[i].EdgeCount; edge++)
            {
                int from = Edges[edge].FromStep;
                if (--_readers[from] == 0)
                {
                    GiveBack(from);
                }
            }

            if (_readers[i] == 0)
            {
                GiveBack(i);
            }
        }
    }

    // The last first: the next step's channels then lie as this one's did.
    private void GiveBack(int step)
    {
        Span<int> blocks = BlocksOf(step);
        for (int i = blocks.Length - 1; i >= 0; i--)
        {
            _free.Push(blocks[i]);
        }
    }
}
