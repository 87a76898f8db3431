// SPDX-License-Identifier: MIT
namespace AudioMesh;

/// <summary>Which device to open, and how. Zero and empty mean: as the device has it.</summary>
public sealed record DeviceOptions
{
    /// <summary><c>auto</c>, <c>jack</c>, <c>alsa</c>, <c>coreaudio</c>, <c>null</c> or <c>wav</c>.</summary>
    public string Driver { get; init; } = "auto";

    /// <summary>The device's name as <see cref="AudioMeshEngine.GetDevicesAsync"/> lists it; for <c>wav</c> the file's path.</summary>
    public string Name { get; init; } = "";

    /// <summary>How the app appears to others, such as its JACK client name.</summary>
    public string ClientName { get; init; } = "audiomesh";

    /// <summary>Frames per second.</summary>
    public int Rate { get; init; }

    /// <summary>Output channels.</summary>
    public int OutputChannels { get; init; } = 2;

    /// <summary>Input channels.</summary>
    public int InputChannels { get; init; }

    /// <summary>JACK: MIDI outputs, up to 16.</summary>
    public int MidiOutputs { get; init; }

    /// <summary>JACK: MIDI inputs, up to 16.</summary>
    public int MidiInputs { get; init; }

    /// <summary>Frames per device callback.</summary>
    public int PeriodFrames { get; init; }

    /// <summary>Periods in the device's buffer.</summary>
    public int Periods { get; init; }

    /// <summary>Sample format at the device: <c>any</c>, <c>s16</c>, <c>s24</c>, <c>s24_32</c>, <c>s32</c>, <c>f32</c>.</summary>
    public string Format { get; init; } = "any";

    /// <summary>JACK: names of the output ports.</summary>
    public IReadOnlyList<string> OutputPorts { get; init; } = [];

    /// <summary>JACK: names of the input ports.</summary>
    public IReadOnlyList<string> InputPorts { get; init; } = [];

    /// <summary>JACK: connect to the physical ports.</summary>
    public bool AutoConnect { get; init; } = true;

    /// <summary>WAV and null: keep to the clock instead of running as fast as possible.</summary>
    public bool Paced { get; init; } = true;
}
