// SPDX-License-Identifier: MIT
namespace AudioMesh.Latency.Storm;

/// <summary>What the app under test saw, before the canaries are asked.</summary>
internal sealed record TrialResult
{
    public required string Hosting { get; init; }

    public required string Gc { get; init; }

    public required int Rate { get; init; }

    public required int Period { get; init; }

    public required long Periods { get; init; }

    public required long Missed { get; init; }

    public required long DeviceXruns { get; init; }

    public required long Overruns { get; init; }

    public required long Underruns { get; init; }

    public required long UnderrunFrames { get; init; }

    public required long PredictedFrames { get; init; }

    public required long GcUnderruns { get; init; }

    public required long EventsDropped { get; init; }

    public required DurationTails LatenessUs { get; init; }

    public required DurationTails RenderUs { get; init; }

    public required AppFigures App { get; init; }

    public required EngineFigures Engine { get; init; }

    public required XrunEntry[] Xruns { get; init; }
}

/// <summary>What the app's own runtime did.</summary>
internal sealed record AppFigures(
    int[] Collections, double LongestPauseMs, double TotalPauseMs, double AllocatedMb, double HeapMb);

/// <summary>What the engine's runtime did; with the managed host that is the app's.</summary>
internal sealed record EngineFigures(int Collections, long AllocatedBytes, bool Realtime);
