// SPDX-License-Identifier: MIT
namespace AudioMesh.Graph;

/// <summary>What was changed of a topology since the last time somebody asked, and how to undo it.</summary>
internal sealed class TopologyEdits
{
    private readonly Stack<Action> _undo = [];
    private readonly HashSet<GraphNode> _addedNodes = [];
    private readonly HashSet<GraphEdge> _addedEdges = [];
    private readonly List<GraphNode> _removedNodes = [];
    private readonly List<GraphEdge> _removedEdges = [];

    /// <summary>Whether there is anything.</summary>
    public bool IsEmpty => _undo.Count == 0;

    /// <summary>Nodes that were not there before and are there now.</summary>
    public GraphNode[] NewNodes => [.. _addedNodes.Except(_removedNodes)];

    /// <summary>Nodes that were there before and are gone.</summary>
    public GraphNode[] GoneNodes => [.. _removedNodes.Where(node => !_addedNodes.Contains(node))];

    /// <summary>Connections that were there before and are gone.</summary>
    public GraphEdge[] GoneEdges => [.. _removedEdges.Where(edge => !_addedEdges.Contains(edge))];

    public void Added(GraphNode node, Action undo)
    {
        _addedNodes.Add(node);
        _undo.Push(undo);
    }

    public void Removed(GraphNode node, Action undo)
    {
        _removedNodes.Add(node);
        _undo.Push(undo);
    }

    public void Added(GraphEdge edge, Action undo)
    {
        _addedEdges.Add(edge);
        _undo.Push(undo);
    }

    public void Removed(GraphEdge edge, Action undo)
    {
        _removedEdges.Add(edge);
        _undo.Push(undo);
    }

    /// <summary>Counts anew: what was changed before is here to stay.</summary>
    public void Clear()
    {
        _undo.Clear();
        _addedNodes.Clear();
        _addedEdges.Clear();
        _removedNodes.Clear();
        _removedEdges.Clear();
    }

    /// <summary>Takes all of it back, the last first.</summary>
    public void Undo()
    {
        while (_undo.TryPop(out Action? undo))
        {
            undo();
        }
    }
}
