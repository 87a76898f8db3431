// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Graph.Nodes;

internal sealed class SquareWave : ToneWave
{
    private double _phase;

    /// <inheritdoc/>
    [RealtimeSafe]
    public override void Render(Span<float> samples, double cyclesPerFrame, int rate)
    {
        double step = Math.Min(cyclesPerFrame, 0.5);
        double phase = _phase;
        for (int i = 0; i < samples.Length; i++)
        {
            double half = phase < 0.5 ? phase + 0.5 : phase - 0.5;
            double value = (phase < 0.5 ? 1 : -1) + BandLimitedStep.At(phase, step) - BandLimitedStep.At(half, step);
            samples[i] = (float)value;
            phase += step;
            phase -= Math.Floor(phase);
        }

        _phase = phase;
    }
}
