// SPDX-License-Identifier: MIT
using AudioMesh.Compute.Kernels;
using AudioMesh.Testing;

namespace AudioMesh.Compute.Tests.Kernels;

internal sealed class ConvolveTests
{
    [Test]
    public void Is_within_120_dB_of_direct_convolution_in_double_precision(
        [Values(64, 256, 512)] int block, [Values(1, 63, 512, 3000)] int responseFrames)
    {
        using IComputeDevice device = TestDevices.Oracle();
        using ConvolveProgram convolve = new(device, 1, block, responseFrames);
        RepeatableRandom random = new(12);
        float[] response = new float[responseFrames];
        float[] input = new float[block * ((responseFrames / block) + 4)];
        random.Fill(response);
        random.Fill(input);
        convolve.SetResponse(0, response);

        double error = 0;
        double power = 0;
        for (int start = 0; start < input.Length; start += block)
        {
            input.AsSpan(start, block).CopyTo(convolve.Input(0));
            convolve.Program.Run();
            for (int n = 0; n < block; n++)
            {
                double exact = Direct(response, input, start + n);
                error += Math.Pow(convolve.Output(0)[n] - exact, 2);
                power += exact * exact;
            }
        }

        Assert.That(10 * Math.Log10(error / power), Is.LessThan(-120), "dB");
    }

    [Test]
    public void Forgets_on_reset()
    {
        using IComputeDevice device = TestDevices.Oracle();
        using ConvolveProgram convolve = new(device, 1, 64, 640);
        float[] response = new float[640];
        response.AsSpan().Fill(1);
        convolve.SetResponse(0, response);
        convolve.Input(0).Fill(1);
        convolve.Program.Run();
        convolve.Input(0).Clear();
        convolve.Reset();
        for (int run = 0; run < 12; run++)
        {
            convolve.Program.Run();
            Assert.That(convolve.Output(0).ToArray(), Is.All.Zero);
        }
    }

    [TestCase(32)]
    [TestCase(96)]
    [TestCase(1024)]
    public void Refuses_blocks_of(int block)
    {
        using IComputeDevice device = TestDevices.Oracle();
        AudioMeshException? refusal = Assert.Throws<AudioMeshException>(() => new ConvolveProgram(device, 1, block, 100).Dispose());
        Assert.That((refusal!.Kind, refusal.Field), Is.EqualTo((AudioErrorKind.InvalidArgument, "block")));
    }

    private static double Direct(float[] response, float[] input, int at)
    {
        double sum = 0;
        for (int k = 0; k < Math.Min(response.Length, at + 1); k++)
        {
            sum += (double)response[k] * input[at - k];
        }

        return sum;
    }
}
