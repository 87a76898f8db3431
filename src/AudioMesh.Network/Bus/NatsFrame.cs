// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Network.Bus;

/// <summary>Messages of the bus as they lie in NATS' messages; docs/mesh-bus.md has them byte by byte.</summary>
internal static class NatsFrame
{
    private const byte Version = 1;

    public static byte[] Message(string from, MeshTime time, ReadOnlySpan<byte> payload) => [Version, .. FrameWriter.Text(from), .. FrameWriter.Number(time.Nanoseconds), .. payload];

    public static byte[] Answer(string from, AnswerStatus status, ReadOnlySpan<byte> payload) => [Version, .. FrameWriter.Text(from), (byte)status, .. payload];

    public static byte[] Presence(string from, long run, long ageNs, bool isLeaving) =>
        [Version, .. FrameWriter.Text(from), .. FrameWriter.Number(run), .. FrameWriter.Number(ageNs), isLeaving ? (byte)1 : (byte)0];

    public static bool TryReadMessage(byte[] body, out string from, out MeshTime time, out byte[] payload)
    {
        FrameReader reader = new(body);
        from = Head(ref reader, out bool isOurs);
        time = new MeshTime(reader.Int64());
        payload = reader.Rest(BusLimits.PayloadBytes).ToArray();
        return isOurs && reader.IsSound;
    }

    public static bool TryReadAnswer(byte[] body, out string from, out AnswerStatus status, out byte[] payload)
    {
        FrameReader reader = new(body);
        from = Head(ref reader, out bool isOurs);
        status = (AnswerStatus)reader.Byte();
        payload = reader.Rest(BusLimits.PayloadBytes).ToArray();
        return isOurs && reader.IsSound && status <= AnswerStatus.Failed;
    }

    public static bool TryReadPresence(byte[] body, out string from, out long run, out long ageNs, out bool isLeaving)
    {
        FrameReader reader = new(body);
        from = Head(ref reader, out bool isOurs);
        run = reader.Int64();
        ageNs = reader.Int64();
        isLeaving = reader.Byte() == 1;
        return isOurs && reader.IsWhole && ageNs >= 0;
    }

    private static string Head(ref FrameReader reader, out bool isOurs)
    {
        isOurs = reader.Byte() == Version;
        return reader.Text(Wire.WireText.MostBytes);
    }
}
