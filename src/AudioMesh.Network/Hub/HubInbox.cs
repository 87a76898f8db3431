// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Hub;

/// <summary>JSON that came on the network's thread and is read on another: bounded, and nobody takes the others' room.</summary>
internal sealed class HubInbox
{
    private const int MostMessages = 1024;
    private const int MostOfOne = 16;
    private const int MostBytes = 2048;

    private readonly Lock _gate = new();
    private readonly Queue<(ulong PeerId, byte[] Json)> _messages = new();
    private readonly Dictionary<ulong, int> _counts = [];
    private long _dropped;

    /// <summary>What was longer than a request may be, or had no room. Any thread.</summary>
    public long Dropped => Volatile.Read(ref _dropped);

    public void Put(ulong peerId, ReadOnlySpan<byte> json)
    {
        lock (_gate)
        {
            int count = _counts.GetValueOrDefault(peerId);
            if (json.Length > MostBytes || _messages.Count >= MostMessages || count >= MostOfOne)
            {
                Volatile.Write(ref _dropped, _dropped + 1);
                return;
            }

            _counts[peerId] = count + 1;
            _messages.Enqueue((peerId, json.ToArray()));
        }
    }

    /// <summary>The oldest, which stays.</summary>
    public bool TryPeek(out (ulong PeerId, byte[] Json) message)
    {
        lock (_gate)
        {
            return _messages.TryPeek(out message);
        }
    }

    /// <summary>Takes away what <see cref="TryPeek"/> gave.</summary>
    public void Take()
    {
        lock (_gate)
        {
            ulong peerId = _messages.Dequeue().PeerId;
            if (--_counts[peerId] == 0)
            {
                _counts.Remove(peerId);
            }
        }
    }
}
