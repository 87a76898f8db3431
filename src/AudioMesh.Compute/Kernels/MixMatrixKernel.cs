// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using AudioMesh.Dsp;

namespace AudioMesh.Compute.Kernels;

/// <summary><c>mix_matrix</c> in C#; the vectorised form is <see cref="MixMatrix"/>.</summary>
internal static unsafe class MixMatrixKernel
{
    public static void Oracle(in KernelCall call)
    {
        Parameters parameters = *call.Buffer<Parameters>(0);
        float* inputs = call.Buffer<float>(1);
        float* outputs = call.Buffer<float>(4);
        for (int mix = 0; mix < parameters.Mixes; mix++)
        {
            float* from = call.Buffer<float>(2) + ((long)mix * parameters.Sources);
            float* to = call.Buffer<float>(3) + ((long)mix * parameters.Sources);
            for (int frame = 0; frame < parameters.Frames; frame++)
            {
                outputs[((long)mix * parameters.Frames) + frame] = At(parameters, inputs + frame, from, to, frame);
            }
        }
    }

    public static void Simd(in KernelCall call)
    {
        Parameters parameters = *call.Buffer<Parameters>(0);
        int crosspoints = parameters.Mixes * parameters.Sources;
        MixMatrix.Mix(
            new(call.Buffer<float>(1), parameters.Sources * parameters.Frames),
            new(call.Buffer<float>(2), crosspoints),
            new(call.Buffer<float>(3), crosspoints),
            new(call.Buffer<float>(4), parameters.Mixes * parameters.Frames),
            parameters.Frames);
    }

    private static float At(Parameters parameters, float* inputs, float* from, float* to, int frame)
    {
        float sum = 0;
        for (int source = 0; source < parameters.Sources; source++)
        {
            if (from[source] != 0 || to[source] != 0)
            {
                float step = (to[source] - from[source]) * parameters.InverseFrames;
                sum += inputs[(long)source * parameters.Frames] * (from[source] + (step * frame));
            }
        }

        return sum;
    }

    /// <summary>Binding 0.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Parameters
    {
        public int Mixes;
        public int Sources;
        public int Frames;
        public float InverseFrames;
    }
}
