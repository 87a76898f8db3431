// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Network.Session;

/// <summary>What other threads may still be using: given back when they must have looked again.</summary>
internal sealed class RetiredParts : IDisposable
{
    private const long InUseNs = 10_000_000_000;

    private readonly Queue<(IDisposable Part, MeshTime Since)> _parts = new();

    public void Add(IDisposable? part, MeshTime hostNow)
    {
        if (part is not null)
        {
            _parts.Enqueue((part, hostNow));
        }
    }

    public void Collect(MeshTime hostNow)
    {
        while (_parts.TryPeek(out (IDisposable Part, MeshTime Since) oldest) && hostNow - oldest.Since > InUseNs)
        {
            _parts.Dequeue().Part.Dispose();
        }
    }

    public void Dispose()
    {
        while (_parts.TryDequeue(out (IDisposable Part, MeshTime Since) oldest))
        {
            oldest.Part.Dispose();
        }
    }
}
