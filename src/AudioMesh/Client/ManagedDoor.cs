// SPDX-License-Identifier: MIT
using System.Buffers;
using System.Text.Json;
using AudioMesh.Control;
using AudioMesh.Engine;
using AudioMesh.Graph.Nodes;
using AudioMesh.Realtime;

namespace AudioMesh;

/// <summary>The engine in the app's own runtime.</summary>
internal sealed class ManagedDoor : IEngineDoor
{
    private readonly AudioEngine _engine = new();
    private readonly ControlSession _session;
    private readonly SemaphoreSlim _turn = new(1);

    public ManagedDoor() => _session = new ControlSession(_engine);

    public async Task<DoorReply> RequestAsync(byte[] request, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return new DoorReply(await Task.Run(() => Handle(request), CancellationToken.None).ConfigureAwait(false));
        }
        finally
        {
            _turn.Release();
        }
    }

    public async ValueTask<byte[]?> NextEventAsync(CancellationToken cancellation)
    {
        ArrayBufferWriter<byte> output = new();
        return await _session.NextEventAsync(output, cancellation).ConfigureAwait(false) ? output.WrittenSpan.ToArray() : null;
    }

    public unsafe FrameRing AttachRing(int nodeId, JsonElement ring, DescriptorExchange? descriptors)
    {
        FrameRing own = ((IRingNode)_engine.FindNode(nodeId)).Ring;
        return FrameRing.Attach(own.Memory, own.Bytes);
    }

    public async ValueTask DisposeAsync()
    {
        await Task.Run(_engine.Dispose).ConfigureAwait(false);
        _session.Dispose();
        _turn.Dispose();
    }

    private byte[] Handle(byte[] request)
    {
        ArrayBufferWriter<byte> reply = new();
        _session.Handle(request, reply);
        return reply.WrittenSpan.ToArray();
    }
}
