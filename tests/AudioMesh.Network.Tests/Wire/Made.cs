// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Network.Wire;
using AudioMesh.Realtime;
using FsCheck;
using FsCheck.Fluent;

namespace AudioMesh.Network.Tests.Wire;

/// <summary>Sound values of every body, made by chance.</summary>
internal static class Made
{
    public static Gen<(AudioPacketHeader Header, byte[] Payload)> Packets { get; } =
        from channels in Gen.Choose(1, AudioBody.MostChannels)
        from first in Gen.Choose(0, channels - 1)
        from count in Gen.Choose(1, Math.Min(4, channels - first))
        from encoding in Gen.Elements(SampleEncoding.Float32, SampleEncoding.Int24, SampleEncoding.Int16, SampleEncoding.Opus)
        from frames in Gen.Choose(1, AudioBody.MostFrames)
        from rate in Gen.Choose(AudioBody.LeastRate, AudioBody.MostRate)
        from position in Gen.Choose(0, int.MaxValue)
        from flags in Gen.Choose(0, 31)
        from numbers in Gen.Choose(int.MinValue, int.MaxValue).Two()
        let perSample = SampleCodec.BytesPerSample(encoding)
        let packetChannels = encoding == SampleEncoding.Opus ? Math.Min(2, count) : count
        let header = new AudioPacketHeader(
            (uint)numbers.Item1, (uint)numbers.Item2, (long)position << 20, new MeshTime((long)numbers.Item1 * numbers.Item2 / 4), rate, channels, first, packetChannels, frames, encoding, (FrameFlags)flags)
        select (header, TestSession.Random(perSample == 0 ? 1 + (frames % 300) : perSample * frames * packetChannels, (ulong)position));

    public static Gen<StreamOffer> Offers { get; } =
        from packet in Packets
        from name in Names
        from redundancy in Gen.Elements(Redundancy.None, Redundancy.Repeat(1), Redundancy.Repeat(8), Redundancy.Parity(2), Redundancy.Parity(32))
        select new StreamOffer(
            packet.Header.StreamId, name, packet.Header.Rate, packet.Header.Channels, packet.Header.ChannelCount, packet.Header.Frames, packet.Header.Encoding, redundancy);

    public static Gen<AnnounceBody> Announces { get; } =
        from name in Names
        from capabilities in Gen.Choose(0, int.MaxValue)
        from offers in Offers.ArrayOf(5)
        from wishes in Gen.Choose(int.MinValue, int.MaxValue).Two().ArrayOf(AnnounceBody.MostWishes)
        select new AnnounceBody(
            name, (Capabilities)capabilities, offers, [.. wishes.Select(w => new StreamWish(((ulong)(uint)w.Item1 << 32) | (uint)w.Item2, (uint)w.Item2))]);

    private static Gen<string> Names => Gen.Elements("", "a", "Jörg & Zoë", "音楽 🎸", new string('x', 63));
}
