// SPDX-License-Identifier: MIT
namespace AudioMesh.Engine;

/// <summary>The engine's figures at one moment. Counters run from its creation; durations are microseconds.</summary>
public readonly record struct EngineTelemetry
{
    /// <summary>Where the engine stands.</summary>
    public EngineState State { get; init; }

    /// <summary>Frames per second, 0 without a device.</summary>
    public int Rate { get; init; }

    /// <summary>Frames per device callback, 0 without a device.</summary>
    public int PeriodFrames { get; init; }

    /// <summary>Device callbacks.</summary>
    public long Periods { get; init; }

    /// <summary>Periods the device went on without us.</summary>
    public long Missed { get; init; }

    /// <summary>Xruns as the device reported them.</summary>
    public long DeviceXruns { get; init; }

    /// <summary>Callbacks that ended after their deadline.</summary>
    public long Overruns { get; init; }

    /// <summary>Frames in them.</summary>
    public long LateFrames { get; init; }

    /// <summary>Nodes that are left out now because they took too long.</summary>
    public int Bypassed { get; init; }

    /// <summary>Gaps of app sources, of those that were destroyed too, as in the three counters below.</summary>
    public long Underruns { get; init; }

    /// <summary>Frames in them.</summary>
    public long UnderrunFrames { get; init; }

    /// <summary>Frames that prediction made audible, in the gaps of all nodes.</summary>
    public long PredictedFrames { get; init; }

    /// <summary>Gaps that a pause of the app's runtime explains.</summary>
    public long GcUnderruns { get; init; }

    /// <summary>Events nobody took in time.</summary>
    public long EventsDropped { get; init; }

    /// <summary>Bytes allocated on the device thread since its first callback.</summary>
    public long AllocatedBytes { get; init; }

    /// <summary>Bytes allocated by all threads of the engine's runtime, some thousand more or less for each thread.</summary>
    public long HeapAllocatedBytes { get; init; }

    /// <summary>Garbage collections of the engine's runtime.</summary>
    public int Collections { get; init; }

    /// <summary>How long all of these took together, during which nothing of the engine ran, in microseconds.</summary>
    public long CollectionUs { get; init; }

    /// <summary>Whether the device thread has realtime priority.</summary>
    public bool IsRealtime { get; init; }

    /// <summary>Share of the period spent rendering, smoothed.</summary>
    public double Load { get; init; }

    /// <summary>The highest such share.</summary>
    public double LoadPeak { get; init; }

    /// <summary>From when a period was due to when its callback began: median, 99 %, 99.9 %, longest.</summary>
    public Quantiles LatenessUs { get; init; }

    /// <summary>Time spent in callbacks.</summary>
    public Quantiles RenderUs { get; init; }

    /// <summary>The last position rendered, and when it leaves the device.</summary>
    public PlayedPoint Placement { get; init; }
}
