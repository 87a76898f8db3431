// SPDX-License-Identifier: MIT
using AudioMesh.Network.Media;
using AudioMesh.Testing;

namespace AudioMesh.Network.Tests.Media;

/// <summary>Streams that have run so long that their sequence, of 32 bits, begins anew, and their positions no longer fit 32 bits: begun shortly before.</summary>
public class SequenceWrapTests
{
    private const int PacketFrames = 64;
    private const uint PacketsBefore = 1000;

    private static readonly StreamReceiverOptions Options = new() { Channels = 1, Rate = 48000, Predicts = false, MinDepthMs = 8, MaxDepthMs = 20 };

    [Test]
    public void What_comes_in_time_passes_bit_for_bit_over_the_wrap_in_any_order()
    {
        RepeatableRandom random = new(4);
        using VirtualLink link = LinkBeforeTheWrap();
        link.Way = _ => 100_000 + random.Next(6_000_000);
        link.Copies = number => 1 + (int)(number % 3);
        long wrong = 0;
        long compared = 0;
        float last = float.NaN;
        link.Heard = (planes, frames, _, seconds) =>
        {
            for (int i = 0; i < frames && seconds > 0.5; i++)
            {
                wrong += !float.IsNaN(last) && planes[i] != Next(last) ? 1 : 0;
                compared++;
                last = planes[i];
            }
        };
        link.Run(4);
        ReceiverStatistics statistics = link.Receiver.Statistics;
        Assert.Multiple(() =>
        {
            Assert.That(link.Sequence, Is.InRange(1, uint.MaxValue / 2), "it has wrapped");
            Assert.That(compared, Is.GreaterThan(150_000));
            Assert.That(wrong, Is.Zero);
            Assert.That((statistics.MissingFrames, statistics.LostPackets, statistics.Resyncs, statistics.LatePackets), Is.EqualTo((0L, 0L, 0, 0L)));
        });
    }

    [Test]
    public void Losses_are_counted_right_over_the_wrap_and_nothing_begins_anew()
    {
        RepeatableRandom random = new(6);
        long lost = 0;
        using VirtualLink link = LinkBeforeTheWrap();
        link.Way = number =>
        {
            // The last ones are not known to be missing yet.
            bool isLost = number is > 100 and < 1700 && random.Next(20) == 0;
            lost += isLost ? 1 : 0;
            return isLost ? -1 : 100_000;
        };
        link.Run(4);
        ReceiverStatistics statistics = link.Receiver.Statistics;
        Assert.That(lost, Is.GreaterThan(50));
        Assert.That((statistics.LostPackets, statistics.MissingFrames, statistics.Resyncs), Is.EqualTo((lost, lost * PacketFrames, 0)));
    }

    private static VirtualLink LinkBeforeTheWrap() => new(Options, PacketFrames, PacketFrames)
    {
        Sequence = uint.MaxValue - PacketsBefore,
        Frame = (1L << 32) - ((PacketsBefore + 200) * PacketFrames),
        Sound = (_, frame) => frame & 0xFFFF,
    };

    private static float Next(float sample) => ((int)sample + 1) & 0xFFFF;
}
