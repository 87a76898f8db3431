// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Graph;

namespace AudioMesh.Engine;

/// <content>Nodes and connections.</content>
public sealed partial class AudioEngine
{
    private readonly List<GraphNode> _orphans = [];
    private readonly GraphChange _change;
    private GapTotals _gapsOfDestroyed;
    private bool _isPlanStale;
    private int _planFrames;

    /// <summary>
    /// Carries out the edits that <paramref name="edit"/> makes, all at once, or none of them when it throws. Connections fade in, and out before they go,
    /// while the device runs. Throws what <paramref name="edit"/> throws, and, when all is done, what finishing the file of a removed node threw.
    /// </summary>
    public void Change(Action<GraphChange> edit) => Change(edit, static (change, edit) => edit(change));

    /// <summary>The same for edits that need <paramref name="state"/>, so that none has to be caught in a closure.</summary>
    internal void Change<T>(T state, Action<GraphChange, T> edit)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            _topology.BeginEdits();
            _change.Begin(_rates, _lastId, IsRunning);
            try
            {
                Make(state, edit);
                if (!_topology.Edits.IsEmpty)
                {
                    _pump?.Wake();
                    Adopt(_change);
                }
            }
            finally
            {
                _change.End();
            }
        }
    }

    /// <summary>Makes a node. Throws as <see cref="GraphChange.CreateNode"/>.</summary>
    public GraphNode CreateNode(string type, IReadOnlyDictionary<string, ParameterValue> arguments, string name = "")
    {
        GraphNode? node = null;
        Change(change => node = change.CreateNode(type, arguments, name));
        return node!;
    }

    /// <summary>
    /// Removes a node and its connections, which fade out first while the device runs. Throws NotFound, and, when the node is gone, what
    /// finishing its file threw.
    /// </summary>
    public void DestroyNode(int id) => Change(change => change.DestroyNode(change.Find(id)));

    /// <summary>Connects two nodes; fades in while the device runs. Throws NotFound, InvalidArgument (cycles name their path).</summary>
    public void Connect(int from, int to) => Change(change => change.Connect(change.Find(from, "from"), change.Find(to, "to")));

    /// <summary>Takes a connection away; fades out first while the device runs. Throws NotFound.</summary>
    public void Disconnect(int from, int to) => Change(change => change.Disconnect(change.Find(from, "from"), change.Find(to, "to")));

    /// <summary>Sets live parameters, all or none. Throws NotFound, and as <see cref="GraphChange.SetParameters"/>.</summary>
    public void SetParameters(int id, IReadOnlyDictionary<string, ParameterValue> values, SetTiming timing = default) =>
        Change(change => change.SetParameters(change.Find(id), values, timing));

    /// <summary>Takes back a node that was left out because it took too long; does nothing to another. Throws NotFound.</summary>
    public void RestoreNode(int id) => FindNode(id).Watch.AskBack();

    /// <summary>The node numbered <paramref name="id"/>. Throws NotFound naming <paramref name="field"/>.</summary>
    public GraphNode FindNode(int id, string field = "id")
    {
        lock (_gate)
        {
            return _topology.Find(id, field);
        }
    }

    /// <summary>The node called <paramref name="name"/>. Throws NotFound naming <paramref name="field"/>.</summary>
    public GraphNode FindNode(string name, string field = "id")
    {
        lock (_gate)
        {
            return _topology.Find(name, field);
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

    /// <summary>The same, in place of what was in the lists.</summary>
    internal void CopyGraph(List<GraphNode> nodes, List<(int From, int To)> connections)
    {
        nodes.Clear();
        connections.Clear();
        lock (_gate)
        {
            nodes.AddRange(_topology.Nodes);
            for (int i = 0; i < _topology.Edges.Count; i++)
            {
                connections.Add((_topology.Edges[i].From.Id, _topology.Edges[i].To.Id));
            }
        }
    }

    private void Make<T>(T state, Action<GraphChange, T> edit)
    {
        try
        {
            edit(_change, state);
            _change.Rates = Settle(_change);
            _change.ApplyValues();
            if (!_topology.Edits.IsEmpty && _device.Stream is { } stream)
            {
                MoveToNewRates(_change, stream);
            }
        }
        catch
        {
            _topology.Edits.Undo();
            foreach (GraphNode node in _change.Created)
            {
                _models.Remove(node.Gaps?.Concealer);
                node.Dispose();
            }

            throw;
        }
    }

    private RenderMoment GetMoment()
    {
        if (_device.Stream is not { } stream)
        {
            return default;
        }

        MeshTime now = MeshClock.Now;
        MeshTime next = IsRunning && _renderer.Telemetry.Placement is { OutputTime: var placed } && placed > now ? placed : now;
        return new RenderMoment(stream.Rate, new FrameCount(stream.PeriodFrames).ToNanoseconds(stream.Rate), next);
    }

    private void Adopt(GraphChange change)
    {
        GraphNode[] gone = _topology.Edits.GoneNodes;
        GraphNode[] come = _topology.Edits.NewNodes;
        _lastId = change.LastId;
        foreach (GraphNode node in change.Created.Except(come))
        {
            _models.Remove(node.Gaps?.Concealer);
            node.Dispose();
        }

        FadeOut(_topology.Edits.GoneEdges);
        _rates = change.Rates;
        foreach (GraphNode node in come.Where(node => node.Background is not null))
        {
            _worker.Add(node);
        }

        foreach (GraphNode node in gone)
        {
            Release(node);
        }

        Commit();
        if (gone.Length > 0)
        {
            AwaitCommit();
        }

        if (gone.Select(node => node.Background?.TakeFailure()).FirstOrDefault(failure => failure is not null) is { } first)
        {
            throw first;
        }
    }

    private void Release(GraphNode node)
    {
        if (node.Background is not null)
        {
            _worker.Remove(node);
        }

        _models.Remove(node.Gaps?.Concealer);
        _orphans.Add(node);
    }

    private void Commit()
    {
        // While nothing renders a plan would only be replaced by the next change.
        _isPlanStale = !IsRunning;
        if (IsRunning)
        {
            _renderer.Commit(NewPlan(_rates));
        }

        Collect();
    }

    // Before the device calls back. Nodes of the old plan may be gone by now, and it is not rendered any more.
    private void CommitStale()
    {
        if (_isPlanStale)
        {
            _isPlanStale = false;
            _renderer.Commit(NewPlan(_rates));
            _renderer.TakePending();
        }
    }

    private RenderPlan NewPlan(RateDomains rates, HashSet<GraphNode>? resting = null)
    {
        _planFrames = _device.Stream?.PeriodFrames ?? GraphFormat.MaxBlockFrames;
        return new RenderPlan(_topology, rates, _planFrames, resting);
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
            _gapsOfDestroyed = _gapsOfDestroyed.With(node);
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
    private void FadeOut(GraphEdge[] edges)
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
    }
}
