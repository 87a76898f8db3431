// SPDX-License-Identifier: MIT
using System.Runtime.Versioning;
using AudioMesh.Backends.Alsa;

namespace AudioMesh.Backends.Tests.Alsa;

/// <summary>Every way a sample can take into a device and out of it keeps its bits.</summary>
[TestFixture]
[NonParallelizable]
[SupportedOSPlatform("linux")]
internal sealed class AlsaSamplesTests
{
    private const int Samples = 6000;

    private static readonly SampleFormat[] Formats =
        [SampleFormat.Int16, SampleFormat.Int24In32, SampleFormat.Int24, SampleFormat.Int32, SampleFormat.Float32];

    [Test]
    public void A_file_pcm_writes_what_was_rendered_bit_for_bit(
        [ValueSource(nameof(Formats))] SampleFormat format, [Values] bool mapped, [Values(1, 2, 5)] int channels)
    {
        string path = AlsaTestSetup.PathOf($"played-{format}-{mapped}-{channels}.raw");
        StreamRequest request = new()
        {
            Device = RawFile.Device(path), Format = format, UseMmap = mapped, OutputChannels = channels, PeriodFrames = 100, Periods = 3,
        };
        CheckPlayed(request, format, path);
    }

    [TestCase("mmapi", true)]
    [TestCase("mmapn", true)]
    [TestCase("rwi", true)]
    [TestCase("rwn", true)]
    [TestCase("mmapn rwi rwn", false)]
    [TestCase("rwn", false)]
    public void A_device_that_has_one_way_in_gets_every_bit_that_way(string access, bool mapped)
    {
        foreach (SampleFormat format in (SampleFormat[])[SampleFormat.Int24, SampleFormat.Float32])
        {
            string path = AlsaTestSetup.PathOf($"one-way-{access}-{format}.raw");
            string device = TimedPcm.Device($"ACCESS='{access}'", $"FORMAT={AlsaName(format)}", $"SOUND='{path}'");
            CheckPlayed(new StreamRequest { Device = device, Format = format, UseMmap = mapped, PeriodFrames = 480, Periods = 4 }, format, path);
        }
    }

    [Test]
    public void A_file_pcm_is_recorded_bit_for_bit([ValueSource(nameof(Formats))] SampleFormat format, [Values(1, 2, 3)] int channels)
    {
        string path = AlsaTestSetup.PathOf($"to-record-{format}-{channels}.raw");
        File.WriteAllBytes(path, IntegerSignal.AsBytes(0, Samples, format));
        CheckRecorded(new StreamRequest { Device = $"am_from_file:'{path}'", Format = format, InputChannels = channels, PeriodFrames = 100 });
    }

    [TestCase("mmapi", true)]
    [TestCase("mmapn", true)]
    [TestCase("rwi", true)]
    [TestCase("rwn", true)]
    public void A_device_that_has_one_way_out_is_recorded_that_way(string access, bool mapped)
    {
        string path = AlsaTestSetup.PathOf($"one-way-out-{access}.raw");
        File.WriteAllBytes(path, IntegerSignal.AsBytes(0, Samples, SampleFormat.Int32));
        string device = TimedPcm.Device($"ACCESS='{access}'", "FORMAT=S32_LE", $"SOUND='{path}'");
        CheckRecorded(new StreamRequest
        {
            Device = device, Format = SampleFormat.Int32, UseMmap = mapped, InputChannels = 2, PeriodFrames = 480, Periods = 4,
        });
    }

    private static void CheckPlayed(StreamRequest request, SampleFormat format, string path)
    {
        using AlsaBackend backend = new();
        SignalRenderer renderer = new(format);
        StreamInfo info = backend.Open(request, renderer);
        Assert.That(info.Format, Is.EqualTo(format));
        backend.Start();
        Assert.That(SpinWait.SpinUntil(() => renderer.Samples >= Samples, Patience.Ms), Is.True);
        backend.Close();
        Assume.That(HadXrun(backend), Is.False, "the machine was too busy");

        byte[] written = File.ReadAllBytes(path);
        int sampleBytes = IntegerSignal.AsBytes(1, format).Length;
        int silence = info.BufferFrames * info.OutputChannels * sampleBytes;
        Assert.That(Array.TrueForAll(written[..silence], one => one == 0), Is.True, "begins with a buffer of silence");
        Assert.That(written[silence..], Is.EqualTo(IntegerSignal.AsBytes(0, renderer.Samples, format)).AsCollection);
    }

    private static void CheckRecorded(StreamRequest request)
    {
        using AlsaBackend backend = new();
        int frames = Samples / request.InputChannels;
        Renderer recorder = new(request.InputChannels, frames);
        backend.Open(request with { OutputChannels = 0 }, recorder);
        backend.Start();
        Assert.That(recorder.Await((frames / request.PeriodFrames) + 2), Is.True);
        backend.Close();
        Assume.That(HadXrun(backend), Is.False, "the machine was too busy");
        float[][] inputs = recorder.Inputs;
        for (int i = 0; i < frames * request.InputChannels; i++)
        {
            float expected = IntegerSignal.AsFloat(IntegerSignal.At(i, IntegerSignal.Bits(request.Format)), request.Format);
            Assert.That(inputs[i % request.InputChannels][i / request.InputChannels], Is.EqualTo(expected), $"sample {i}");
        }
    }

    private static bool HadXrun(AlsaBackend backend)
    {
        bool had = false;
        while (backend.TryReadEvent(out DeviceEvent deviceEvent))
        {
            had |= deviceEvent.Kind == DeviceEventKind.Xrun;
        }

        return had;
    }

    private static string AlsaName(SampleFormat format) => format == SampleFormat.Int24 ? "S24_3LE" : "FLOAT_LE";
}
