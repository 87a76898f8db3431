// SPDX-License-Identifier: MIT
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AudioMesh.Clock;
using AudioMesh.Compute.Clock;
using AudioMesh.Testing;

namespace AudioMesh.Compute.Tests.Clock;

internal sealed class SyncCalibrationBlockTests
{
    private const string Foreign = """
        {"type":"sync_calibration_block","version":"jamnet/1.0","timestamp_cpu":1000,"timestamp_gpu":5000,"timestamp_unit":"ns",
         "clock_base":"monotonic","session_id":"s","origin":"o","later":{"a":[1]}}
        """;

    [TestCase(1.0, 64, 25.0)]
    [TestCase(52.083332, 36, -140.0)]
    public void What_was_written_is_read_and_says_what_the_clock_says(double nsPerTick, int bits, double ppm)
    {
        SimulatedGpu gpu = new(nsPerTick, bits, ppm, seed: 9);
        GpuClock clock = new(gpu);
        for (int i = 0; i < 100; i++)
        {
            gpu.NowNs += 500_000_000;
            clock.Sample();
        }

        SyncCalibrationBlock written = clock.ToBlock("session 1", "stage-left");
        SyncCalibrationBlock read = SyncCalibrationBlock.Parse(written.ToUtf8());
        Assert.That(read, Is.EqualTo(written));
        Assert.That((read.ClockBase, read.SessionId, read.Origin), Is.EqualTo(("monotonic", "session 1", "stage-left")));
        for (long at = gpu.NowNs - 5_000_000_000; at <= gpu.NowNs + 5_000_000_000; at += 10_000_000)
        {
            long gpuNs = (long)Math.Round(clock.Unwrap((ulong)gpu.Clock.TicksAt(at), new MeshTime(at)) * (decimal)nsPerTick);
            double errorNs = Math.Abs((double)(read.Map.ToMesh(gpuNs).Nanoseconds - at));
            Assert.That(errorNs, Is.LessThanOrEqualTo(read.Map.ErrorAt(new MeshTime(at)) + nsPerTick + 1));
        }
    }

    [Test]
    public void It_has_the_members_of_the_format()
    {
        SimulatedGpu gpu = new(1, 64, 0, seed: 9);
        GpuClock clock = new(gpu);
        clock.Sample();
        JsonElement json = JsonDocument.Parse(clock.ToBlock("s", "o").ToUtf8()).RootElement;
        Assert.That(json.EnumerateObject().Select(member => member.Name), Is.EqualTo((string[])
        [
            "type", "version", "timestamp_cpu", "timestamp_gpu", "timestamp_unit", "clock_base", "session_id", "origin", "rate", "error_ns", "rate_error",
        ]));
        Assert.That(json.GetProperty("type").GetString(), Is.EqualTo("sync_calibration_block"));
        Assert.That(json.GetProperty("version").GetString(), Is.EqualTo("jamnet/1.0"));
        Assert.That(json.GetProperty("timestamp_unit").GetString(), Is.EqualTo("ns"));
    }

    [Test]
    public void A_block_without_our_members_promises_nothing()
    {
        ClockMap map = SyncCalibrationBlock.Parse(Encoding.UTF8.GetBytes(Foreign)).Map;
        Assert.That(map.ToMesh(5007), Is.EqualTo(new MeshTime(1007)));
        Assert.That(map.ErrorAt(new MeshTime(1000)), Is.EqualTo(double.PositiveInfinity));
    }

    [TestCase("type", "\"clock\"")]
    [TestCase("version", "\"jamnet/2.0\"")]
    [TestCase("timestamp_unit", "\"us\"")]
    [TestCase("timestamp_cpu", "null")]
    [TestCase("timestamp_gpu", "9223372036854775807")]
    [TestCase("clock_base", "null")]
    [TestCase("session_id", "\"a\\u0000b\"")]
    [TestCase("origin", "null")]
    [TestCase("rate", "1.5")]
    [TestCase("rate", "0")]
    [TestCase("error_ns", "-1")]
    [TestCase("rate_error", "0.2")]
    public void A_member_that_makes_no_sense_is_named(string member, string value)
    {
        JsonNode json = JsonNode.Parse(Foreign)!;
        json[member] = JsonNode.Parse(value);
        AudioMeshException? error = Assert.Throws<AudioMeshException>(() => SyncCalibrationBlock.Parse(Encoding.UTF8.GetBytes(json.ToJsonString())));
        Assert.That(error!.Kind, Is.EqualTo(AudioErrorKind.Protocol));
        Assert.That(error.Field, Is.EqualTo(member));
    }

    [TestCase("timestamp_cpu", "\"1000\"")]
    [TestCase("timestamp_cpu", "1e300")]
    [TestCase("timestamp_gpu", "1.5")]
    [TestCase("rate", "1e999")]
    [TestCase("rate", "\"NaN\"")]
    [TestCase("session_id", "{}")]
    public void A_member_of_another_kind_is_refused(string member, string value)
    {
        string text = Foreign.Replace("\"later\":{\"a\":[1]}", $"\"{member}\":{value}", StringComparison.Ordinal);
        AudioMeshException? error = Assert.Throws<AudioMeshException>(() => SyncCalibrationBlock.Parse(Encoding.UTF8.GetBytes(text)));
        Assert.That(error!.Kind, Is.EqualTo(AudioErrorKind.Protocol));
        Assert.That(error.Field, Does.Contain(member));
    }

    [Test]
    public void Names_are_checked_before_they_are_written()
    {
        SimulatedGpu gpu = new(1, 64, 0, seed: 9);
        GpuClock clock = new(gpu);
        clock.Sample();
        AudioMeshException? error = Assert.Throws<AudioMeshException>(() => clock.ToBlock(new string('x', 129), "o"));
        Assert.That(error!.Kind, Is.EqualTo(AudioErrorKind.InvalidArgument));
    }

    [Test]
    public void Nothing_that_can_be_sent_does_more_than_be_refused()
    {
        RepeatableRandom random = new(11);
        byte[] good = Encoding.UTF8.GetBytes(Foreign);
        int read = 0, refused = 0;
        for (int i = 0; i < 50_000; i++)
        {
            byte[] bytes = Mutate(good, ref random);
            try
            {
                ClockMap map = SyncCalibrationBlock.Parse(bytes).Map;
                _ = map.ToMesh(long.MaxValue);
                _ = map.ToMesh(long.MinValue);
                read++;
            }
            catch (AudioMeshException e) when (e.Kind == AudioErrorKind.Protocol)
            {
                refused++;
            }
        }

        Assert.That(read, Is.GreaterThan(1000));
        Assert.That(refused, Is.GreaterThan(1000));
    }

    [Test]
    public void What_is_too_long_is_not_even_looked_at()
    {
        byte[] spaces = Encoding.UTF8.GetBytes(Foreign.PadRight(SyncCalibrationBlock.MaxBytes + 1));
        Assert.Throws<AudioMeshException>(() => SyncCalibrationBlock.Parse(spaces));
    }

    private static byte[] Mutate(byte[] good, ref RepeatableRandom random)
    {
        byte[] bytes = random.Next(20) == 0 ? new byte[random.Next(300)] : [.. good];
        if (bytes.Length != good.Length)
        {
            random.Fill(bytes.AsSpan());
        }

        for (int changes = random.Next(3); changes > 0 && bytes.Length > 1; changes--)
        {
            int at = random.Next(bytes.Length);
            switch (random.Next(4))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes = [.. bytes[..at], .. bytes[(at + 1)..]];
                    break;
                case 2:
                    bytes = [.. bytes[..at], (byte)"0123456789-.eE\"{}[],"[random.Next(20)], .. bytes[at..]];
                    break;
                default:
                    bytes = bytes[..at];
                    break;
            }
        }

        return bytes;
    }
}
