// SPDX-License-Identifier: MIT
using AudioMesh.Compute;
using AudioMesh.Compute.Kernels;

namespace AudioMesh.Cli.Compute;

/// <summary>What each kernel is given to do: about what a hub of a few dozen musicians would ask of it in a period of 128 frames.</summary>
internal static class KernelTrials
{
    private const int Frames = 128;
    private const int Musicians = 32;
    private const int Taps = 64;
    private const int ResponseFrames = 24_000;
    private const int Window = 1024;
    private const int Order = 32;

    /// <summary>Throws what the device throws.</summary>
    public static IReadOnlyList<KernelCost> Measure(IComputeDevice device) =>
        [GainMix(device), MixMatrix(device), Meters(device), Resample(device), Convolve(device), Burg(device)];

    private static KernelCost GainMix(IComputeDevice device)
    {
        using GainMixProgram mix = new(device, Musicians, Frames);
        for (int source = 0; source < Musicians; source++)
        {
            Fill(mix.Source(source), source);
            mix.SetGain(source, 0.5f, 0.6f);
        }

        return KernelCost.Measure(ComputeKernels.GainMix.Name, $"{Musicians} sources, {Frames} frames", mix.Program);
    }

    private static KernelCost MixMatrix(IComputeDevice device)
    {
        using MixMatrixProgram matrix = new(device, Musicians, Musicians, Frames);
        matrix.From.Fill(0.5f);
        matrix.To.Fill(0.6f);
        for (int source = 0; source < Musicians; source++)
        {
            Fill(matrix.Source(source), source);
        }

        return KernelCost.Measure(ComputeKernels.MixMatrix.Name, $"{Musicians} x {Musicians}, {Frames} frames", matrix.Program);
    }

    private static KernelCost Meters(IComputeDevice device)
    {
        using MetersProgram meters = new(device, Musicians, Frames);
        for (int channel = 0; channel < Musicians; channel++)
        {
            Fill(meters.Input(channel), channel);
        }

        return KernelCost.Measure(ComputeKernels.Meters.Name, $"{Musicians} channels, {Frames} frames", meters.Program);
    }

    private static KernelCost Resample(IComputeDevice device)
    {
        using ResampleProgram resample = new(device, new ResampleBank(Taps, 0.9, 100), Musicians, Frames + (2 * Taps), Frames);
        resample.SetPlaces(Taps, 1.0001);
        for (int channel = 0; channel < Musicians; channel++)
        {
            Fill(resample.Input(channel), channel);
        }

        return KernelCost.Measure(ComputeKernels.Resample.Name, $"{Musicians} channels, {Taps} taps, {Frames} frames", resample.Program);
    }

    private static KernelCost Convolve(IComputeDevice device)
    {
        using ConvolveProgram convolve = new(device, Musicians, Frames, ResponseFrames);
        float[] response = new float[ResponseFrames];
        Fill(response, 1);
        for (int channel = 0; channel < Musicians; channel++)
        {
            convolve.SetResponse(channel, response);
            Fill(convolve.Input(channel), channel);
        }

        return KernelCost.Measure(ComputeKernels.Convolve.Name, $"{Musicians} channels, {ResponseFrames} frames long, {Frames} frames", convolve.Program);
    }

    private static KernelCost Burg(IComputeDevice device)
    {
        using BurgProgram burg = new(device, Musicians, Window, Order);
        for (int stream = 0; stream < Musicians; stream++)
        {
            Fill(burg.Window(stream), stream);
        }

        return KernelCost.Measure(ComputeKernels.Burg.Name, $"{Musicians} streams, {Window} samples, order {Order}", burg.Program);
    }

    private static void Fill(Span<float> samples, int pitch)
    {
        for (int i = 0; i < samples.Length; i++)
        {
            samples[i] = MathF.Sin(i * 0.01f * (pitch + 1));
        }
    }
}
