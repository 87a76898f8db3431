// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Midi;

namespace AudioMesh.Backends;

/// <summary>
/// One period as the device asks for it, with its times and with what went wrong since the last one.
/// Channels are planar, <see cref="Frames"/> floats each; outputs arrive zeroed, so a short render is silent, not stale.
/// Pointers are valid during the callback only.
/// </summary>
public unsafe struct DeviceBlock
{
    /// <summary>Array of <see cref="OutputChannels"/> pointers to write to.</summary>
    public float** Outputs;

    /// <summary>Array of <see cref="InputChannels"/> pointers to read from.</summary>
    public float** Inputs;

    /// <summary>Output channels.</summary>
    public int OutputChannels;

    /// <summary>Input channels.</summary>
    public int InputChannels;

    /// <summary>What came to the device's MIDI inputs, one for each port; null where it has none.</summary>
    public MidiBuffer[]? MidiInputs;

    /// <summary>What goes to the device's MIDI outputs, one for each port, empty at first; null where it has none.</summary>
    public MidiBuffer[]? MidiOutputs;

    /// <summary>Frames in this block, 1 to <see cref="StreamRequest.MaxPeriodFrames"/>.</summary>
    public int Frames;

    /// <summary>Index of the first frame on the device's own clock; jumps over what the device missed.</summary>
    public long DeviceFrame;

    /// <summary>When this period was due to begin, filtered of wake-up jitter.</summary>
    public MeshTime PeriodTime;

    /// <summary>When the callback really began.</summary>
    public MeshTime WakeTime;

    /// <summary>When the first output sample leaves the device.</summary>
    public MeshTime OutputTime;

    /// <summary>When the first input sample came to the device.</summary>
    public MeshTime InputTime;

    /// <summary>Xruns since the last block.</summary>
    public int Xruns;

    /// <summary>Frames the device lost in them, 0 where it does not say.</summary>
    public long XrunFrames;

    /// <summary>The device runs as fast as it can, not by the clock.</summary>
    public bool Freewheeling;
}
