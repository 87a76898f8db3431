// SPDX-License-Identifier: MIT
using System.Runtime.Intrinsics;
using AudioMesh.Realtime;

namespace AudioMesh.Graph.Nodes;

/// <summary>
/// Four samples at a time, whatever the machine's vectors are, so that the bits are the same everywhere: the Taylor series of a quarter of a cycle up to the
/// 15th power, which is off by less than 1e-11.
/// </summary>
internal sealed class SineWave : ToneWave
{
    private static readonly Vector256<double>[] Series =
        [Coefficient(0), Coefficient(1), Coefficient(2), Coefficient(3), Coefficient(4), Coefficient(5), Coefficient(6), Coefficient(7)];

    private double _phase;

    /// <inheritdoc/>
    [RealtimeSafe]
    public override void Render(Span<float> samples, double cyclesPerFrame, int rate)
    {
        Vector256<double> start = Vector256.Create(_phase);
        Vector256<double> step = Vector256.Create(cyclesPerFrame);
        Vector256<double> frames = Vector256.Create(0.0, 1, 2, 3);
        int i = 0;
        for (; i + 4 <= samples.Length; i += 4)
        {
            Vector256<double> sines = Sine(start + (step * (frames + Vector256.Create((double)i))));
            Vector256.Narrow(sines, sines).GetLower().CopyTo(samples[i..]);
        }

        if (i < samples.Length)
        {
            Vector256<double> rest = Sine(start + (step * (frames + Vector256.Create((double)i))));
            for (int lane = 0; i + lane < samples.Length; lane++)
            {
                samples[i + lane] = (float)rest.GetElement(lane);
            }
        }

        double phase = _phase + (cyclesPerFrame * samples.Length);
        _phase = phase - Math.Floor(phase);
    }

    // Of cycles: brought to half a cycle around 0, and that to the quarter from 0 on, with the sign kept.
    [RealtimeSafe]
    private static Vector256<double> Sine(Vector256<double> cycles)
    {
        Vector256<double> half = Vector256.Create(0.5);
        Vector256<double> around = cycles - Vector256.Floor(cycles + half);
        Vector256<double> size = Vector256.Abs(around);
        Vector256<double> quarter = Vector256.Min(size, half - size);
        Vector256<double> square = quarter * quarter;
        Vector256<double> sum = Series[^1];
        for (int i = Series.Length - 2; i >= 0; i--)
        {
            sum = (sum * square) + Series[i];
        }

        Vector256<double> sign = around & Vector256.Create(-0.0);
        return (sum * quarter) | sign;
    }

    private static Vector256<double> Coefficient(int index)
    {
        double value = Math.Tau;
        for (int i = 1; i <= index; i++)
        {
            value *= -(Math.Tau * Math.Tau) / (2 * i * ((2 * i) + 1));
        }

        return Vector256.Create(value);
    }
}
