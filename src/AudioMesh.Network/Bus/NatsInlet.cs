// SPDX-License-Identifier: MIT
using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AudioMesh.Network.Interop;

namespace AudioMesh.Network.Bus;

/// <summary>Takes a message of a subscription. On libnats' thread: keeps a copy and returns.</summary>
internal delegate void NatsInletHandler(string subject, string reply, byte[] payload, bool isNoResponders);

/// <summary>A subscription of libnats. Its callbacks know it by a number, so that one that is under way when it ends finds nothing.</summary>
internal sealed unsafe class NatsInlet : IDisposable
{
    private static readonly ConcurrentDictionary<nint, NatsInlet> Inlets = new();
    private static long _last;

    private readonly nint _number = (nint)Interlocked.Increment(ref _last);
    private readonly NatsInletHandler _handler;
    private readonly natsSubscription* _subscription;
    private int _isDisposed;

    public NatsInlet(NatsLink link, string subject, NatsInletHandler handler)
    {
        _handler = handler;
        Inlets[_number] = this;
        natsSubscription* subscription = null;
        natsStatus status;
        fixed (byte* name = NatsText.Of(subject))
        {
            status = LibNats.Instance.natsConnection_Subscribe(&subscription, link.Connection, name, &Take, (void*)_number);
        }

        if (status != natsStatus.NATS_OK)
        {
            Inlets.TryRemove(_number, out _);
            throw NatsText.Error(status, $"subscribe to '{subject}'");
        }

        _subscription = subscription;
        LibNats.Instance.natsSubscription_SetPendingLimits(subscription, 262_144, 128 << 20);
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
        {
            Inlets.TryRemove(_number, out _);
            LibNats.Instance.natsSubscription_Destroy(_subscription);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Take(natsConnection* connection, natsSubscription* subscription, natsMsg* message, void* closure)
    {
        LibNats nats = LibNats.Instance;
        if (Inlets.TryGetValue((nint)closure, out NatsInlet? inlet))
        {
            ReadOnlySpan<byte> payload = new(nats.natsMsg_GetData(message), nats.natsMsg_GetDataLength(message));
            inlet._handler(
                Marshal.PtrToStringUTF8((nint)nats.natsMsg_GetSubject(message)) ?? "",
                Marshal.PtrToStringUTF8((nint)nats.natsMsg_GetReply(message)) ?? "",
                payload.ToArray(),
                nats.natsMsg_IsNoResponders(message) != 0);
        }

        nats.natsMsg_Destroy(message);
    }
}
