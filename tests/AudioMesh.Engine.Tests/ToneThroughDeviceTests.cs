// SPDX-License-Identifier: MIT
using AudioMesh.Backends;
using AudioMesh.Files;
using AudioMesh.Graph;
using AudioMesh.Testing;

namespace AudioMesh.Engine.Tests;

/// <summary>tone, gain, device_sink: what arrives at the device, by the file that the device writes.</summary>
internal sealed class ToneThroughDeviceTests
{
    [Test]
    public void Of_440_Hz_at_minus_6_dB_frequency_and_level_arrive_exactly([Values(44100, 48000, 96000)] int rate, [Values(64, 128, 1024)] int period)
    {
        using TemporaryFolder folder = new();
        string path = folder.PathOf("device.wav");
        using (AudioEngine engine = new())
        {
            engine.OpenDevice("wav", new StreamRequest { Device = path, Rate = rate, PeriodFrames = period, Paced = false, Format = SampleFormat.Float32 });
            int tone = Add(engine, "tone", ("freq", 440));
            int gain = Add(engine, "gain", ("db", -6.0));
            int sink = Add(engine, "device_sink");
            engine.Connect(tone, gain);
            engine.Connect(gain, sink);
            engine.Start();
            Assert.That(() => engine.GetTelemetry().Placement.Position.Value, Is.GreaterThan(3 * rate).After(60_000, 5));
            engine.Stop();
        }

        float[] sound = new float[4 * rate];
        using IAudioFileReader file = AudioFile.OpenRead(path);
        Assert.That(file.Read(sound), Is.EqualTo(2 * rate));
        float[] left = [.. Enumerable.Range(0, 2 * rate).Select(i => sound[2 * i])];
        float[] right = [.. Enumerable.Range(0, 2 * rate).Select(i => sound[(2 * i) + 1])];
        Assert.That(right, Is.EqualTo(left));
        SineFit fit = new(left.AsSpan(4800, rate), 440.0 / rate);
        Assert.That(20 * Math.Log10(fit.Amplitude()), Is.EqualTo(-6).Within(0.0001), "dB");
        Assert.That(fit.ResidualDb(), Is.LessThan(-130));
        Assert.That(FrequencyOf(left.AsSpan(4800), rate), Is.EqualTo(440).Within(0.001), "Hz");
    }

    // From the first to the last rise through zero, each between two samples.
    private static double FrequencyOf(ReadOnlySpan<float> sound, int rate)
    {
        double first = -1, last = -1;
        int cycles = -1;
        for (int i = 1; i < sound.Length; i++)
        {
            if (sound[i - 1] < 0 && sound[i] >= 0)
            {
                last = i - (sound[i] / (double)(sound[i] - sound[i - 1]));
                first = cycles < 0 ? last : first;
                cycles++;
            }
        }

        return cycles * rate / (last - first);
    }

    private static int Add(AudioEngine engine, string type, params (string Name, ParameterValue Value)[] arguments) =>
        engine.CreateNode(type, arguments.ToDictionary(a => a.Name, a => a.Value)).Id;
}
