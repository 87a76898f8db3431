// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Text;
using AudioMesh.Clock;

namespace AudioMesh.Network.Bus;

/// <summary>Writes the messages of docs/protocols/toast.md, "Bus".</summary>
internal static class FrameWriter
{
    /// <summary>The longest message: a payload with what stands before it.</summary>
    public const int MostBytes = BusLimits.PayloadBytes + 1024;

    public static byte[] Hello(string name, long ageNs) => [(byte)FrameKind.Hello, .. Text(name), .. Number(ageNs)];

    public static byte[] Publish(string subject, MeshTime time, ReadOnlySpan<byte> payload) =>
        [(byte)FrameKind.Publish, .. Text(subject), .. Number(time.Nanoseconds), .. payload];

    public static byte[] Request(uint number, string subject, MeshTime time, ReadOnlySpan<byte> payload) =>
        [(byte)FrameKind.Request, .. Number(number), .. Text(subject), .. Number(time.Nanoseconds), .. payload];

    public static byte[] Answer(uint number, AnswerStatus status, ReadOnlySpan<byte> payload) => [(byte)FrameKind.Answer, .. Number(number), (byte)status, .. payload];

    public static byte[] Entry(string table, BusEntry entry) => [(byte)FrameKind.Entry, .. Text(table), .. Content(entry)];

    /// <summary>An entry without its table.</summary>
    public static byte[] Content(BusEntry entry) =>
    [
        .. Text(entry.Key), .. Number(entry.Stamp.UtcNs), .. Number(entry.Stamp.Counter), .. Text(entry.Stamp.Origin),
        entry.IsRemoved ? (byte)1 : (byte)0, .. entry.Value.Span,
    ];

    public static byte[] Summary(BusTable table) => [(byte)FrameKind.Summary, .. Text(table.Name), .. Number((long)table.Store.Digest)];

    public static byte[] Digests(BusTable table)
    {
        byte[] frame = [(byte)FrameKind.Digests, .. Text(table.Name), .. new byte[TableStore.Buckets * sizeof(ulong)]];
        Span<byte> rest = frame.AsSpan(frame.Length - (TableStore.Buckets * sizeof(ulong)));
        for (int i = 0; i < TableStore.Buckets; i++)
        {
            BinaryPrimitives.WriteUInt64BigEndian(rest[(i * sizeof(ulong))..], table.Store.Digests[i]);
        }

        return frame;
    }

    public static byte[] Want(BusTable table, ReadOnlySpan<byte> buckets) => [(byte)FrameKind.Want, .. Text(table.Name), .. buckets];

    public static byte[] Text(string text)
    {
        byte[] bytes = new byte[1 + Encoding.UTF8.GetByteCount(text)];
        bytes[0] = (byte)(bytes.Length - 1);
        Encoding.UTF8.GetBytes(text, bytes.AsSpan(1));
        return bytes;
    }

    public static byte[] Number(long value)
    {
        byte[] bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        return bytes;
    }

    private static byte[] Number(uint value)
    {
        byte[] bytes = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }
}
