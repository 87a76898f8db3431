// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using AudioMesh.Concealment;

namespace AudioMesh.Compute.Kernels;

/// <summary><c>burg</c> in C#; the vectorised form is <see cref="LatticeBurg"/>.</summary>
internal static unsafe class BurgKernel
{
    public static void Oracle(in KernelCall call)
    {
        Parameters parameters = *call.Buffer<Parameters>(0);
        for (int stream = 0; stream < call.GroupsX; stream++)
        {
            Train(
                parameters,
                call.Buffer<float>(1) + ((long)stream * parameters.Window),
                call.Buffer<float>(2),
                call.Buffer<float>(3),
                call.Buffer<float>(4) + ((long)stream * parameters.Window),
                call.Buffer<float>(5) + ((long)stream * parameters.Order));
        }
    }

    public static void Simd(in KernelCall call)
    {
        Parameters parameters = *call.Buffer<Parameters>(0);
        int window = parameters.Window;
        ReadOnlySpan<float> weights = new(call.Buffer<float>(2), window);
        ReadOnlySpan<float> dither = new(call.Buffer<float>(3), window);
        Span<float> work = stackalloc float[LatticeBurg.WorkLength(window, parameters.Order)];
        for (int stream = 0; stream < call.GroupsX; stream++)
        {
            ReadOnlySpan<float> samples = new(call.Buffer<float>(1) + ((long)stream * window), window);
            Span<float> model = new(call.Buffer<float>(5) + ((long)stream * parameters.Order), parameters.Order);
            LatticeBurg.Train(samples, weights, dither, work, model);
        }
    }

    private static void Train(Parameters parameters, float* samples, float* weights, float* dither, float* backward, float* model)
    {
        new Span<float>(model, parameters.Order).Clear();
        float* forward = stackalloc float[parameters.Window];
        if (!Prepare(parameters, samples, dither, forward, backward))
        {
            return;
        }

        for (int stage = 1; stage <= parameters.Order; stage++)
        {
            int left = parameters.Window - stage;
            float mu = Reflection(forward + stage, backward, weights + stage, left);
            for (int m = 0; m < left; m++)
            {
                float f = forward[m + stage];
                float b = backward[m];
                forward[m + stage] = f - (mu * b);
                backward[m] = b - (mu * f);
            }

            Extend(model, stage, mu);
        }
    }

    private static bool Prepare(Parameters parameters, float* samples, float* dither, float* forward, float* backward)
    {
        Span<float> lanes = stackalloc float[LaneTree.Lanes];
        lanes.Clear();
        for (int n = 0; n < parameters.Window; n++)
        {
            lanes[n % LaneTree.Lanes] += samples[n] * samples[n];
        }

        float power = LaneTree.Total(lanes) * parameters.InverseWindow;
        int exponent = (int)(BitConverter.SingleToUInt32Bits(power) >> 23) - 127;
        if (exponent is < -40 or > 100)
        {
            return false;
        }

        float scale = BitConverter.UInt32BitsToSingle((uint)(127 - ((exponent >> 1) + 1)) << 23);
        for (int n = 0; n < parameters.Window; n++)
        {
            forward[n] = backward[n] = (samples[n] * scale) + dither[n];
        }

        return true;
    }

    private static float Reflection(float* forward, float* backward, float* weights, int count)
    {
        Span<float> products = stackalloc float[LaneTree.Lanes];
        Span<float> energies = stackalloc float[LaneTree.Lanes];
        products.Clear();
        energies.Clear();
        for (int m = 0; m < count; m++)
        {
            float f = forward[m];
            float b = backward[m];
            products[m % LaneTree.Lanes] += weights[m] * (f * b);
            energies[m % LaneTree.Lanes] += weights[m] * ((f * f) + (b * b));
        }

        float product = LaneTree.Total(products);
        return (product + product) * Reciprocal(LaneTree.Total(energies));
    }

    private static void Extend(float* model, int stage, float mu)
    {
        for (int i = 0, j = stage - 2; i <= j; i++, j--)
        {
            float low = model[i];
            float high = model[j];
            model[i] = low - (mu * high);
            model[j] = high - (mu * low);
        }

        model[stage - 1] = mu;
    }

    private static float Reciprocal(float x)
    {
        float y = BitConverter.UInt32BitsToSingle(0x7EF311C7 - BitConverter.SingleToUInt32Bits(x));
        for (int i = 0; i < 3; i++)
        {
            y *= 2 - (x * y);
        }

        return y;
    }

    /// <summary>Binding 0.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Parameters
    {
        public int Window;
        public int Order;
        public float InverseWindow;
    }
}
