// SPDX-License-Identifier: MIT
namespace AudioMesh.Latency.Storm;

/// <summary>
/// Threads that allocate as fast as they can on a live heap whose references change all the time, so that the collector has
/// survivors to move, cards to scan and a large graph to mark.
/// </summary>
internal sealed class AllocationStorm : IDisposable
{
    private const int PayloadBytes = 320;
    private const int NodeBytes = PayloadBytes + 72;
    private const int LargeBytes = 200_000;
    private readonly Thread[] _threads;
    private volatile bool _isOver;

    public AllocationStorm(int threads, int heapMb)
    {
        int nodes = Math.Max(1, (int)((heapMb * 1_000_000L) / NodeBytes / Math.Max(1, threads)));
        _threads = [.. Enumerable.Range(0, threads).Select(seed => new Thread(() => Rage(nodes, seed)) { Name = $"storm-{seed}", IsBackground = true })];
    }

    public void Start() => Array.ForEach(_threads, thread => thread.Start());

    public void Dispose()
    {
        _isOver = true;
        Array.ForEach(_threads, thread => thread.Join());
    }

    private void Rage(int count, int seed)
    {
        Random random = new(seed);
        Node[] nodes = new Node[count];
        for (int i = 0; i < count && !_isOver; i++)
        {
            nodes[i] = new Node(nodes[random.Next(i + 1)], i > 0 ? nodes[i - 1] : null);
        }

        for (int i = 0; !_isOver; i++)
        {
            Replace(nodes, random);
            if (i % 2000 == 0)
            {
                nodes[random.Next(count)].Large = new byte[LargeBytes];
            }
        }
    }

    // What is replaced lets go of its neighbours, or the heap would keep its whole history.
    private static void Replace(Node[] nodes, Random random)
    {
        ref Node slot = ref nodes[random.Next(nodes.Length)];
        Node fresh = new(nodes[random.Next(nodes.Length)], nodes[random.Next(nodes.Length)]);
        slot.Left = null;
        slot.Right = null;
        slot = fresh;
        for (int i = 0; i < 4; i++)
        {
            nodes[random.Next(nodes.Length)].Left = nodes[random.Next(nodes.Length)];
            GC.KeepAlive(new byte[PayloadBytes]);
        }
    }

    private sealed class Node(Node? left, Node? right)
    {
        public Node? Left { get; set; } = left;

        public Node? Right { get; set; } = right;

        public byte[] Payload { get; } = new byte[PayloadBytes];

        public byte[]? Large { get; set; }
    }
}
