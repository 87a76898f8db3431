// SPDX-License-Identifier: MIT
using AudioMesh.Backends;
using AudioMesh.Dsp;
using AudioMesh.Graph;
using AudioMesh.Realtime;

namespace AudioMesh.Engine;

/// <summary>
/// The last gain before the device: fades out before a stop and in where a device comes back in the middle of sound, so that neither is a click, and is
/// exactly 1 otherwise.
/// </summary>
public sealed unsafe class OutputFade
{
    private RampedValue _gain = new(1);

    /// <summary>Silent from the first block on. Control side, only while no device renders.</summary>
    public void Mute() => _gain = new RampedValue(0);

    /// <summary>Begins to fade in. Control side.</summary>
    public void In() => _gain.Target = 1;

    /// <summary>Begins to fade out. Control side.</summary>
    public void Out() => _gain.Target = 0;

    /// <summary>Whether it is silent.</summary>
    public bool IsOut => _gain.Current == 0;

    /// <summary>Back to exactly 1. Control side, only while no device renders.</summary>
    public void Reset() => _gain = new RampedValue(1);

    /// <summary>Applies the gain to one piece of a block.</summary>
    [RealtimeSafe]
    public void Apply(in DeviceBlock block, int offset, int frames)
    {
        float to = _gain.Advance(frames, out float from);
        if (from == 1 && to == 1)
        {
            return;
        }

        for (int channel = 0; channel < block.OutputChannels; channel++)
        {
            GainRamp.Apply(new Span<float>(block.Outputs[channel] + offset, frames), from, to);
        }
    }
}
