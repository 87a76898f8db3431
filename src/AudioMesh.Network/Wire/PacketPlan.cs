// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Network.Wire;

/// <summary>
/// How a stream is cut into packets: by channels into <em>lanes</em> that never change, then by frames. Of all cuts that fit, the one with the fewest packets for a block, and of those the
/// one with the longest.
/// </summary>
public sealed class PacketPlan
{
    private PacketPlan(int channels, int blockFrames, SampleEncoding encoding, int channelsPerLane, int framesPerPacket)
    {
        Channels = channels;
        BlockFrames = blockFrames;
        Encoding = encoding;
        ChannelsPerLane = channelsPerLane;
        FramesPerPacket = framesPerPacket;
        Lanes = Pieces(channels, channelsPerLane);
    }

    /// <summary>Channels of the stream.</summary>
    public int Channels { get; }

    /// <summary>Frames of the blocks that it is made for.</summary>
    public int BlockFrames { get; }

    /// <summary>How the samples travel.</summary>
    public SampleEncoding Encoding { get; }

    /// <summary>Groups of channels that travel together.</summary>
    [RealtimeSafe]
    public int Lanes { get; }

    /// <summary>Channels of every lane; the last may have fewer.</summary>
    [RealtimeSafe]
    public int ChannelsPerLane { get; }

    /// <summary>
    /// Most frames of a packet: a block is cut into pieces of so many, the last may have fewer. For Opus exactly so many, whatever the blocks are: see <see cref="IsReblocked"/>.
    /// </summary>
    [RealtimeSafe]
    public int FramesPerPacket { get; }

    /// <summary>
    /// Whether packets end elsewhere than blocks: Opus knows packets of 2.5, 5 and 10 ms only, so the sender collects frames until it has <see cref="FramesPerPacket"/>.
    /// </summary>
    [RealtimeSafe]
    public bool IsReblocked => BlockFrames % FramesPerPacket != 0 && Encoding == SampleEncoding.Opus;

    /// <summary>
    /// The plan for blocks of 1 to 64 channels and 1 to 4,096 frames in datagrams of <paramref name="datagramBytes"/>. Throws InvalidArgument, and FormatUnsupported for Opus at a rate that
    /// it does not know.
    /// </summary>
    public static PacketPlan For(int channels, int frames, int rate, SampleEncoding encoding, int datagramBytes = DatagramSize.Default)
    {
        DatagramSize.Check(datagramBytes);
        Check(channels is >= 1 and <= AudioBody.MostChannels, "channels", channels, $"1..{AudioBody.MostChannels}");
        Check(frames is >= 1 and <= 4096, "frames", frames, "1..4096");
        Check(rate is >= AudioBody.LeastRate and <= AudioBody.MostRate, "rate", rate, $"{AudioBody.LeastRate}..{AudioBody.MostRate}");
        if (encoding == SampleEncoding.Opus)
        {
            return new PacketPlan(channels, frames, encoding, Math.Min(2, channels), OpusFrames.For(rate, frames));
        }

        Check(SampleCodec.BytesPerSample(encoding) > 0, "encoding", (int)encoding, "1..4");
        return Fewest(channels, frames, encoding, DatagramSize.Payload(datagramBytes) / SampleCodec.BytesPerSample(encoding));
    }

    /// <summary>The first channel of a lane.</summary>
    [RealtimeSafe]
    public int FirstChannelOf(int lane) => lane * ChannelsPerLane;

    /// <summary>How many channels a lane has.</summary>
    [RealtimeSafe]
    public int ChannelsOf(int lane) => Math.Min(ChannelsPerLane, Channels - FirstChannelOf(lane));

    private static PacketPlan Fewest(int channels, int frames, SampleEncoding encoding, int room)
    {
        (int Packets, int Lanes, int ChannelsPerLane, int Pieces) best = (int.MaxValue, 0, 0, 0);
        for (int lanes = 1; lanes <= channels; lanes++)
        {
            int perLane = Pieces(channels, lanes);
            int pieces = Pieces(frames, Math.Min(AudioBody.MostFrames, room / perLane));
            if (lanes * pieces <= best.Packets)
            {
                best = (lanes * pieces, lanes, perLane, pieces);
            }
        }

        return new PacketPlan(channels, frames, encoding, best.ChannelsPerLane, Pieces(frames, best.Pieces));
    }

    private static int Pieces(int of, int each) => (of + each - 1) / each;

    private static void Check(bool holds, string field, int value, string allowed)
    {
        if (!holds)
        {
            throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"{field} {value} is out of range: {allowed}.") { Field = field, Allowed = allowed };
        }
    }
}
