// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Graph.Nodes;

/// <summary>Rises from -1 to 1 and falls back at once.</summary>
internal sealed class SawWave : ToneWave
{
    private double _phase = 0.5;

    /// <inheritdoc/>
    [RealtimeSafe]
    public override void Render(Span<float> samples, double cyclesPerFrame, int rate)
    {
        double step = Math.Min(cyclesPerFrame, 0.5);
        double phase = _phase;
        for (int i = 0; i < samples.Length; i++)
        {
            samples[i] = (float)((2 * phase) - 1 - BandLimitedStep.At(phase, step));
            phase += step;
            phase -= Math.Floor(phase);
        }

        _phase = phase;
    }
}
