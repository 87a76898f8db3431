// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using AudioMesh.Network.Wire;

namespace AudioMesh.Network.Bus;

/// <summary>What hosts tell each other for mesh time, as it lies in NATS' messages; docs/mesh-bus.md has it byte by byte.</summary>
internal static class NatsTimeFrame
{
    private const byte Version = 1;
    private const byte RequestKind = 0;
    private const byte ReplyKind = 1;
    private const int HeadBytes = 2 + sizeof(ulong);

    public static byte[] Hello(ulong from, bool isLeaving) => Head(isLeaving ? (byte)1 : (byte)0, from, 0);

    public static byte[] Request(ulong from, in SyncRequest request)
    {
        byte[] frame = Head(RequestKind, from, SyncRequest.Bytes);
        request.Write(frame.AsSpan(HeadBytes));
        return frame;
    }

    public static byte[] Reply(ulong from, in SyncReply reply)
    {
        byte[] frame = Head(ReplyKind, from, SyncReply.Bytes);
        reply.Write(frame.AsSpan(HeadBytes));
        return frame;
    }

    public static bool TryReadHello(ReadOnlySpan<byte> frame, out ulong from, out bool isLeaving)
    {
        isLeaving = frame.Length > 1 && frame[1] == 1;
        return TryReadHead(frame, out from) && frame.Length == HeadBytes && frame[1] <= 1;
    }

    public static bool TryReadRequest(ReadOnlySpan<byte> frame, out ulong from, out SyncRequest request)
    {
        request = default;
        return TryReadHead(frame, out from) && frame[1] == RequestKind && SyncRequest.TryRead(frame[HeadBytes..], out request);
    }

    public static bool TryReadReply(ReadOnlySpan<byte> frame, out ulong from, out SyncReply reply)
    {
        reply = default;
        return TryReadHead(frame, out from) && frame[1] == ReplyKind && SyncReply.TryRead(frame[HeadBytes..], out reply);
    }

    private static byte[] Head(byte kind, ulong from, int bodyBytes)
    {
        byte[] frame = new byte[HeadBytes + bodyBytes];
        (frame[0], frame[1]) = (Version, kind);
        BinaryPrimitives.WriteUInt64BigEndian(frame.AsSpan(2), from);
        return frame;
    }

    private static bool TryReadHead(ReadOnlySpan<byte> frame, out ulong from)
    {
        bool isOurs = frame.Length >= HeadBytes && frame[0] == Version;
        from = isOurs ? BinaryPrimitives.ReadUInt64BigEndian(frame[2..]) : 0;
        return isOurs;
    }
}
