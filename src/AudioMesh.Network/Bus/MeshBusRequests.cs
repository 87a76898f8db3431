// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Bus;

/// <summary>Requests for who waits in tasks.</summary>
public static class MeshBusRequests
{
    /// <summary>
    /// Asks whoever serves <paramref name="subject"/>; the first answer. Throws what the answerer threw, Timeout, and NotFound where nobody serves it. The task goes on on the thread pool.
    /// </summary>
    public static async Task<byte[]> RequestAsync(this IMeshBus bus, string subject, ReadOnlyMemory<byte> payload, int timeoutMs, CancellationToken cancellation = default)
    {
        TaskCompletionSource<byte[]> source = new(TaskCreationOptions.RunContinuationsAsynchronously);
        bus.Request(subject, payload.Span, timeoutMs, (in BusAnswer answer) =>
        {
            _ = answer.Error is null ? source.TrySetResult(answer.Payload) : source.TrySetException(answer.Error);
        });
        return await source.Task.WaitAsync(cancellation).ConfigureAwait(false);
    }
}
