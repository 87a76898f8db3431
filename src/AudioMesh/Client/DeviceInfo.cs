// SPDX-License-Identifier: MIT
namespace AudioMesh;

/// <summary>The device that is open.</summary>
public sealed record DeviceInfo
{
    /// <summary>Its driver.</summary>
    public required string Driver { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Frames per second.</summary>
    public required int Rate { get; init; }

    /// <summary>Frames per callback.</summary>
    public required int PeriodFrames { get; init; }

    /// <summary>Frames it buffers.</summary>
    public required int BufferFrames { get; init; }

    /// <summary>Output channels.</summary>
    public required int OutputChannels { get; init; }

    /// <summary>Input channels.</summary>
    public required int InputChannels { get; init; }

    /// <summary>Sample format.</summary>
    public required string Format { get; init; }

    /// <summary>Frames from the start of a callback until its first sample is out.</summary>
    public required int OutputLatencyFrames { get; init; }

    /// <summary>Frames from a sample's arrival until the callback that carries it.</summary>
    public required int InputLatencyFrames { get; init; }

    /// <summary>Whether its thread has realtime priority; known once it runs.</summary>
    public required bool IsRealtime { get; init; }

    /// <summary>Full names of its ports, outputs then inputs.</summary>
    public required IReadOnlyList<string> Ports { get; init; }

    /// <summary>Full names of its MIDI ports, outputs then inputs.</summary>
    public IReadOnlyList<string> MidiPorts { get; init; } = [];
}
