// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;
using System.Text.Json;
using AudioMesh.Clock;
using AudioMesh.Network.Jdat;
using AudioMesh.Testing;

namespace AudioMesh.Network.Tests.Jdat;

/// <summary>What is written is read as the same, bit by bit, by this reader and by any other of JSON.</summary>
internal sealed class JdatRoundTripTests
{
    private const string Calibration = """
        {"type":"sync_calibration_block","version":"jamnet/1.0","timestamp_cpu":1000,"timestamp_gpu":5000,"timestamp_unit":"ns","clock_base":"monotonic","session_id":"s","origin":"o","rate":1.0000121,"error_ns":842.5,"rate_error":1.6E-07}
        """;

    private readonly JdatWriter _writer = new();
    private readonly JdatReader _reader = new();

    [Test]
    public void Any_floats_come_back_bit_by_bit()
    {
        RepeatableRandom random = new(11);
        float[] samples = new float[64];
        for (int round = 0; round < 20_000; round++)
        {
            int channels = 1 + random.Next(8);
            int count = channels * (1 + random.Next(64 / channels));
            for (int i = 0; i < count; i++)
            {
                float any = BitConverter.UInt32BitsToSingle((uint)random.NextBits());
                samples[i] = float.IsFinite(any) && random.Next(2) == 0 ? any : random.NextSample();
            }

            JdatAudio audio = new(
                round % 5 == 0 ? MeshTime.Unknown : new MeshTime((long)random.NextBits() / 4), $"s{round / 100} \u266b\"\\", 8000 + random.Next(100_000), channels,
                random.Next(2) == 0, (random.NextSample() + 1) / 2);
            ReadOnlySpan<byte> line = _writer.Write(audio, samples.AsSpan(0, count));
            Assert.That(_reader.Read(line[..^1], out JdatFault fault), Is.EqualTo(JdatMessageKind.Audio), fault.ToString());
            Assert.That(_reader.Audio, Is.EqualTo(audio));
            Assert.That(Bits(_reader.Samples), Is.EqualTo(Bits(samples.AsSpan(0, count))));
        }
    }

    [Test]
    public void Other_readers_of_JSON_see_the_same()
    {
        float[] samples = [0.1f, -0f, float.Epsilon, float.MaxValue, -1e-10f, 1f / 3];
        JdatAudio audio = new(new MeshTime(-5), "a\"b", 44100, 2, true, 0.5f);
        using JsonDocument document = JsonDocument.Parse(Encoding.UTF8.GetString(_writer.Write(audio, samples)));
        JsonElement root = document.RootElement;
        JsonElement data = root.GetProperty("audio_data");
        Assert.That(root.GetProperty("type").GetString(), Is.EqualTo("jdat"));
        Assert.That(root.GetProperty("version").GetString(), Is.EqualTo("jamnet/1.0"));
        Assert.That(root.GetProperty("timestamp_gpu").GetInt64(), Is.EqualTo(-5));
        Assert.That(root.GetProperty("session_id").GetString(), Is.EqualTo("a\"b"));
        Assert.That((data.GetProperty("sample_rate").GetInt32(), data.GetProperty("channels").GetInt32()), Is.EqualTo((44100, 2)));
        Assert.That(data.GetProperty("samples").EnumerateArray().Select(sample => sample.GetSingle()), Is.EqualTo(samples));
        Assert.That((data.GetProperty("pnbtr_processed").GetBoolean(), data.GetProperty("prediction_confidence").GetSingle()), Is.EqualTo((true, 0.5f)));
    }

    /// <summary>Decimal numbers of every length, among them those near the middle between two floats.</summary>
    [Test]
    public void Any_number_is_read_as_the_nearest_float()
    {
        RepeatableRandom random = new(12);
        for (int round = 0; round < 400_000; round++)
        {
            string text = Number(ref random, round % 4);
            float expected = float.Parse(text, CultureInfo.InvariantCulture);
            string line = $$$"""{"type":"jdat","version":"jamnet/1.0","timestamp_gpu":0,"session_id":"","audio_data":{"sample_rate":48000,"channels":1,"samples":[{{{text}}}]}}""";
            JdatMessageKind kind = _reader.Read(Encoding.ASCII.GetBytes(line), out JdatFault fault);
            Assert.That(kind, Is.EqualTo(float.IsFinite(expected) ? JdatMessageKind.Audio : JdatMessageKind.Fault), () => $"{text}: {fault}");
            if (float.IsFinite(expected))
            {
                Assert.That(BitConverter.SingleToUInt32Bits(_reader.Samples[0]), Is.EqualTo(BitConverter.SingleToUInt32Bits(expected)), text);
            }
        }
    }

    [Test]
    public void Commands_and_clock_maps_come_back()
    {
        foreach (JdatTransport transport in (JdatTransport[])
            [new(new MeshTime(3), "x", JdatTransportCommand.Play), new(MeshTime.Unknown, "", JdatTransportCommand.Stop), new(new MeshTime(1), "y", JdatTransportCommand.Locate, 7)])
        {
            Assert.That(_reader.Read(_writer.Write(transport)[..^1], out JdatFault fault), Is.EqualTo(JdatMessageKind.Transport), fault.ToString());
            Assert.That(_reader.Transport, Is.EqualTo(transport));
        }

        JdatSyncCalibration full = new() { TimestampCpu = 1, TimestampGpu = -2, SessionId = "\u266b", Origin = "stage \"left\"", Rate = 1.0000121, ErrorNs = 842.5, RateError = 1.6e-7 };
        foreach (JdatSyncCalibration block in (JdatSyncCalibration[])[full, new() { TimestampCpu = 5, TimestampGpu = 6 }])
        {
            Assert.That(_reader.Read(_writer.Write(block)[..^1], out JdatFault fault), Is.EqualTo(JdatMessageKind.SyncCalibration), fault.ToString());
            Assert.That(_reader.SyncCalibration, Is.EqualTo(block));
        }
    }

    [TestCase("\"ns\"", "\"ms\"", JdatError.OutOfRange)]
    [TestCase("1.0000121", "1.2", JdatError.OutOfRange)]
    [TestCase("1.0000121", "1e400", JdatError.NotFinite)]
    [TestCase("842.5", "-1", JdatError.OutOfRange)]
    [TestCase("1.6E-07", "0.2", JdatError.OutOfRange)]
    [TestCase("\"timestamp_cpu\":1000,", "", JdatError.MissingMember)]
    [TestCase("5000", "null", JdatError.WrongKind)]
    [TestCase("\"o\"", "\"\\u0007\"", JdatError.OutOfRange)]
    public void A_clock_map_that_makes_no_sense_is_refused(string part, string instead, JdatError error)
    {
        Assert.That(_reader.Read(Encoding.UTF8.GetBytes(Calibration), out _), Is.EqualTo(JdatMessageKind.SyncCalibration));
        Assert.That(_reader.SyncCalibration!.Map.ToMesh(5000), Is.EqualTo(new MeshTime(1000)));
        Assert.That(_reader.Read(Encoding.UTF8.GetBytes(Calibration.Replace(part, instead)), out JdatFault fault), Is.EqualTo(JdatMessageKind.Fault));
        Assert.That(fault.Error, Is.EqualTo(error));
    }

    [Test]
    public void What_cannot_be_written_is_an_error_or_zero()
    {
        JdatAudio audio = new(MeshTime.Unknown, "", 48000, 2);
        _reader.Read(_writer.Write(audio, [float.NaN, float.NegativeInfinity])[..^1], out _);
        Assert.That(_reader.Samples.ToArray(), Is.EqualTo(new[] { 0f, 0f }));
        foreach (JdatAudio wrong in (JdatAudio[])
            [audio with { Channels = 0 }, audio with { SampleRate = 1 }, audio with { PredictionConfidence = float.NaN }, audio with { SessionId = "\n" }, audio with { Channels = 3 }])
        {
            Assert.That(() => { _writer.Write(wrong, [0, 0]); }, Throws.TypeOf<AudioMeshException>());
        }
    }

    [Test]
    public void Samples_are_written_and_read_without_allocating()
    {
        float[] samples = new float[256];
        new RepeatableRandom(13).Fill(samples);
        JdatAudio audio = new(new MeshTime(1), "session", 48000, 2);
        AllocationGate.AssertNone(() => _reader.Read(_writer.Write(audio, samples)[..^1], out _));
        Assert.That(_reader.Samples.ToArray(), Is.EqualTo(samples));
    }

    private static string Number(ref RepeatableRandom random, int kind)
    {
        switch (kind)
        {
            case 0:
                return random.NextSample().ToString("R", CultureInfo.InvariantCulture);
            case 1:
                return ((random.NextBits() / (double)ulong.MaxValue) - 0.5).ToString("R", CultureInfo.InvariantCulture);
            case 2:
                // The middle between two floats, exactly or a little beside it.
                float low = BitConverter.UInt32BitsToSingle((uint)random.Next(0x7f7fffff));
                decimal middle = low is > 1e-10f and < 1e10f ? ((decimal)(double)low + (decimal)(double)MathF.BitIncrement(low)) / 2 : 0;
                return (middle + ((random.Next(3) - 1) * 1e-28m)).ToString(CultureInfo.InvariantCulture);
            default:
                StringBuilder digits = new(random.Next(2) == 0 ? "-" : "");
                digits.Append(random.Next(10));
                digits.Append('.');
                for (int i = 1 + random.Next(30); i > 0; i--)
                {
                    digits.Append(random.Next(10));
                }

                return digits.Append('e').Append(random.Next(100) - 50).ToString();
        }
    }

    private static uint[] Bits(ReadOnlySpan<float> samples) => [.. samples.ToArray().Select(BitConverter.SingleToUInt32Bits)];
}
