// SPDX-License-Identifier: MIT
using AudioMesh.Graph;

namespace AudioMesh.Engine;

/// <summary>Does the nodes' background work, such as reading files, on one thread below device priority.</summary>
internal sealed class EngineWorker : IDisposable
{
    private const int PassMs = 5;

    private readonly Lock _pass = new();
    private readonly List<GraphNode> _nodes = [];
    private readonly Action<GraphNode, AudioMeshException> _onFailure;
    private readonly AutoResetEvent _wake = new(false);
    private readonly Thread _thread;
    private volatile bool _stopping;

    public EngineWorker(Action<GraphNode, AudioMeshException> onFailure)
    {
        _onFailure = onFailure;
        _thread = new Thread(Run) { IsBackground = true, Name = "am-worker" };
        _thread.Start();
    }

    /// <summary>Begins to work for <paramref name="node"/>.</summary>
    public void Add(GraphNode node)
    {
        lock (_pass)
        {
            _nodes.Add(node);
        }

        _wake.Set();
    }

    /// <summary>When this returns, no work for <paramref name="node"/> is being done and none will be. Returns whether any was.</summary>
    public bool Remove(GraphNode node)
    {
        lock (_pass)
        {
            return _nodes.Remove(node);
        }
    }

    /// <summary>Whether every node can start without a gap.</summary>
    public bool IsPrimed
    {
        get
        {
            lock (_pass)
            {
                return _nodes.TrueForAll(node => node.Background!.IsPrimed);
            }
        }
    }

    /// <summary>Waits until every node can start without a gap, or <paramref name="timeoutMs"/> is over.</summary>
    public void WaitPrimed(int timeoutMs)
    {
        long deadline = Environment.TickCount64 + timeoutMs;
        while (!IsPrimed && Environment.TickCount64 < deadline)
        {
            Thread.Sleep(1);
        }
    }

    /// <summary>Does what there is to do now, on the caller's thread.</summary>
    public void Pass()
    {
        lock (_pass)
        {
            for (int i = 0; i < _nodes.Count; i++)
            {
                GraphNode node = _nodes[i];
                node.Background!.Work();
                if (node.Background.TakeFailure() is { } failure)
                {
                    _onFailure(node, failure);
                }
            }
        }
    }

    public void Dispose()
    {
        _stopping = true;
        _wake.Set();
        _thread.Join();
        _wake.Dispose();
    }

    private void Run()
    {
        while (!_stopping)
        {
            _wake.WaitOne(HasNodes() ? PassMs : Timeout.Infinite);
            Pass();
        }
    }

    private bool HasNodes()
    {
        lock (_pass)
        {
            return _nodes.Count > 0;
        }
    }
}
