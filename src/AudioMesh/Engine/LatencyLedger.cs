// SPDX-License-Identifier: MIT
using AudioMesh.Backends;
using AudioMesh.Graph;
using AudioMesh.Graph.Nodes;

namespace AudioMesh.Engine;

/// <summary>One hop's share of a latency.</summary>
/// <param name="Name">Which hop: <c>ring</c>, the type of a node that delays, <c>period</c>, <c>device</c>.</param>
/// <param name="Frames">Its delay.</param>
public readonly record struct LatencyHop(string Name, long Frames);

/// <summary>How long sound takes, hop by hop, in the order it passes them.</summary>
/// <param name="Hops">The hops.</param>
public sealed record LatencyLedger(IReadOnlyList<LatencyHop> Hops)
{
    /// <summary>All hops together.</summary>
    public long TotalFrames => Hops.Sum(hop => hop.Frames);

    /// <summary>
    /// From an app source's ring, kept filled to its depth, until the device has the sample: the ring, the nodes that delay on the slowest way to a device
    /// sink, the period it is collected into, and what the device reports beyond that.
    /// </summary>
    internal static LatencyLedger Of(GraphTopology topology, GraphNode node, StreamInfo? stream)
    {
        if (stream is null)
        {
            throw new AudioMeshException(AudioErrorKind.InvalidState, "No device is open.");
        }

        if (node is not AppSourceNode source)
        {
            throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"{node.Type.Name} {node.Id} has no ring an app writes.")
            {
                Field = "id",
            };
        }

        return new LatencyLedger(
        [
            new LatencyHop("ring", source.DepthFrames),
            .. SlowestWay(topology, node, stream.Rate),
            new LatencyHop("period", stream.PeriodFrames),
            new LatencyHop("device", Math.Max(0, stream.OutputLatencyFrames - stream.PeriodFrames)),
        ]);
    }

    private static List<LatencyHop> SlowestWay(GraphTopology topology, GraphNode node, int deviceRate)
    {
        RateDomains rates = RateDomains.Of(topology, deviceRate);
        Dictionary<GraphNode, List<LatencyHop>> ways = [];
        foreach (GraphNode from in topology.InOrder().AsEnumerable().Reverse())
        {
            List<LatencyHop>? slowest = from.Links.Outgoing
                .Where(edge => ways.ContainsKey(edge.To))
                .Select(edge => ways[edge.To])
                .MaxBy(way => way.Sum(hop => hop.Frames));
            if (slowest is not null || from is DeviceSinkNode)
            {
                long frames = from.LatencyFrames * (long)deviceRate / rates.After(from);
                ways[from] = frames == 0 ? slowest ?? [] : [new LatencyHop(from.Type.Name, frames), .. slowest ?? []];
            }
        }

        return ways.GetValueOrDefault(node, []);
    }
}
