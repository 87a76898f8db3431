// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh;

/// <summary>A way to an engine: requests in, replies and events out, rings for sound. All doors carry the same messages.</summary>
internal interface IEngineDoor : IAsyncDisposable
{
    /// <summary>Carries out one request; any thread, one after the other.</summary>
    Task<byte[]> RequestAsync(byte[] request, CancellationToken cancellation);

    /// <summary>Waits for the next event; null when the engine has ended. One thread.</summary>
    ValueTask<byte[]?> NextEventAsync(CancellationToken cancellation);

    /// <summary>Arguments this door adds to nodes with a ring.</summary>
    bool NeedsSharedRings { get; }

    /// <summary>This side's view of a node's ring; <paramref name="path"/> is where a shared one lies.</summary>
    FrameRing AttachRing(int nodeId, string? path);
}
