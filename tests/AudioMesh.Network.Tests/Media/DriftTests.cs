// SPDX-License-Identifier: MIT
using AudioMesh.Network.Media;
using AudioMesh.Testing;

namespace AudioMesh.Network.Tests.Media;

public class DriftTests
{
    private const int Wrap = 1 << 12;

    // A day, where somebody has the time.
    private static readonly int Hours = int.Parse(Environment.GetEnvironmentVariable("AUDIOMESH_DRIFT_HOURS") ?? "2");

    private static readonly StreamReceiverOptions Slow = new() { Channels = 1, Rate = 8000, Predicts = false };

    /// <summary>A stream at 8 kHz whose samples say where they are from: a sixth of a frame of it is a frame at 48 kHz.</summary>
    [TestCase(300)]
    [TestCase(-300)]
    [TestCase(100)]
    [TestCase(-100)]
    public void The_latency_stays_within_a_sample_for_hours(double ppm)
    {
        using VirtualLink link = new(Slow, 128, 128) { SenderPpm = ppm, Sound = (_, frame) => (float)(frame % Wrap) / Wrap };
        (double least, double most) = (double.MaxValue, double.MinValue);
        link.Heard = (planes, _, _, seconds) =>
        {
            double truth = link.FrameAt(seconds + (64.0 / 8000));
            if (seconds > 120 && truth % Wrap is > 600 and < Wrap - 64)
            {
                double latency = truth - (planes[64] * Wrap);
                latency -= Math.Round(latency / Wrap) * Wrap;
                least = Math.Min(least, latency);
                most = Math.Max(most, latency);
            }
        };
        link.Run(Hours * 3600.0);
        ReceiverStatistics statistics = link.Receiver.Statistics;
        TestContext.Out.WriteLine($"{least} {most} {statistics}");
        Assert.Multiple(() =>
        {
            Assert.That(most - least, Is.LessThan(0.16));
            Assert.That(statistics.DriftPpm, Is.EqualTo(ppm).Within(0.02));
            Assert.That(statistics.IsLocked, Is.True);
            Assert.That(statistics.MissingFrames, Is.LessThan(8 * 128), "some packets of half a million");
        });
    }

    [TestCase(300)]
    [TestCase(-300)]
    [TestCase(100)]
    [TestCase(-20)]
    public void Following_a_clock_adds_no_noise_above_minus_120_dB(double ppm)
    {
        StreamReceiverOptions options = new() { Channels = 1, Rate = 48000, Predicts = false };
        const double Hz = 997;
        using VirtualLink link = new(options, 64, 64)
        {
            SenderPpm = ppm,
            Sound = (_, frame) => 0.5f * (float)Math.Sin(2 * Math.PI * (Hz * frame / 48000 % 1)),
        };
        List<float> heard = [];
        link.Heard = (planes, frames, _, seconds) =>
        {
            if (seconds > 160)
            {
                heard.AddRange(planes.AsSpan(0, frames));
            }
        };
        link.Run(162);
        SineFit fit = new(heard.ToArray().AsSpan(0, 65536), Hz / 48000 * (1 + (ppm * 1e-6)));
        TestContext.Out.WriteLine($"{fit.ResidualDb()} {link.Receiver.Statistics}");
        Assert.That(fit.ResidualDb(), Is.LessThan(-120));
        Assert.That(fit.Amplitude(), Is.EqualTo(0.5).Within(1e-4));
    }

    [TestCase(300)]
    [TestCase(-100)]
    public void Without_mesh_time_arrivals_are_followed(double ppm)
    {
        RepeatableRandom random = new(7);
        StreamReceiverOptions options = new() { Channels = 1, Rate = 48000, Predicts = false };
        using VirtualLink link = new(options, 64, 64)
        {
            SenderPpm = ppm,
            HasMeshTime = false,
            Sound = (_, frame) => (float)(frame % Wrap) / Wrap,
            Way = _ => 200_000 + random.Next(400_000),
        };
        (double least, double most) = (double.MaxValue, double.MinValue);
        link.Heard = (planes, _, _, seconds) =>
        {
            double truth = link.FrameAt(seconds + (32.0 / 48000));
            if (seconds > 200 && truth % Wrap is > 600 and < Wrap - 64)
            {
                double latency = truth - (planes[32] * Wrap);
                latency -= Math.Round(latency / Wrap) * Wrap;
                least = Math.Min(least, latency);
                most = Math.Max(most, latency);
            }
        };
        link.Run(600);
        TestContext.Out.WriteLine($"{least} {most} {link.Receiver.Statistics}");
        Assert.Multiple(() =>
        {
            Assert.That(most - least, Is.LessThan(2));
            Assert.That(link.Receiver.Statistics.DriftPpm, Is.EqualTo(ppm).Within(0.5));
        });
    }

    [TestCase(44100, 48000)]
    [TestCase(48000, 44100)]
    [TestCase(96000, 48000)]
    public void Other_rates_are_followed_too(int from, int to)
    {
        StreamReceiverOptions options = new() { Channels = 1, Rate = from, OutputRate = to, Predicts = false };
        using VirtualLink link = new(options, 64, 64)
        {
            SenderPpm = 150,
            Sound = (_, frame) => 0.5f * (float)Math.Sin(2 * Math.PI * (1000.0 * frame / from % 1)),
        };
        List<float> heard = [];
        link.Heard = (planes, frames, _, seconds) =>
        {
            if (seconds > 160)
            {
                heard.AddRange(planes.AsSpan(0, frames));
            }
        };
        link.Run(162);
        SineFit fit = new(heard.ToArray().AsSpan(0, 65536), 1000.0 / to * (1 + 150e-6));
        TestContext.Out.WriteLine($"{fit.ResidualDb()} {link.Receiver.Statistics}");
        Assert.That(fit.ResidualDb(), Is.LessThan(-120));
    }
}
