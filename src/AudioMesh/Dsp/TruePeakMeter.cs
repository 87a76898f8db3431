// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using AudioMesh.Realtime;

namespace AudioMesh.Dsp;

/// <summary>
/// The true-peak meter of one channel: the largest magnitude between samples too, by the interpolation to four times the rate of ITU-R BS.1770-4
/// Annex 2 (48 taps, four phases; without its attenuation, which floats do not need). It lags six samples behind. Made for rates up to 48 kHz;
/// at higher ones it is more exact still. Sums are in the order of the taps: the result is the same, bit for bit, whatever the vector width
/// and however the signal is cut into blocks. One thread at a time.
/// </summary>
public sealed unsafe class TruePeakMeter
{
    private const int Phases = 4;
    private const int Taps = 12;
    private const int History = Taps - 1;
    private const int Piece = 256;
    private readonly float[] _samples = new float[History + Piece];
    private readonly float[] _peaks = new float[Piece];

    /// <summary>The interpolation's coefficients: tap by tap the four phases, the tap of the newest sample first.</summary>
    public static ReadOnlySpan<float> Filter =>
    [
        0.0017089843750f, -0.0291748046875f, -0.0189208984375f, -0.0083007812500f,
        0.0109863281250f, 0.0292968750000f, 0.0330810546875f, 0.0148925781250f,
        -0.0196533203125f, -0.0517578125000f, -0.0582275390625f, -0.0266113281250f,
        0.0332031250000f, 0.0891113281250f, 0.1015625000000f, 0.0476074218750f,
        -0.0594482421875f, -0.1665039062500f, -0.2003173828125f, -0.1022949218750f,
        0.1373291015625f, 0.4650878906250f, 0.7797851562500f, 0.9721679687500f,
        0.9721679687500f, 0.7797851562500f, 0.4650878906250f, 0.1373291015625f,
        -0.1022949218750f, -0.2003173828125f, -0.1665039062500f, -0.0594482421875f,
        0.0476074218750f, 0.1015625000000f, 0.0891113281250f, 0.0332031250000f,
        -0.0266113281250f, -0.0582275390625f, -0.0517578125000f, -0.0196533203125f,
        0.0148925781250f, 0.0330810546875f, 0.0292968750000f, 0.0109863281250f,
        -0.0083007812500f, -0.0189208984375f, -0.0291748046875f, 0.0017089843750f,
    ];

    /// <summary>The true peak of this block, of which the last six samples count in the next; NaN is passed over. Full scale is 1.</summary>
    [RealtimeSafe]
    public float Measure(ReadOnlySpan<float> samples)
    {
        float peak = 0;
        fixed (float* held = _samples, peaks = _peaks, taps = Filter)
        {
            for (; !samples.IsEmpty; samples = samples[Math.Min(Piece, samples.Length)..])
            {
                int count = Math.Min(Piece, samples.Length);
                samples[..count].CopyTo(_samples.AsSpan(History));
                BlockLoop.Run(new InterpolateOperator(held + History, taps, peaks), count);
                peak = Math.Max(peak, Peak.Measure(new ReadOnlySpan<float>(peaks, count)));
                _samples.AsSpan(count, History).CopyTo(_samples);
            }
        }

        return peak;
    }

    /// <summary>Forgets what came before, as if it had been silence.</summary>
    [RealtimeSafe]
    public void Reset() => _samples.AsSpan().Clear();

    /// <summary>to[i] = the largest magnitude of the four phases at sample i.</summary>
    private readonly struct InterpolateOperator(float* samples, float* taps, float* to) : IBlockOperator
    {
        public nint Lead
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => 0;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At(nint i)
        {
            float a = 0, b = 0, c = 0, d = 0;
            for (nint tap = 0; tap < Taps; tap++)
            {
                float sample = samples[i - tap];
                float* phase = taps + (tap * Phases);
                a += sample * phase[0];
                b += sample * phase[1];
                c += sample * phase[2];
                d += sample * phase[3];
            }

            to[i] = Largest(a, b, c, d);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At128(nint i)
        {
            Vector128<float> a = Vector128<float>.Zero, b = a, c = a, d = a;
            for (nint tap = 0; tap < Taps; tap++)
            {
                Vector128<float> sample = Vector128.Load(samples + i - tap);
                float* phase = taps + (tap * Phases);
                a += sample * Vector128.Create(phase[0]);
                b += sample * Vector128.Create(phase[1]);
                c += sample * Vector128.Create(phase[2]);
                d += sample * Vector128.Create(phase[3]);
            }

            Largest(a, b, c, d).Store(to + i);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At256(nint i)
        {
            Vector256<float> a = Vector256<float>.Zero, b = a, c = a, d = a;
            for (nint tap = 0; tap < Taps; tap++)
            {
                Vector256<float> sample = Vector256.Load(samples + i - tap);
                float* phase = taps + (tap * Phases);
                a += sample * Vector256.Create(phase[0]);
                b += sample * Vector256.Create(phase[1]);
                c += sample * Vector256.Create(phase[2]);
                d += sample * Vector256.Create(phase[3]);
            }

            Largest(a, b, c, d).Store(to + i);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At512(nint i)
        {
            Vector512<float> a = Vector512<float>.Zero, b = a, c = a, d = a;
            for (nint tap = 0; tap < Taps; tap++)
            {
                Vector512<float> sample = Vector512.Load(samples + i - tap);
                float* phase = taps + (tap * Phases);
                a += sample * Vector512.Create(phase[0]);
                b += sample * Vector512.Create(phase[1]);
                c += sample * Vector512.Create(phase[2]);
                d += sample * Vector512.Create(phase[3]);
            }

            Largest(a, b, c, d).Store(to + i);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static float Largest(float a, float b, float c, float d) =>
            LargestMagnitude.Take(LargestMagnitude.Take(LargestMagnitude.Take(LargestMagnitude.Take(0, a), b), c), d);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector128<float> Largest(Vector128<float> a, Vector128<float> b, Vector128<float> c, Vector128<float> d) =>
            LargestMagnitude.Take(LargestMagnitude.Take(LargestMagnitude.Take(LargestMagnitude.Take(Vector128<float>.Zero, a), b), c), d);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector256<float> Largest(Vector256<float> a, Vector256<float> b, Vector256<float> c, Vector256<float> d) =>
            LargestMagnitude.Take(LargestMagnitude.Take(LargestMagnitude.Take(LargestMagnitude.Take(Vector256<float>.Zero, a), b), c), d);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector512<float> Largest(Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d) =>
            LargestMagnitude.Take(LargestMagnitude.Take(LargestMagnitude.Take(LargestMagnitude.Take(Vector512<float>.Zero, a), b), c), d);
    }
}
