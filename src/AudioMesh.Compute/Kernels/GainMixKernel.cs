// SPDX-License-Identifier: MIT
using System.Numerics;
using System.Runtime.InteropServices;

namespace AudioMesh.Compute.Kernels;

/// <summary><c>gain_mix</c> in C#.</summary>
internal static unsafe class GainMixKernel
{
    public static void Oracle(in KernelCall call)
    {
        Parameters parameters = *call.Buffer<Parameters>(0);
        float* inputs = call.Buffer<float>(1);
        Ramp* ramps = call.Buffer<Ramp>(2);
        float* output = call.Buffer<float>(3);
        for (int frame = 0; frame < parameters.Frames; frame++)
        {
            float sum = 0;
            for (int source = 0; source < parameters.Sources; source++)
            {
                sum += inputs[(source * parameters.Frames) + frame] * ramps[source].At(frame);
            }

            output[frame] = sum;
        }
    }

    public static void Simd(in KernelCall call)
    {
        Parameters parameters = *call.Buffer<Parameters>(0);
        float* inputs = call.Buffer<float>(1);
        Ramp* ramps = call.Buffer<Ramp>(2);
        float* output = call.Buffer<float>(3);
        new Span<float>(output, parameters.Frames).Clear();
        for (int source = 0; source < parameters.Sources; source++)
        {
            Add(inputs + ((long)source * parameters.Frames), ramps[source], output, parameters.Frames);
        }
    }

    private static void Add(float* input, Ramp ramp, float* output, int frames)
    {
        int frame = 0;
        for (; frame <= frames - Vector<float>.Count; frame += Vector<float>.Count)
        {
            Vector<float> gains = new Vector<float>(ramp.First) + ((new Vector<float>(frame) + Vector<float>.Indices) * ramp.Step);
            Vector.Store(Vector.Load(output + frame) + (Vector.Load(input + frame) * gains), output + frame);
        }

        for (; frame < frames; frame++)
        {
            output[frame] += input[frame] * ramp.At(frame);
        }
    }

    /// <summary>Binding 0.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Parameters
    {
        public int Sources;
        public int Frames;
    }

    /// <summary>An element of binding 2.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public readonly struct Ramp(float first, float step)
    {
        public readonly float First = first;
        public readonly float Step = step;

        public float At(int frame) => First + (Step * frame);
    }
}
