// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using AudioMesh.Realtime;

namespace AudioMesh.Dsp;

/// <summary>
/// A second-order filter of several channels, in transposed direct form II with double precision inside: y = B0 x + z1, z1 = B1 x - A1 y + z2,
/// z2 = B2 x - A2 y, every operation rounded, none fused, so that a channel comes out the same, bit for bit, alone or with others. Every 128
/// frames, what is left of a sound that ended is set to zero below -400 dB, before it becomes denormal and slow, and so is a state that is no
/// number any more: a filter gets over NaN. One thread at a time.
/// </summary>
public sealed unsafe class Biquad
{
    private const int Together = 4;
    private const int Piece = 128;
    private const double Inaudible = 1e-20;
    private readonly double[] _first;
    private readonly double[] _second;

    /// <summary>A filter of so many channels, at least one, that lets everything pass.</summary>
    public Biquad(int channels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        _first = new double[channels];
        _second = new double[channels];
    }

    /// <summary>How many channels it has.</summary>
    public int Channels => _first.Length;

    /// <summary>The filter, which may change from block to block.</summary>
    public BiquadCoefficients Coefficients { get; [RealtimeSafe] set; } = BiquadCoefficients.Identity;

    /// <summary>Filters one channel in place. A channel that the filter does not have is left as it is.</summary>
    [RealtimeSafe]
    public void Process(int channel, Span<float> samples)
    {
        if ((uint)channel >= (uint)Channels)
        {
            return;
        }

        fixed (float* first = samples)
        {
            for (int i = 0; i < samples.Length; i += Piece)
            {
                FilterOne(channel, first + i, Math.Min(Piece, samples.Length - i));
            }
        }
    }

    /// <summary>Filters all channels in place: one pointer each, to <paramref name="frames"/> floats.</summary>
    [RealtimeSafe]
    public void Process(float** channels, int frames)
    {
        int channel = 0;
        for (; Avx.IsSupported && channel <= Channels - Together; channel += Together)
        {
            for (int i = 0; i < frames; i += Piece)
            {
                FilterFour(channel, channels + channel, i, Math.Min(Piece, frames - i));
            }
        }

        for (; channel < Channels; channel++)
        {
            Process(channel, new Span<float>(channels[channel], frames));
        }
    }

    /// <summary>Forgets what came before, as if it had been silence.</summary>
    [RealtimeSafe]
    public void Reset()
    {
        _first.AsSpan().Clear();
        _second.AsSpan().Clear();
    }

    private void FilterOne(int channel, float* samples, int frames)
    {
        (double b0, double b1, double b2, double a1, double a2) = Coefficients;
        double first = _first[channel];
        double second = _second[channel];
        for (int i = 0; i < frames; i++)
        {
            double x = samples[i];
            double y = (b0 * x) + first;
            first = (b1 * x) - (a1 * y) + second;
            second = (b2 * x) - (a2 * y);
            samples[i] = (float)y;
        }

        _first[channel] = Settled(first);
        _second[channel] = Settled(second);
    }

    private void FilterFour(int channel, float** channels, int begin, int frames)
    {
        (double b0, double b1, double b2, double a1, double a2) = Coefficients;
        Lanes lanes = new()
        {
            B0 = Vector256.Create(b0),
            B1 = Vector256.Create(b1),
            B2 = Vector256.Create(b2),
            A1 = Vector256.Create(a1),
            A2 = Vector256.Create(a2),
            First = Vector256.Create(_first.AsSpan(channel, Together)),
            Second = Vector256.Create(_second.AsSpan(channel, Together)),
        };
        float* p0 = channels[0] + begin, p1 = channels[1] + begin, p2 = channels[2] + begin, p3 = channels[3] + begin;
        int i = 0;
        for (; i <= frames - 4; i += 4)
        {
            (Vector128<float> r0, Vector128<float> r1, Vector128<float> r2, Vector128<float> r3) =
                (Vector128.Load(p0 + i), Vector128.Load(p1 + i), Vector128.Load(p2 + i), Vector128.Load(p3 + i));
            Transpose(ref r0, ref r1, ref r2, ref r3);
            r0 = lanes.Filter(r0);
            r1 = lanes.Filter(r1);
            r2 = lanes.Filter(r2);
            r3 = lanes.Filter(r3);
            Transpose(ref r0, ref r1, ref r2, ref r3);
            r0.Store(p0 + i);
            r1.Store(p1 + i);
            r2.Store(p2 + i);
            r3.Store(p3 + i);
        }

        for (; i < frames; i++)
        {
            Vector128<float> filtered = lanes.Filter(Vector128.Create(p0[i], p1[i], p2[i], p3[i]));
            (p0[i], p1[i], p2[i], p3[i]) = (filtered.GetElement(0), filtered.GetElement(1), filtered.GetElement(2), filtered.GetElement(3));
        }

        for (int lane = 0; lane < Together; lane++)
        {
            _first[channel + lane] = Settled(lanes.First.GetElement(lane));
            _second[channel + lane] = Settled(lanes.Second.GetElement(lane));
        }
    }

    private static double Settled(double state) => double.IsFinite(state) && Math.Abs(state) >= Inaudible ? state : 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose(ref Vector128<float> r0, ref Vector128<float> r1, ref Vector128<float> r2, ref Vector128<float> r3)
    {
        Vector128<float> low01 = Sse.UnpackLow(r0, r1), high01 = Sse.UnpackHigh(r0, r1);
        Vector128<float> low23 = Sse.UnpackLow(r2, r3), high23 = Sse.UnpackHigh(r2, r3);
        r0 = Sse.MoveLowToHigh(low01, low23);
        r1 = Sse.MoveHighToLow(low23, low01);
        r2 = Sse.MoveLowToHigh(high01, high23);
        r3 = Sse.MoveHighToLow(high23, high01);
    }

    /// <summary>Four channels side by side.</summary>
    private struct Lanes
    {
        public Vector256<double> B0, B1, B2, A1, A2, First, Second;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector128<float> Filter(Vector128<float> frame)
        {
            Vector256<double> x = Avx.ConvertToVector256Double(frame);
            Vector256<double> y = (B0 * x) + First;
            First = (B1 * x) - (A1 * y) + Second;
            Second = (B2 * x) - (A2 * y);
            return Avx.ConvertToVector128Single(y);
        }
    }
}
