// SPDX-License-Identifier: MIT
using System.Buffers;
using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Text.Json;
using AudioMesh.Compute;
using AudioMesh.Compute.Rendering;
using AudioMesh.Control;
using AudioMesh.Engine;
using AudioMesh.Graph;
using AudioMesh.Graph.Nodes;
using AudioMesh.Network.Jdat;
using AudioMesh.Network.Session;
using AudioMesh.Realtime;

namespace AudioMesh.Native;

/// <summary>What an <c>am_engine</c> points to: an engine, its one conversation, and the rings its owner has asked for.</summary>
internal sealed class EngineHandle : IDisposable
{
    private readonly ToastHosts _hosts = new();
    private readonly ControlSession _session;
    private readonly Lock _turn = new();
    private readonly ConcurrentDictionary<uint, IRingNode> _rings = new();
    private readonly ArrayBufferWriter<byte> _event = new();
    private int _waiting;

    public EngineHandle(ReadOnlyMemory<byte> options)
    {
        Engine = new AudioEngine(ReadOptions(options, _hosts));
        _session = new ControlSession(Engine);
    }

    public AudioEngine Engine { get; }

    public static unsafe EngineHandle From(void* engine) => engine == null
        ? throw new AudioMeshException(AudioErrorKind.InvalidArgument, "engine is NULL.")
        : (EngineHandle)GCHandle.FromIntPtr((nint)engine).Target!;

    public byte[] Request(ReadOnlyMemory<byte> request)
    {
        ArrayBufferWriter<byte> reply = new(512);
        lock (_turn)
        {
            _session.Handle(request, reply);
        }

        return reply.WrittenSpan.ToArray();
    }

    /// <summary>The next event, which stays until <see cref="TakeEvent"/>; false when none came in time.</summary>
    public bool WaitEvent(int timeoutMs, out ReadOnlyMemory<byte> next)
    {
        Interlocked.Increment(ref _waiting);
        try
        {
            bool isThere = _event.WrittenCount > 0 || _session.TryNextEvent(_event, timeoutMs);
            next = _event.WrittenMemory;
            return isThere;
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    public void TakeEvent() => _event.ResetWrittenCount();

    /// <summary>The ring of a node. Looked up without a lock when it was asked for before.</summary>
    public FrameRing Ring(uint node, bool isWritten)
    {
        if (!_rings.TryGetValue(node, out IRingNode? ringNode) || !ringNode.Ring.IsCurrent)
        {
            _rings.TryRemove(node, out _);
            ringNode = Engine.FindNode((int)node) as IRingNode
                ?? throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"Node {node} has no ring.");
            _rings[node] = ringNode;
        }

        return ringNode.IsWrittenByApp == isWritten
            ? ringNode.Ring
            : throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"The ring of node {node} is for the other direction.");
    }

    /// <summary>The ring of a node, whichever way it goes.</summary>
    public FrameRing Ring(uint node) => Engine.FindNode((int)node) is IRingNode { Ring: { } ring }
        ? ring
        : throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"Node {node} has no ring.");

    public void Dispose()
    {
        Engine.Dispose();
        _hosts.Dispose();
        _session.Dispose();
        while (Volatile.Read(ref _waiting) > 0)
        {
            Thread.Sleep(1);
        }
    }

    private static AudioEngineOptions ReadOptions(ReadOnlyMemory<byte> json, ToastHosts hosts)
    {
        NodeCatalogue catalogue = NodeCatalogue.CreateDefault()
            .Add(GpuMatrixNode.CreateType(() => ComputeDevices.OpenBest()))
            .Add(JdatSourceNode.NodeType)
            .Add(JdatSinkNode.NodeType);
        ToastNodes.Add(catalogue, hosts);
        AudioEngineOptions options = new() { Nodes = catalogue };
        if (json.IsEmpty)
        {
            return options;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            foreach (JsonProperty property in document.RootElement.EnumerateObject())
            {
                options = property.Name == "max_nodes" && property.Value.TryGetInt32(out int nodes) && nodes is >= 1 and <= 65536
                    ? options with { MaxNodes = nodes }
                    : throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"Option '{property.Name}' is not known or out of range; there is max_nodes, 1..65536.");
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw new AudioMeshException(AudioErrorKind.Protocol, $"The options are not a JSON object: {error.Message}");
        }

        return options;
    }
}
