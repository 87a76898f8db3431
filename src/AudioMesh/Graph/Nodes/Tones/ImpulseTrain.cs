// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Graph.Nodes;

/// <summary>A single sample of 1 at the beginning of every cycle.</summary>
internal sealed class ImpulseTrain : ToneWave
{
    /// <summary>A cycle of a whole number of frames stays one, though its parts do not add up to 1 exactly.</summary>
    private const double Whole = 1 - 1e-9;

    private double _phase = 1;

    /// <inheritdoc/>
    [RealtimeSafe]
    public override void Render(Span<float> samples, double cyclesPerFrame, int rate)
    {
        for (int i = 0; i < samples.Length; i++)
        {
            bool begins = _phase >= Whole;
            samples[i] = begins ? 1 : 0;
            _phase = (begins ? _phase - 1 : _phase) + cyclesPerFrame;
        }
    }
}
