// SPDX-License-Identifier: MIT
namespace AudioMesh;

/// <summary>The engine's figures at one moment; counters run from its start.</summary>
public sealed record EngineStats
{
    /// <summary><c>stopped</c>, <c>running</c> or <c>holdover</c>.</summary>
    public required string State { get; init; }

    /// <summary>Percent of the period spent rendering, smoothed.</summary>
    public required double LoadPercent { get; init; }

    /// <summary>The highest such share.</summary>
    public required double PeakLoadPercent { get; init; }

    /// <summary>Frames per second, 0 without a device.</summary>
    public required int Rate { get; init; }

    /// <summary>Frames per callback.</summary>
    public required int PeriodFrames { get; init; }

    /// <summary>Device callbacks.</summary>
    public required long Periods { get; init; }

    /// <summary>Periods the device went on without the engine.</summary>
    public required long Missed { get; init; }

    /// <summary>Xruns as the device reported them.</summary>
    public required long DeviceXruns { get; init; }

    /// <summary>Callbacks that ended after their deadline.</summary>
    public required long Overruns { get; init; }

    /// <summary>Frames in them.</summary>
    public required long LateFrames { get; init; }

    /// <summary>Nodes that are left out now because they took too long.</summary>
    public required int Bypassed { get; init; }

    /// <summary>Gaps of app sources.</summary>
    public required long Underruns { get; init; }

    /// <summary>Frames in them.</summary>
    public required long UnderrunFrames { get; init; }

    /// <summary>Frames that prediction made audible, in the gaps of all nodes.</summary>
    public required long PredictedFrames { get; init; }

    /// <summary>Gaps that a pause of the app's runtime explains.</summary>
    public required long GcUnderruns { get; init; }

    /// <summary>Events nobody took in time.</summary>
    public required long EventsDropped { get; init; }

    /// <summary>Bytes allocated on the device thread since its first callback.</summary>
    public required long AllocatedBytes { get; init; }

    /// <summary>Garbage collections of the engine's runtime.</summary>
    public required int Collections { get; init; }

    /// <summary>Whether the device thread has realtime priority.</summary>
    public required bool IsRealtime { get; init; }

    /// <summary>Microseconds from when a period was due to when its callback began.</summary>
    public required DurationTails LatenessUs { get; init; }

    /// <summary>Microseconds spent in callbacks.</summary>
    public required DurationTails RenderUs { get; init; }

    /// <summary>Frames rendered.</summary>
    public required long Position { get; init; }

    /// <summary>Mesh time in nanoseconds at which the frame at <see cref="Position"/> leaves the device.</summary>
    public required long PositionTime { get; init; }
}
