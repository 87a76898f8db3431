// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Network.Time;

/// <summary>The last requests to one peer: what they carried, when they left, whether they were answered.</summary>
internal sealed class PendingRequests
{
    public const int Capacity = 16;

    private readonly Request[] _requests = new Request[Capacity];
    private uint _count;

    /// <summary>Requests since the last answer.</summary>
    public int Unanswered { get; private set; }

    /// <summary>All there were so far; wraps around.</summary>
    public uint Count => _count;

    public void Add(ulong nonce, MeshTime sent)
    {
        _requests[_count++ % Capacity] = new Request(nonce, sent, IsOpen: true);
        Unanswered = Math.Min(Unanswered + 1, int.MaxValue - 1);
    }

    /// <summary>Closes the request with this nonce. <paramref name="isDuplicate"/> when it was closed before.</summary>
    public bool TryClose(ulong nonce, out MeshTime sent, out bool isDuplicate)
    {
        isDuplicate = false;
        for (int i = 0; i < Capacity; i++)
        {
            ref Request request = ref _requests[i];
            if (request.Nonce == nonce && request.WasMade)
            {
                isDuplicate = !request.IsOpen;
                sent = request.Sent;
                request = request with { IsOpen = false };
                Unanswered = isDuplicate ? Unanswered : 0;
                return !isDuplicate;
            }
        }

        sent = MeshTime.Unknown;
        return false;
    }

    /// <summary>No answer to what was asked so far counts any more.</summary>
    public void Forget() => Array.Clear(_requests);

    private readonly record struct Request(ulong Nonce, MeshTime Sent, bool IsOpen)
    {
        public bool WasMade => Sent.Nanoseconds != 0 || Nonce != 0;
    }
}
