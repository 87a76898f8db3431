// SPDX-License-Identifier: MIT
using AudioMesh.Compute.Kernels;

namespace AudioMesh.Compute.Tests.Kernels;

internal sealed class ResampleTests
{
    [TestCase(997, 44100.0 / 48000)]
    [TestCase(17000, 44100.0 / 48000)]
    [TestCase(997, 1.0001)]
    [TestCase(15000, 1.0001)]
    public void Reads_a_tone_between_its_frames_within_125_dB(double frequency, double step)
    {
        const int OutputFrames = 4000;
        double turn = 2 * Math.PI * frequency / 48000;
        using IComputeDevice device = TestDevices.Oracle();
        using ResampleProgram resample = new(device, new ResampleBank(128, 0.9, 135), 1, 4400, OutputFrames);
        for (int n = 0; n < resample.InputFrames; n++)
        {
            resample.Input(0)[n] = (float)Math.Sin(turn * n);
        }

        resample.SetPlaces(100.25, step);
        resample.Program.Run();

        double error = 0;
        for (int i = 0; i < OutputFrames; i++)
        {
            error += Math.Pow(resample.Output(0)[i] - Math.Sin(turn * (100.25 + (i * step))), 2);
        }

        Assert.That(10 * Math.Log10(error / OutputFrames / 0.5), Is.LessThan(-125), "dB");
    }

    [Test]
    public void Stops_what_the_new_rate_cannot_carry()
    {
        using IComputeDevice device = TestDevices.Oracle();
        using ResampleProgram resample = new(device, new ResampleBank(256, 0.45, 110), 1, 8400, 4000);
        for (int n = 0; n < resample.InputFrames; n++)
        {
            resample.Input(0)[n] = (float)Math.Sin(2 * Math.PI * 14000 / 48000 * n);
        }

        resample.SetPlaces(128, 2);
        resample.Program.Run();
        Assert.That(resample.Output(0).ToArray().Max(Math.Abs), Is.LessThan(1e-5));
    }

    [TestCase(62, 1.0)]
    [TestCase(63, 2.0)]
    [TestCase(double.NaN, 1.0)]
    public void Refuses_places_whose_filter_would_reach_beyond_the_input(double first, double step)
    {
        using IComputeDevice device = TestDevices.Oracle();
        using ResampleProgram resample = new(device, new ResampleBank(128, 0.9, 100), 1, 300, 100);
        AudioMeshException? refusal = Assert.Throws<AudioMeshException>(() => resample.SetPlaces(first, step));
        Assert.That((refusal!.Kind, refusal.Field), Is.EqualTo((AudioErrorKind.InvalidArgument, "first")));
    }
}
