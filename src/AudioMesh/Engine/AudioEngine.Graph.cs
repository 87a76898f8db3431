// SPDX-License-Identifier: MIT
using AudioMesh.Graph;

namespace AudioMesh.Engine;

/// <content>Nodes and connections.</content>
public sealed partial class AudioEngine
{
    private readonly List<GraphNode> _orphans = [];

    /// <summary>Makes a node. Throws NotFound for the type, InvalidArgument for an argument, LimitExceeded, and what the type throws.</summary>
    public GraphNode CreateNode(string type, IReadOnlyDictionary<string, ParameterValue> arguments)
    {
        NodeType nodeType = Nodes.Find(type);
        lock (_gate)
        {
            if (_topology.Nodes.Count >= _options.MaxNodes)
            {
                throw new AudioMeshException(AudioErrorKind.LimitExceeded, $"There are {_options.MaxNodes} nodes already.");
            }

            GraphNode node = nodeType.Create(new NodeArguments(nodeType, arguments));
            try
            {
                node.Id = _lastId + 1;
                if (_device.Stream is { } stream)
                {
                    node.Prepare(new GraphFormat(stream.Rate, stream.PeriodFrames));
                }
            }
            catch
            {
                node.Dispose();
                throw;
            }

            _lastId = node.Id;
            _topology.Add(node);
            if (node.Background is not null)
            {
                _worker.Add(node);
            }

            Commit();
            return node;
        }
    }

    /// <summary>
    /// Removes a node and its connections, which fade out first while the device runs. Throws NotFound, and, when the node is gone, what
    /// finishing its file threw.
    /// </summary>
    public void DestroyNode(int id)
    {
        lock (_gate)
        {
            GraphNode node = _topology.Find(id);
            RemoveEdges([.. _topology.Edges.Where(edge => edge.From == node || edge.To == node)]);
            _topology.Remove(node);
            if (node.Background is not null)
            {
                _worker.Remove(node);
            }

            _orphans.Add(node);
            Commit();
            AwaitCommit();
            if (node.Background?.TakeFailure() is { } failure)
            {
                throw failure;
            }
        }
    }

    /// <summary>Connects two nodes; fades in while the device runs. Throws NotFound, InvalidArgument (cycles name their path).</summary>
    public void Connect(int from, int to)
    {
        lock (_gate)
        {
            _topology.Connect(_topology.Find(from, "from"), _topology.Find(to, "to"), fadesIn: IsRunning);
            Commit();
        }
    }

    /// <summary>Takes a connection away; fades out first while the device runs. Throws NotFound.</summary>
    public void Disconnect(int from, int to)
    {
        lock (_gate)
        {
            GraphEdge edge = _topology.FindEdge(_topology.Find(from, "from"), _topology.Find(to, "to"))
                ?? throw new AudioMeshException(AudioErrorKind.NotFound, $"{from} and {to} are not connected.") { Field = "to" };
            RemoveEdges([edge]);
            Commit();
        }
    }

    /// <summary>Sets live parameters, all or none. Throws NotFound, InvalidArgument.</summary>
    public void SetParameters(int id, IReadOnlyDictionary<string, ParameterValue> values)
    {
        lock (_gate)
        {
            GraphNode node = _topology.Find(id);
            foreach ((string name, ParameterValue value) in values)
            {
                LiveParameter(node.Type, name).Check(value);
            }

            foreach ((string name, ParameterValue value) in values)
            {
                node.Set(name, value);
            }
        }
    }

    /// <summary>The node numbered <paramref name="id"/>. Throws NotFound.</summary>
    public GraphNode FindNode(int id)
    {
        lock (_gate)
        {
            return _topology.Find(id);
        }
    }

    /// <summary>All nodes and all connections, now.</summary>
    public (IReadOnlyList<GraphNode> Nodes, IReadOnlyList<(int From, int To)> Connections) GetGraph()
    {
        lock (_gate)
        {
            return ([.. _topology.Nodes], [.. _topology.Edges.Select(edge => (edge.From.Id, edge.To.Id))]);
        }
    }

    private static ParameterDescriptor LiveParameter(NodeType type, string name) => type.Find(name) is { IsLive: true } parameter
        ? parameter
        : throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"{type.Name} has no live parameter '{name}'.")
        {
            Field = $"args.{name}",
            Allowed = string.Join(", ", type.Parameters.Where(p => p.IsLive).Select(p => p.Name)),
        };

    private void Commit()
    {
        _renderer.Commit(new RenderPlan(_topology));
        if (!IsRunning)
        {
            _renderer.TakePending();
        }

        Collect();
    }

    // Removed nodes may still be in the plan being rendered until the device thread has taken the last one committed.
    private void Collect()
    {
        _renderer.Collect();
        if (_renderer.HasPending)
        {
            return;
        }

        foreach (GraphNode node in _orphans)
        {
            node.Dispose();
        }

        _orphans.Clear();
    }

    // So that what a node held, such as a file, is given back when its removal returns.
    private void AwaitCommit()
    {
        long deadline = Environment.TickCount64 + 200;
        while (IsRunning && _renderer.HasPending && Environment.TickCount64 < deadline)
        {
            Thread.Sleep(1);
        }

        Collect();
    }

    // Ramps to silence first; when the device does not call back in time the edges go all the same.
    private void RemoveEdges(GraphEdge[] edges)
    {
        foreach (GraphEdge edge in edges)
        {
            edge.Gain.Target = 0;
        }

        long deadline = Environment.TickCount64 + 200;
        while (IsRunning && Environment.TickCount64 < deadline && Array.Exists(edges, edge => edge.Gain.Current != 0))
        {
            Thread.Sleep(1);
        }

        foreach (GraphEdge edge in edges)
        {
            _topology.Remove(edge);
        }
    }
}
