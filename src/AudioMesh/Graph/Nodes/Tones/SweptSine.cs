// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Graph.Nodes;

/// <summary>A sine that goes from the tone's frequency to another by equal ratios in equal times, and begins again.</summary>
internal sealed class SweptSine(double endHz, double seconds) : ToneWave
{
    private double _phase;
    private double _done;

    /// <inheritdoc/>
    [RealtimeSafe]
    public override void Render(Span<float> samples, double cyclesPerFrame, int rate)
    {
        double ratio = endHz / (cyclesPerFrame * rate);
        double length = seconds * rate;
        double growth = Math.Pow(ratio, 1 / length);
        double step = cyclesPerFrame * Math.Pow(ratio, _done / length);
        for (int i = 0; i < samples.Length; i++)
        {
            samples[i] = (float)Math.Sin(_phase * Math.Tau);
            _phase += step;
            _phase -= Math.Floor(_phase);
            step *= growth;
            if (++_done >= length)
            {
                _done = 0;
                step = cyclesPerFrame;
            }
        }
    }
}
