// SPDX-License-Identifier: MIT
using System.Numerics;
using System.Runtime.CompilerServices;

namespace AudioMesh.Dsp;

/// <summary>
/// Up to 64 sources of up to 64 frames where they are, <paramref name="stride"/> apart, for one mix: eight vectors of sums in registers, then
/// single ones, then single samples.
/// </summary>
internal readonly unsafe struct MixMatrixRow(float* sources, nint stride, int firstFrame, int frames, bool isFirst)
{
    private static int Width => 8 * Vector<float>.Count;

    /// <summary>Adds the heard sources to one mix.</summary>
    public void Mix(ref readonly MixMatrixGains gains, float* mix)
    {
        int frame = 0;
        for (; frame <= frames - Width; frame += Width)
        {
            if (gains.IsMoving)
            {
                AddEightMoving(in gains, frame, mix + frame);
            }
            else
            {
                AddEightSteady(in gains, frame, mix + frame);
            }
        }

        for (; frame <= frames - Vector<float>.Count; frame += Vector<float>.Count)
        {
            AddOne(in gains, frame, mix + frame);
        }

        for (; frame < frames; frame++)
        {
            AddSample(in gains, frame, mix + frame);
        }
    }

    private void AddEightSteady(ref readonly MixMatrixGains gains, int frame, float* to)
    {
        Vector<float> sum0 = Sum(to), sum1 = Sum(to + Vector<float>.Count);
        Vector<float> sum2 = Sum(to + (2 * Vector<float>.Count)), sum3 = Sum(to + (3 * Vector<float>.Count));
        Vector<float> sum4 = Sum(to + (4 * Vector<float>.Count)), sum5 = Sum(to + (5 * Vector<float>.Count));
        Vector<float> sum6 = Sum(to + (6 * Vector<float>.Count)), sum7 = Sum(to + (7 * Vector<float>.Count));
        int count = gains.HeardCount;
        for (int i = 0; i < count; i++)
        {
            float* samples = SamplesAt(in gains, i, frame);
            Vector<float> gain = Vector.Create(gains.Firsts[i]);
            sum0 += Vector.Load(samples) * gain;
            sum1 += Vector.Load(samples + Vector<float>.Count) * gain;
            sum2 += Vector.Load(samples + (2 * Vector<float>.Count)) * gain;
            sum3 += Vector.Load(samples + (3 * Vector<float>.Count)) * gain;
            sum4 += Vector.Load(samples + (4 * Vector<float>.Count)) * gain;
            sum5 += Vector.Load(samples + (5 * Vector<float>.Count)) * gain;
            sum6 += Vector.Load(samples + (6 * Vector<float>.Count)) * gain;
            sum7 += Vector.Load(samples + (7 * Vector<float>.Count)) * gain;
        }

        sum0.Store(to);
        sum1.Store(to + Vector<float>.Count);
        sum2.Store(to + (2 * Vector<float>.Count));
        sum3.Store(to + (3 * Vector<float>.Count));
        sum4.Store(to + (4 * Vector<float>.Count));
        sum5.Store(to + (5 * Vector<float>.Count));
        sum6.Store(to + (6 * Vector<float>.Count));
        sum7.Store(to + (7 * Vector<float>.Count));
    }

    private void AddEightMoving(ref readonly MixMatrixGains gains, int frame, float* to)
    {
        Vector<float> sum0 = Sum(to), sum1 = Sum(to + Vector<float>.Count);
        Vector<float> sum2 = Sum(to + (2 * Vector<float>.Count)), sum3 = Sum(to + (3 * Vector<float>.Count));
        Vector<float> sum4 = Sum(to + (4 * Vector<float>.Count)), sum5 = Sum(to + (5 * Vector<float>.Count));
        Vector<float> sum6 = Sum(to + (6 * Vector<float>.Count)), sum7 = Sum(to + (7 * Vector<float>.Count));
        Vector<float> index0 = Indices(frame);
        Vector<float> index1 = Indices(frame + Vector<float>.Count);
        Vector<float> index2 = Indices(frame + (2 * Vector<float>.Count));
        Vector<float> index3 = Indices(frame + (3 * Vector<float>.Count));
        Vector<float> index4 = Indices(frame + (4 * Vector<float>.Count));
        Vector<float> index5 = Indices(frame + (5 * Vector<float>.Count));
        Vector<float> index6 = Indices(frame + (6 * Vector<float>.Count));
        Vector<float> index7 = Indices(frame + (7 * Vector<float>.Count));
        int count = gains.HeardCount;
        for (int i = 0; i < count; i++)
        {
            float* samples = SamplesAt(in gains, i, frame);
            Vector<float> gain = Vector.Create(gains.Firsts[i]);
            Vector<float> step = Vector.Create(gains.Steps[i]);
            sum0 += Vector.Load(samples) * (gain + (step * index0));
            sum1 += Vector.Load(samples + Vector<float>.Count) * (gain + (step * index1));
            sum2 += Vector.Load(samples + (2 * Vector<float>.Count)) * (gain + (step * index2));
            sum3 += Vector.Load(samples + (3 * Vector<float>.Count)) * (gain + (step * index3));
            sum4 += Vector.Load(samples + (4 * Vector<float>.Count)) * (gain + (step * index4));
            sum5 += Vector.Load(samples + (5 * Vector<float>.Count)) * (gain + (step * index5));
            sum6 += Vector.Load(samples + (6 * Vector<float>.Count)) * (gain + (step * index6));
            sum7 += Vector.Load(samples + (7 * Vector<float>.Count)) * (gain + (step * index7));
        }

        sum0.Store(to);
        sum1.Store(to + Vector<float>.Count);
        sum2.Store(to + (2 * Vector<float>.Count));
        sum3.Store(to + (3 * Vector<float>.Count));
        sum4.Store(to + (4 * Vector<float>.Count));
        sum5.Store(to + (5 * Vector<float>.Count));
        sum6.Store(to + (6 * Vector<float>.Count));
        sum7.Store(to + (7 * Vector<float>.Count));
    }

    private void AddOne(ref readonly MixMatrixGains gains, int frame, float* to)
    {
        Vector<float> sum = Sum(to);
        Vector<float> index = Indices(frame);
        for (int i = 0; i < gains.HeardCount; i++)
        {
            Vector<float> step = gains.IsMoving ? Vector.Create(gains.Steps[i]) : Vector<float>.Zero;
            sum += Vector.Load(SamplesAt(in gains, i, frame)) * (Vector.Create(gains.Firsts[i]) + (step * index));
        }

        sum.Store(to);
    }

    private void AddSample(ref readonly MixMatrixGains gains, int frame, float* to)
    {
        float sum = isFirst ? 0 : *to;
        for (int i = 0; i < gains.HeardCount; i++)
        {
            float step = gains.IsMoving ? gains.Steps[i] : 0;
            sum += *SamplesAt(in gains, i, frame) * (gains.Firsts[i] + (step * (firstFrame + frame)));
        }

        *to = sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private float* SamplesAt(ref readonly MixMatrixGains gains, int i, int frame) =>
        sources + (gains.Places[i] / MixMatrixGains.PlaceBytes * stride) + frame;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector<float> Sum(float* from) => isFirst ? Vector<float>.Zero : Vector.Load(from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector<float> Indices(int frame) => Vector.Create((float)(firstFrame + frame)) + Vector<float>.Indices;
}
