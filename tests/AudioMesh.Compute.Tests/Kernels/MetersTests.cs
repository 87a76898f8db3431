// SPDX-License-Identifier: MIT
using AudioMesh.Compute.Kernels;
using AudioMesh.Dsp;
using AudioMesh.Testing;

namespace AudioMesh.Compute.Tests.Kernels;

internal sealed class MetersTests
{
    [Test]
    public void Read_what_the_engines_meters_read([Values(1, 7, 64, 480)] int frames)
    {
        using IComputeDevice device = TestDevices.Oracle();
        using MetersProgram meters = new(device, 2, frames);
        TruePeakMeter truePeak = new();
        RepeatableRandom random = new(14);
        for (int run = 0; run < 5; run++)
        {
            random.Fill(meters.Input(1));
            float[] samples = meters.Input(1).ToArray();
            meters.Program.Run();
            MeterReading reading = meters.Reading(1);
            Assert.That(reading.Peak, Is.EqualTo(Peak.Measure(samples)));
            Assert.That(reading.Rms, Is.EqualTo(Rms.Measure(samples)).Within(1e-6));
            Assert.That(reading.TruePeak, Is.EqualTo(truePeak.Measure(samples)));
            Assert.That(meters.Reading(0), Is.EqualTo(default(MeterReading)), "the other channel is silent");
        }
    }

    [Test]
    public void Forget_on_reset()
    {
        using IComputeDevice device = TestDevices.Oracle();
        using MetersProgram meters = new(device, 1, 64);
        meters.Input(0).Fill(1);
        meters.Program.Run();
        meters.Reset();
        meters.Input(0).Clear();
        meters.Program.Run();
        Assert.That(meters.Reading(0), Is.EqualTo(default(MeterReading)));
    }
}
