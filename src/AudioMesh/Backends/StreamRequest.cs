// SPDX-License-Identifier: MIT
namespace AudioMesh.Backends;

/// <summary>What to open. Zero and empty mean: as the device has it.</summary>
public sealed record StreamRequest
{
    /// <summary>Name from <see cref="AudioDevice.Name"/>; a JACK server name, an ALSA PCM, a CoreAudio UID, a WAV path.</summary>
    public string Device { get; init; } = "";

    /// <summary>How the stream appears to others (JACK client name).</summary>
    public string ClientName { get; init; } = "audiomesh";

    /// <summary>Frames per second, 8000 to 384000; 0 takes the device's. A rate the device cannot run at is an error, never resampled silently.</summary>
    public int Rate { get; init; }

    /// <summary>Output channels, 0 to 256.</summary>
    public int OutputChannels { get; init; } = 2;

    /// <summary>Input channels, 0 to 256.</summary>
    public int InputChannels { get; init; }

    /// <summary>Frames per callback, 16 to 8192; 0 takes the device's or 128.</summary>
    public int PeriodFrames { get; init; }

    /// <summary>Periods in the device's buffer, 2 to 16; 0 means 2 where the backend has a choice.</summary>
    public int Periods { get; init; }

    /// <summary>Sample format at the device.</summary>
    public SampleFormat Format { get; init; }

    /// <summary>MIDI outputs, 0 to <see cref="MaxMidiPorts"/>. JACK only: elsewhere one is FormatUnsupported.</summary>
    public int MidiOutputs { get; init; }

    /// <summary>MIDI inputs, 0 to <see cref="MaxMidiPorts"/>. JACK only: elsewhere one is FormatUnsupported.</summary>
    public int MidiInputs { get; init; }

    /// <summary>Names of the output ports in channel order; missing ones are <c>out_1</c>, <c>out_2</c>, ... JACK only.</summary>
    public IReadOnlyList<string> OutputPorts { get; init; } = [];

    /// <summary>Names of the input ports in channel order; missing ones are <c>in_1</c>, <c>in_2</c>, ... JACK only.</summary>
    public IReadOnlyList<string> InputPorts { get; init; } = [];

    /// <summary>Connect to the physical ports on start. JACK only.</summary>
    public bool AutoConnect { get; init; } = true;

    /// <summary>Use mapped access where the device has it. ALSA only.</summary>
    public bool UseMmap { get; init; } = true;

    /// <summary>Pace by the clock; false runs as fast as possible and needs a render callback. WAV file and null only.</summary>
    public bool Paced { get; init; } = true;

    /// <summary>
    /// Frames that <see cref="IAudioOutputBackend.PushAudio"/> can run ahead, up to 384000; 0 means a quarter of a second. Only without a render callback.
    /// </summary>
    public int PushFrames { get; init; }

    /// <summary>Throws <see cref="AudioMeshException"/> (InvalidArgument, naming field and range) when a value is out of range.</summary>
    public void Validate()
    {
        Check(Rate == 0 || Rate is >= 8000 and <= 384000, "rate", Rate, "0 or 8000..384000");
        Check(OutputChannels is >= 0 and <= MaxChannels, "channels", OutputChannels, "0..256");
        Check(InputChannels is >= 0 and <= MaxChannels, "input_channels", InputChannels, "0..256");
        Check(OutputChannels + InputChannels > 0, "channels", 0, "at least one output or input channel");
        Check(MidiOutputs is >= 0 and <= MaxMidiPorts, "midi_outputs", MidiOutputs, "0..16");
        Check(MidiInputs is >= 0 and <= MaxMidiPorts, "midi_inputs", MidiInputs, "0..16");
        Check(PeriodFrames == 0 || PeriodFrames is >= 16 and <= MaxPeriodFrames, "period", PeriodFrames, "0 or 16..8192");
        Check(Periods == 0 || Periods is >= 2 and <= 16, "periods", Periods, "0 or 2..16");
        Check(PushFrames is >= 0 and <= 384000, "push_frames", PushFrames, "0..384000");
    }

    /// <summary>The longest period any backend may call back with.</summary>
    public const int MaxPeriodFrames = 8192;

    /// <summary>The most channels in one direction.</summary>
    public const int MaxChannels = 256;

    /// <summary>The most MIDI ports in one direction.</summary>
    public const int MaxMidiPorts = 16;

    private static void Check(bool holds, string field, int value, string allowed)
    {
        if (!holds)
        {
            throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"{field} {value} is out of range: {allowed}.")
            {
                Field = field,
                Allowed = allowed,
            };
        }
    }
}
