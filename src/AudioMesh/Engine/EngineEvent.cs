// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using AudioMesh.Clock;
using AudioMesh.Graph;

namespace AudioMesh.Engine;

/// <summary>One event of an engine.</summary>
public sealed record EngineEvent(EngineEventKind Kind, MeshTime Time)
{
    // Few events have figures, which are large.
    private readonly StrongBox<EngineTelemetry>? _telemetry;
    private readonly StrongBox<ClockReport>? _clock;

    /// <summary>What happened: a state, <c>underrun</c>, <c>lost</c>, <c>ended</c>, ...</summary>
    public string Value { get; init; } = "";

    /// <summary>The node it is about, 0 for none.</summary>
    public int NodeId { get; init; }

    /// <summary>Its name, where that is said.</summary>
    public string NodeName { get; init; } = "";

    /// <summary>Why.</summary>
    public RenderCause Cause { get; init; }

    /// <summary>Frames concerned.</summary>
    public long Frames { get; init; }

    /// <summary>Frames of an underrun that prediction made audible.</summary>
    public long PredictedFrames { get; init; }

    /// <summary>Where a MIDI transport is, in sixteenths.</summary>
    public long Sixteenths { get; init; }

    /// <summary>Microseconds concerned.</summary>
    public long Microseconds { get; init; }

    /// <summary>Microseconds that would have been allowed.</summary>
    public long LimitMicroseconds { get; init; }

    /// <summary>Microseconds the app's runtime was paused.</summary>
    public long PauseMicroseconds { get; init; }

    /// <summary>The level concerned in dB, null for none.</summary>
    public double? LevelDb { get; init; }

    /// <summary>The channel of that level.</summary>
    public int Channel { get; init; }

    /// <summary>What went wrong, where something did.</summary>
    public AudioMeshException? Error { get; init; }

    /// <summary>The device concerned.</summary>
    public Backends.StreamInfo? Stream { get; init; }

    /// <summary>The figures of a stats event.</summary>
    public EngineTelemetry? Telemetry
    {
        get => _telemetry?.Value;
        init => _telemetry = value is { } figures ? new StrongBox<EngineTelemetry>(figures) : null;
    }

    /// <summary>The clocks of a clock event.</summary>
    public ClockReport? Clock
    {
        get => _clock?.Value;
        init => _clock = value is { } clocks ? new StrongBox<ClockReport>(clocks) : null;
    }
}
