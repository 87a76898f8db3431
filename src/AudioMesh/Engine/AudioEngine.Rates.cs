// SPDX-License-Identifier: MIT
using AudioMesh.Backends;
using AudioMesh.Graph;

namespace AudioMesh.Engine;

/// <content>Nodes get ready for the rate at which they run.</content>
public sealed partial class AudioEngine
{
    private RateDomains _rates = RateDomains.Of(new GraphTopology(), 0);

    private int DeviceRate => _device.Stream?.Rate ?? 0;

    private void PrepareAll(StreamInfo stream)
    {
        _rates = RateDomains.Of(_topology, stream.Rate);
        foreach (GraphNode node in _topology.Nodes)
        {
            Prepare(node, _rates, stream);
        }
    }

    private void PrepareNew(GraphNode node)
    {
        if (_device.Stream is { } stream)
        {
            Prepare(node, RateDomains.Alone(node, stream.Rate), stream);
        }
        else
        {
            _models.Add(node.Gaps?.Concealer);
        }
    }

    // What predicts a node's gaps may be another afterwards, and nobody trains what is not there any more, or reads for it meanwhile.
    private void Prepare(GraphNode node, RateDomains rates, StreamInfo stream)
    {
        bool hadWork = _worker.Remove(node);
        try
        {
            _models.Remove(node.Gaps?.Concealer);
            Prepare(node, FormatAt(rates.Before(node), stream), FormatAt(rates.After(node), stream));
            _models.Add(node.Gaps?.Concealer);
        }
        finally
        {
            if (hadWork)
            {
                _worker.Add(node);
            }
        }
    }

    private static void Prepare(GraphNode node, GraphFormat before, GraphFormat after)
    {
        if (node is IRateChanger changer)
        {
            changer.Prepare(before, after);
        }
        else
        {
            node.Prepare(after);
        }
    }

    /// <summary>The rates of the graph as it will be, for which the nodes that are new get ready. Throws InvalidArgument where they contradict each other.</summary>
    private RateDomains Settle(GraphChange change)
    {
        if (_topology.Edits.IsEmpty)
        {
            return _rates;
        }

        RateDomains rates = RateDomains.Of(_topology, DeviceRate);
        if (_device.Stream is { } stream)
        {
            foreach (GraphNode node in change.Created)
            {
                if (_topology.Contains(node) && Differ(node, RateDomains.Alone(node, stream.Rate), rates))
                {
                    Prepare(node, rates, stream);
                }
            }
        }

        return rates;
    }

    /// <summary>
    /// Nodes that go on at another rate are left out of what is rendered, faded, while they get ready for it. Throws what a node's preparation throws and
    /// Timeout when the device does not call back; then they are as before.
    /// </summary>
    private void MoveToNewRates(GraphChange change, StreamInfo stream)
    {
        HashSet<GraphNode> moved = [.. _topology.Nodes.Where(node => Differ(node, _rates, change.Rates)).Except(_topology.Edits.NewNodes)];
        if (moved.Count == 0)
        {
            return;
        }

        GraphEdge[] gone = _topology.Edits.GoneEdges;
        GraphEdge[] borders = [.. _topology.Edges.Where(edge => moved.Contains(edge.From) != moved.Contains(edge.To))];
        FadeOut([.. borders, .. gone]);
        try
        {
            LeaveOut(moved, change.Rates);
            foreach (GraphNode node in moved)
            {
                Prepare(node, change.Rates, stream);
            }
        }
        catch
        {
            TakeBack(_renderer.HasPending ? [] : moved, gone, stream);
            throw;
        }
        finally
        {
            Array.ForEach(borders, edge => edge.Gain.Target = 1);
        }
    }

    private void LeaveOut(HashSet<GraphNode> moved, RateDomains rates)
    {
        if (!IsRunning)
        {
            return;
        }

        _renderer.Commit(NewPlan(rates, moved));
        AwaitCommit();
        if (_renderer.HasPending)
        {
            throw new AudioMeshException(AudioErrorKind.Timeout, "The device does not call back, so that no node can be taken to another rate.");
        }
    }

    private void TakeBack(IEnumerable<GraphNode> moved, GraphEdge[] gone, StreamInfo stream)
    {
        _topology.Edits.Undo();
        foreach (GraphNode node in moved)
        {
            Prepare(node, _rates, stream);
        }

        Array.ForEach(gone, edge => edge.Gain.Target = 1);
        Commit();
    }

    private static bool Differ(GraphNode node, RateDomains one, RateDomains other) =>
        one.Before(node) != other.Before(node) || one.After(node) != other.After(node);

    // A callback is as long at every rate; how many frames that makes may vary by one.
    private static GraphFormat FormatAt(int rate, StreamInfo stream) =>
        new(rate, (int)(((stream.PeriodFrames * (long)rate) + stream.Rate - 1) / stream.Rate));
}
