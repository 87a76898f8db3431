// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Network.Wire;
using AudioMesh.Realtime;

namespace AudioMesh.Wire;

/// <summary>What one packet of 64 stereo frames costs, from samples to datagram and back.</summary>
internal sealed record PacketCost(string Packet, int Bytes, string Step, double MedianNs, double TailNs, long AllocatedBytes)
{
    private const int Frames = 64;
    private const int Channels = 2;

    public string Row => $"| {Packet} | {Bytes} | {Step} | {MedianNs:F0} | {TailNs:F0} |";

    public static IEnumerable<PacketCost> Measure(int rounds)
    {
        foreach (SampleEncoding encoding in (SampleEncoding[])[SampleEncoding.Float32, SampleEncoding.Int24, SampleEncoding.Int16])
        {
            foreach (PacketCost cost in Of(encoding, rounds))
            {
                yield return cost;
            }
        }
    }

    private static List<PacketCost> Of(SampleEncoding encoding, int rounds)
    {
        SessionKey key = SessionKey.FromSecret(new byte[SessionKey.Bytes], "benchmark");
        using EnvelopeSealer sealer = new(new SenderIdentity(key, 1));
        using EnvelopeOpener opener = new(key, 2);
        float[] samples = new float[Frames * Channels];
        byte[] payload = new byte[samples.Length * SampleCodec.BytesPerSample(encoding)];
        byte[] datagram = new byte[DatagramSize.Default];
        byte[] body = new byte[DatagramSize.Default];
        AudioPacketHeader header = new(1, 0, 0, default, 48_000, Channels, 0, Channels, Frames, encoding, FrameFlags.None);
        int length = Seal();

        int Seal()
        {
            SampleCodec.Encode(encoding, samples, payload);
            return sealer.Seal(MessageType.Audio, datagram, AudioBody.Write(EnvelopeSealer.BodyOf(datagram), header, payload));
        }

        void SealAndOpen()
        {
            Seal();
            opener.Open(datagram.AsSpan(0, length), body, new MeshTime(0), out _, out int bytes);
            ReadOnlySpan<byte> rest = body.AsSpan(0, bytes);
            if (!AudioBody.TryRead(ref rest, out _, out ReadOnlySpan<byte> received))
            {
                throw new InvalidOperationException("The packet was not opened.");
            }

            SampleCodec.Decode(encoding, received, samples);
        }

        string name = $"{encoding}, {Frames} frames stereo";
        (double[] seal, long sealBytes) = Stopclock.Time(rounds, () => Seal());
        (double[] both, long bothBytes) = Stopclock.Time(rounds, SealAndOpen);
        return
        [
            new(name, length, "encode and seal", seal.At(0.5), seal.At(0.99), sealBytes),
            new(name, length, "the same, open and decode", both.At(0.5), both.At(0.99), bothBytes),
        ];
    }
}
