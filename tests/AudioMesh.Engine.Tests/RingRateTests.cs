// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Graph;
using AudioMesh.Graph.Nodes;
using AudioMesh.Realtime;
using AudioMesh.Testing;

namespace AudioMesh.Engine.Tests;

/// <summary>Rings of another rate than the device's.</summary>
internal sealed class RingRateTests : EngineFixture
{
    private const int Rate = 48000;

    [TestCase(44100, "bandlimited", -130)]
    [TestCase(96000, "bandlimited", -130)]
    [TestCase(8000, "bandlimited", -130)]
    [TestCase(384000, "bandlimited", -130)]
    [TestCase(44100, "linear", -45)]
    public void A_sine_that_an_app_writes_is_that_sine_at_the_devices_rate(int rate, string quality, double residualDb)
    {
        Open();
        AppSourceNode source = Source(("rate", rate), ("quality", quality), ("frames", 1 << 17), ("channels", 1));
        Chain(source.Id, Add("device_sink"));
        Engine.Start();
        source.Ring.Writer.Write(Sine(rate, 1000, rate / 4), MeshTime.Unknown, FrameFlags.None);
        source.Ring.Writer.Complete();
        float[] heard = Device.Pull(Rate / 4)[0];
        SineFit fit = new(heard.AsSpan(2000, 8192), 1000.0 / Rate);
        TestContext.Out.WriteLine($"{rate} to {Rate}, {quality}: residual {fit.ResidualDb():0.0} dB, amplitude {fit.Amplitude():0.000000}");
        Assert.That(fit.ResidualDb(), Is.LessThan(residualDb));
        Assert.That(fit.Amplitude(), Is.EqualTo(0.5).Within(quality == "linear" ? 0.002 : 3e-4));
    }

    [TestCase(44100, "bandlimited", -130)]
    [TestCase(8000, "bandlimited", -130)]
    [TestCase(384000, "bandlimited", -130)]
    [TestCase(44100, "linear", -45)]
    public void A_sine_that_the_graph_makes_is_that_sine_at_the_apps_rate(int rate, string quality, double residualDb)
    {
        Open();
        int tone = Add("tone", ("freq", 1000), ("db", 20 * Math.Log10(0.5)));
        AppSinkNode sink = Sink(("rate", rate), ("quality", quality), ("frames", 1 << 18), ("channels", 1));
        Chain(tone, sink.Id);
        Engine.Start();
        Device.Pull(Rate / 2);
        float[] read = new float[rate / 2];
        Assert.That(sink.Ring.Reader.Read(read, out _), Is.EqualTo(rate / 2).Within(rate / 400.0));
        SineFit fit = new(read.AsSpan(rate / 10, rate / 4), 1000.0 / rate);
        TestContext.Out.WriteLine($"{Rate} to {rate}, {quality}: residual {fit.ResidualDb():0.0} dB, amplitude {fit.Amplitude():0.000000}");
        Assert.That(fit.ResidualDb(), Is.LessThan(residualDb));
        Assert.That(fit.Amplitude(), Is.EqualTo(0.5).Within(quality == "linear" ? 0.003 : 3e-4));
        Assert.That(sink.Get("lost_frames")!.Value.Number, Is.Zero);
    }

    [Test]
    public void What_nobody_asked_to_convert_passes_bit_for_bit()
    {
        Open();
        AppSourceNode source = Source(("frames", 4096));
        AppSinkNode sink = Sink();
        Chain(source.Id, sink.Id);
        Engine.Start();
        float[] noise = new float[2 * 4096];
        new RepeatableRandom(5).Fill(noise);
        source.Ring.Writer.Write(noise, MeshTime.Unknown, FrameFlags.None);
        Device.Pull(4096);
        float[] read = new float[noise.Length];
        sink.Ring.Reader.Read(read, out _);
        Assert.That(read[256..], Is.EqualTo(noise[256..]), "behind the fade of a new connection");
        Assert.That((source.LatencyFrames, sink.LatencyFrames), Is.EqualTo((0, 0)));
    }

    [Test]
    public void All_that_was_written_is_heard_before_the_end()
    {
        Open();
        AppSourceNode source = Source(("rate", 44100), ("channels", 1));
        Chain(source.Id, Add("device_sink"));
        Engine.Start();
        source.Ring.Writer.Write(GraphTests.Fill(4410, 0.5f), MeshTime.Unknown, FrameFlags.None);
        source.Ring.Writer.Complete();
        float[] heard = Device.Pull(9600)[0];
        Assert.That(Await(e => e.Kind == EngineEventKind.Node).Frames, Is.EqualTo(4410));
        Assert.That(heard.Sum() / 0.5, Is.EqualTo(4800).Within(1));
        Assert.That(heard[^2048..], Is.All.Zero);
        Assert.That(source.Underruns, Is.Zero);
    }

    [Test]
    public void A_gap_in_a_ring_of_another_rate_is_predicted_without_a_step()
    {
        Device.Freewheels = true;
        Open();
        AppSourceNode source = Source(("rate", 44100), ("frames", 2048), ("depth", 1024), ("channels", 1));
        Chain(source.Id, Add("device_sink"));
        Engine.Start();
        List<float> heard = [];
        float[] sound = Sine(44100, 441, 44100);
        int written = 0;
        void Play(int frames)
        {
            for (int i = 0; i < frames; i += 64)
            {
                written += source.Ring.Writer.Write(sound.AsSpan(written, source.Ring.Writer.WritableFrames), MeshTime.Unknown, FrameFlags.None);
                heard.AddRange(Device.Pull(64)[0]);
            }
        }

        Play(12800);
        heard.AddRange(Device.Pull(1536)[0]);
        written += (int)source.UnderrunFrames;
        Play(6400);
        Assert.That((source.Underruns, source.UnderrunFrames), Is.EqualTo((1L, source.UnderrunFrames)));
        Assert.That(source.UnderrunFrames, Is.InRange(64, 512));
        Assert.That(LargestStep([.. heard]), Is.LessThan(1.2 * 0.5 * Math.Tau * 441 / Rate));
        float level = heard.Skip(12800 + 1024).Take(600).Max(Math.Abs);
        Assert.That(level, Is.GreaterThan(0.4), "the gap is filled");
    }

    [Test]
    public void A_sinks_frames_are_stamped_with_the_time_their_sound_leaves_the_device()
    {
        Device.CountsTime = true;
        Open(inputChannels: 1);
        int input = Add("device_source", ("channels", 1));
        AppSinkNode plain = Sink(("channels", 1));
        AppSinkNode converted = Sink(("channels", 1), ("rate", 44100));
        Chain(input, plain.Id);
        Chain(input, converted.Id);
        Engine.Start();
        float[] sound = new float[9600];
        sound[6000] = 1;
        Device.Pull(sound.Length, [sound]);
        double expected = PeakTime(plain.Ring);
        Assert.That(expected, Is.EqualTo(((6000.0 / Rate) * 1e9) + 1e6).Within(100), "ns");
        Assert.That(PeakTime(converted.Ring), Is.EqualTo(expected).Within(12_000), "ns, half a frame");
    }

    [Test]
    public void Latency_counts_the_ring_and_the_resampler_in_frames_of_the_device()
    {
        Open();
        AppSourceNode source = Source(("rate", 24000), ("depth", 256));
        Chain(source.Id, Add("device_sink"));
        LatencyLedger ledger = Engine.GetLatency(source.Id);
        Assert.That(ledger.Hops.Select(hop => (hop.Name, hop.Frames)), Is.EqualTo(
            new[] { ("ring", 512L), ("app_source", 148L), ("period", 64L), ("device", 36L) }));
    }

    [Test]
    public void Conversion_allocates_nothing_on_the_device_thread()
    {
        Open(inputChannels: 2);
        AppSourceNode source = Source(("rate", 44100), ("frames", 2048), ("drift", "auto"));
        AppSinkNode sink = Sink(("rate", 96000), ("frames", 4096), ("drift", "auto"));
        Chain(source.Id, sink.Id);
        Engine.Start();
        PeriodProbe probe = new(Device);
        float[] block = Sine(44100, 441, 512);
        float[] read = new float[8192];
        AllocationGate.AssertNone(() =>
        {
            source.Ring.Writer.Write(block, MeshTime.Unknown, FrameFlags.None);
            sink.Ring.Reader.Read(read, out _);
            for (int i = 0; i < 5; i++)
            {
                probe.Pull();
            }
        });
        Assert.That(Engine.GetTelemetry().AllocatedBytes, Is.Zero);
        Assert.That(source.Get("position")!.Value.Number, Is.GreaterThan(100_000));
    }

    [TestCase("auto", 5000, "0..4096")]
    [TestCase("off", 8193, "0..8192")]
    public void A_depth_that_leaves_no_room_is_refused(string drift, int depth, string allowed)
    {
        AudioMeshException error = Assert.Throws<AudioMeshException>(() => Source(("frames", 8192), ("depth", depth), ("drift", drift)))!;
        Assert.That((error.Field, error.Allowed), Is.EqualTo(("args.depth", allowed)));
    }

    private static double PeakTime(FrameRing ring)
    {
        float[] sample = new float[1];
        (double Time, float Level) peak = default;
        while (ring.Reader.Read(sample, out JamAudioFrame frame) > 0)
        {
            peak = sample[0] > peak.Level ? (frame.TimestampGpu.Nanoseconds, sample[0]) : peak;
        }

        return peak.Time;
    }

    private static float[] Sine(int rate, double frequency, int frames) =>
        [.. Enumerable.Range(0, frames).Select(i => (float)(0.5 * Math.Sin(Math.Tau * frequency * i / rate)))];

    private AppSourceNode Source(params (string Name, ParameterValue Value)[] arguments) => (AppSourceNode)Engine.FindNode(Add("app_source", arguments));

    private AppSinkNode Sink(params (string Name, ParameterValue Value)[] arguments) => (AppSinkNode)Engine.FindNode(Add("app_sink", arguments));
}
