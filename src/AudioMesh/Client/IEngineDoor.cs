// SPDX-License-Identifier: MIT
using System.Text.Json;
using AudioMesh.Control;
using AudioMesh.Realtime;

namespace AudioMesh;

/// <summary>A way to an engine: requests in, replies and events out, rings for sound. All doors carry the same messages.</summary>
internal interface IEngineDoor : IAsyncDisposable
{
    /// <summary>Carries out one request; any thread, one after the other.</summary>
    Task<DoorReply> RequestAsync(byte[] request, CancellationToken cancellation);

    /// <summary>Waits for the next event; null when the engine has ended. One thread.</summary>
    ValueTask<byte[]?> NextEventAsync(CancellationToken cancellation);

    /// <summary>This side's view of a node's ring, of which a reply said <paramref name="ring"/> and brought <paramref name="descriptors"/>.</summary>
    FrameRing AttachRing(int nodeId, JsonElement ring, DescriptorExchange? descriptors);
}
