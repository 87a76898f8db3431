// SPDX-License-Identifier: MIT
using AudioMesh.Network.Media;
using AudioMesh.Realtime;
using AudioMesh.Testing;

namespace AudioMesh.Network.Tests.Media;

public class StreamReceiverTests
{
    private static readonly StreamReceiverOptions Stereo = new() { Channels = 2, Rate = 48000 };

    [Test]
    public void What_comes_in_time_is_heard_bit_for_bit_and_at_most_a_period_later()
    {
        using VirtualLink link = new(Stereo, 64, 64) { Sound = Noise };
        List<float> heard = [];
        link.Heard = (planes, frames, _, _) => heard.AddRange(planes.AsSpan(0, frames));
        link.Run(10);

        ReceiverStatistics statistics = link.Receiver.Statistics;
        Assert.Multiple(() =>
        {
            Assert.That(statistics.IsExact, Is.True);
            Assert.That(statistics.MissingFrames, Is.Zero);
            Assert.That(statistics.IsLocked, Is.True);
            Assert.That(statistics.DriftPpm, Is.EqualTo(0).Within(0.01));
            Assert.That(Delay(heard, 400_000), Is.LessThanOrEqualTo(64 + 2));
        });
        AssertFollows(heard, 10_000, heard.Count);
    }

    [Test]
    public void The_position_is_that_of_the_frame_read_next()
    {
        using VirtualLink link = new(Stereo, 64, 96) { Sound = (_, frame) => frame };
        Assert.That(link.Receiver.Position, Is.NaN, "nothing is played yet");
        int compared = 0;
        link.Heard = (planes, frames, _, seconds) =>
        {
            if (seconds > 1)
            {
                Assert.That(link.Receiver.Position, Is.EqualTo(planes[frames - 1] + 1));
                compared++;
            }
        };
        link.Run(3);
        Assert.That(compared, Is.GreaterThan(500));
    }

    [TestCase(64, 64)]
    [TestCase(128, 64)]
    [TestCase(64, 256)]
    [TestCase(120, 480)]
    [TestCase(441, 64)]
    [TestCase(512, 1024)]
    public void Any_periods_at_both_ends_pass_bit_for_bit(int send, int read)
    {
        using VirtualLink link = new(Stereo, send, read) { Sound = Noise };
        List<float> heard = [];
        link.Heard = (planes, frames, _, _) => heard.AddRange(planes.AsSpan(0, frames));
        link.Run(12);
        AssertFollows(heard, 500_000, heard.Count);
    }

    [Test]
    public void Order_copies_and_small_jitter_are_not_heard()
    {
        RepeatableRandom random = new(3);
        StreamReceiverOptions options = Stereo with { MinDepthMs = 8 };
        using VirtualLink link = new(options, 64, 64) { Sound = Noise, Way = _ => 100_000 + random.Next(6_000_000), Copies = number => 1 + (int)(number % 3) };
        List<float> heard = [];
        link.Heard = (planes, frames, _, _) => heard.AddRange(planes.AsSpan(0, frames));
        link.Run(10);

        ReceiverStatistics statistics = link.Receiver.Statistics;
        Assert.Multiple(() =>
        {
            Assert.That(statistics.ReorderedPackets, Is.GreaterThan(100));
            Assert.That(statistics.DuplicatePackets, Is.GreaterThan(1000));
            Assert.That(statistics.LostPackets, Is.Zero);
            Assert.That(statistics.MissingFrames, Is.Zero);
        });
    }

    [Test]
    public void What_is_lost_is_counted_and_predicted_and_the_rest_is_as_sent()
    {
        HashSet<long> lost = [];
        RepeatableRandom random = new(4);
        using VirtualLink link = new(Stereo, 64, 64)
        {
            Sound = Tone,
            Trains = true,
            Way = number => number > 100 && random.Next(100) < 2 && lost.Add(number) ? -1 : 100_000,
        };
        double worst = 0;
        long predicted = 0;
        link.Heard = (planes, frames, flags, _) =>
        {
            predicted += (flags & FrameFlags.Predicted) != 0 ? frames : 0;
            for (int i = 1; i < frames; i++)
            {
                worst = Math.Max(worst, Math.Abs(planes[i] - planes[i - 1]));
            }
        };
        link.Run(5);
        link.Way = _ => 100_000;
        link.Run(3);

        ReceiverStatistics statistics = link.Receiver.Statistics;
        Assert.Multiple(() =>
        {
            Assert.That(statistics.LostPackets, Is.EqualTo(lost.Count));
            Assert.That(statistics.MissingFrames, Is.EqualTo(lost.Count * 64));
            Assert.That(statistics.PredictedFrames, Is.EqualTo(lost.Count * 64));
            Assert.That(predicted, Is.GreaterThan(lost.Count * 32));
            Assert.That(worst, Is.LessThan(0.1), "a sine of 440 Hz and 0.5 climbs by 0.03 a frame at most");
        });
    }

    [Test]
    public void The_depth_grows_at_once_when_packets_come_late_and_shrinks_without_a_click()
    {
        RepeatableRandom random = new(5);
        bool isBad = false;
        using VirtualLink link = new(Stereo, 64, 64) { Sound = Tone, Trains = true };
        link.Way = _ => 100_000 + (isBad ? random.Next(8_000_000) : 0);
        double worst = 0;
        link.Heard = (planes, frames, _, _) =>
        {
            for (int i = 1; i < frames; i++)
            {
                worst = link.Now > 4.1e9 ? Math.Max(worst, Math.Abs(planes[i] - planes[i - 1])) : 0;
            }
        };
        link.Run(4);
        double quiet = link.Receiver.Statistics.DepthFrames;
        isBad = true;
        link.Run(3);
        ReceiverStatistics deep = link.Receiver.Statistics;
        long missing = deep.MissingFrames;
        link.Run(5);
        long late = link.Receiver.Statistics.MissingFrames - missing;
        isBad = false;
        link.Trains = false;
        link.Run(200);
        ReceiverStatistics after = link.Receiver.Statistics;
        Assert.Multiple(() =>
        {
            Assert.That(quiet, Is.LessThan(70));
            Assert.That(deep.DepthFrames, Is.InRange(250, 700));
            Assert.That(late, Is.LessThan(48000 * 5 * 0.02));
            Assert.That(after.DepthFrames, Is.LessThan(80));
            Assert.That(worst, Is.LessThan(0.1));
        });
    }

    internal static float Noise(int channel, long frame)
    {
        RepeatableRandom random = new((ulong)((frame * 2) + channel));
        return random.NextSample();
    }

    internal static float Tone(int channel, long frame) => 0.5f * (float)Math.Sin(2 * Math.PI * (440 + (channel * 100)) * (frame % 48000) / 48000);

    private static int Delay(List<float> heard, int at)
    {
        for (int delay = 0; delay < 4096; delay++)
        {
            if (Noise(0, at - delay) == heard[at])
            {
                return delay;
            }
        }

        return int.MaxValue;
    }

    private static void AssertFollows(List<float> heard, int from, int to)
    {
        int delay = Delay(heard, from);
        for (int at = from; at < to; at++)
        {
            if (Noise(0, at - delay) != heard[at])
            {
                Assert.Fail($"frame {at} is not what was sent {delay} frames before");
            }
        }
    }
}
