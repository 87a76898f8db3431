// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Tests.Clock;

/// <summary>A device with a quartz of its own, whose thread wakes up late by chance.</summary>
internal sealed class SimulatedDevice(int rate, double ppm, double jitterNs, int seed)
{
    private readonly Random _random = new(seed);
    private readonly double _nsPerFrame = 1e9 / (rate * (1 + (ppm * 1e-6)));
    private readonly long _startNs = 7L * 86400 * 1_000_000_000;

    public long Frame { get; private set; }

    /// <summary>Nanoseconds the device stood still.</summary>
    public long LostNs { get; set; }

    /// <summary>When the present period really began. Exact enough: a day of nanoseconds has six bits to spare in a double.</summary>
    public double TrueNs => LostNs + (Frame * _nsPerFrame);

    /// <summary>Wakes up for the present period, late by up to twice the mean jitter.</summary>
    public MeshTime Wake() => new(_startNs + (long)(TrueNs + (_random.NextDouble() * 2 * jitterNs)));

    public void Advance(int frames) => Frame += frames;

    /// <summary>How far a time is from the period's true begin plus the mean lateness, in frames.</summary>
    public double FramesOff(MeshTime time) => (time.Nanoseconds - _startNs - TrueNs - jitterNs) / _nsPerFrame;
}
