// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Network.Wire;
using AudioMesh.Realtime;

namespace AudioMesh.Network.Tests.Wire;

/// <summary>A sound body of every type.</summary>
internal static class SoundBodies
{
    public static byte[] Of(MessageType type, ulong seed)
    {
        byte[] body = new byte[DatagramSize.Body(DatagramSize.Default)];
        int bytes = type switch
        {
            MessageType.Audio => Audio(body, (uint)seed),
            MessageType.Announce => Announce((int)(seed % 4)).Write(body),
            MessageType.Subscribe or MessageType.Unsubscribe => SubscribeBody.Write(body, new StreamWish(seed, 3)),
            MessageType.Parity => Parity(body, (uint)seed),
            MessageType.Control => ControlBody.Write(body, seed, "{\"op\":\"gain\",\"source\":\"bass\",\"db\":-3.5,\"path\":[1,[2,{\"a\":null}]]}"u8),
            MessageType.Leave => 0,
            MessageType.Bus => Bus(body, (uint)seed),
            MessageType.BusAck => new BusAckBody(seed, 1, (uint)seed, seed, false).Write(body),
            _ => 40,
        };
        return body[..bytes];
    }

    private static AnnounceBody Announce(int streams) => new(
        "Zoë",
        Capabilities.Opus,
        [.. Enumerable.Range(1, streams).Select(i => new StreamOffer((uint)i, $"stream {i}", 48_000, 2, 2, 64, SampleEncoding.Int24, Redundancy.Repeat(1)))],
        [.. Enumerable.Range(0, streams).Select(i => new StreamWish((ulong)i, 1))]);

    private static int Audio(Span<byte> body, uint sequence)
    {
        AudioPacketHeader header = new(1, sequence, sequence * 16, new MeshTime(sequence), 48_000, 2, 0, 2, 16, SampleEncoding.Int24, FrameFlags.None);
        int bytes = AudioBody.Write(body, header, TestSession.Random(96, sequence));
        return bytes + AudioBody.Write(body[bytes..], header with { Sequence = sequence - 1 }, TestSession.Random(96, sequence));
    }

    private static int Bus(Span<byte> body, uint sequence)
    {
        new BusBody(1, 1, sequence, sequence).Write(body);
        int bytes = BusBody.HeaderBytes;
        bytes += BusBody.WritePiece(body[bytes..], TestSession.Random(40, sequence), isFirst: false, isLast: true);
        return bytes + BusBody.WritePiece(body[bytes..], TestSession.Random(60, sequence), isFirst: true, isLast: true);
    }

    private static int Parity(Span<byte> body, uint sequence)
    {
        ParityEncoder encoder = new(2, 200);
        byte[] packet = new byte[134];
        for (uint i = 0; i < 2; i++)
        {
            Audio(body, sequence + i);
            body[..134].CopyTo(packet);
            encoder.Add(1, sequence + i, packet);
        }

        return encoder.Write(body);
    }
}
