// SPDX-License-Identifier: MIT
namespace AudioMesh.Backends;

/// <summary>What was opened.</summary>
public sealed record StreamInfo
{
    /// <summary>The backend's name.</summary>
    public required string Driver { get; init; }

    /// <summary>The device as opened, its real name where the request was empty.</summary>
    public required string Device { get; init; }

    /// <summary>How the stream appears to others: the name asked for, or the one the server gave because that was taken; empty where there is none.</summary>
    public string ClientName { get; init; } = "";

    /// <summary>Nominal frames per second.</summary>
    public required int Rate { get; init; }

    /// <summary>Frames per callback now; the device may change it while running (<see cref="DeviceEventKind.PeriodChanged"/>).</summary>
    public required int PeriodFrames { get; init; }

    /// <summary>Frames the device buffers in all.</summary>
    public required int BufferFrames { get; init; }

    /// <summary>Output channels.</summary>
    public required int OutputChannels { get; init; }

    /// <summary>Input channels.</summary>
    public required int InputChannels { get; init; }

    /// <summary>Sample format at the device.</summary>
    public required SampleFormat Format { get; init; }

    /// <summary>Frames from the start of a callback until its first output sample leaves the device, as the device reports it.</summary>
    public int OutputLatencyFrames { get; init; }

    /// <summary>Frames from a sample's arrival at the device until the start of the callback that carries it.</summary>
    public int InputLatencyFrames { get; init; }

    /// <summary>Whether the device thread has realtime priority; known once it runs.</summary>
    public bool IsRealtime { get; init; }

    /// <summary>Full names of the ports, outputs then inputs; empty where the backend has none.</summary>
    public IReadOnlyList<string> Ports { get; init; } = [];

    /// <summary>Full names of the MIDI ports, outputs then inputs; empty where there are none.</summary>
    public IReadOnlyList<string> MidiPorts { get; init; } = [];
}
