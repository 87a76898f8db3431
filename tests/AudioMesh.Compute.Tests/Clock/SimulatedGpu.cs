// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Testing;

namespace AudioMesh.Compute.Tests.Clock;

/// <summary>
/// A device that is all clock. Each reading lies between two readings of mesh time, anywhere between: the delays before and after it are drawn on their own.
/// </summary>
internal sealed class SimulatedGpu(double nsPerTick, int validBits, double ppm, ulong seed) : IComputeDevice
{
    private RepeatableRandom _random = new(seed);

    public WanderingClock Clock { get; } = new(1e9 / nsPerTick, ppm, wanderPpb: 300, periodSeconds: 600);

    /// <summary>Mesh time; every reading takes some.</summary>
    public long NowNs { get; set; } = 1_000_000_000;

    /// <summary>The longest delay on either side of a reading.</summary>
    public int LongestDelayNs { get; set; } = 3000;

    /// <summary>Of a hundred readings so many claim to be exact and are off by up to 20 ms.</summary>
    public int OutlierPercent { get; set; }

    /// <summary>Of a hundred readings so many fail.</summary>
    public int FailurePercent { get; set; }

    public ComputeDeviceInfo Info { get; } = new(ComputeApi.Vulkan, "simulated", "Simulated GPU", ComputeDeviceKind.Virtual, "", HasClock: true);

    public bool IsLost => false;

    public bool TrySampleClock(out GpuClockSample sample)
    {
        int before = 50 + _random.Next(LongestDelayNs), after = 50 + _random.Next(LongestDelayNs);
        long truth = NowNs + before, middle = NowNs + ((before + after) / 2);
        NowNs += before + after;
        bool isOutlier = _random.Next(100) < OutlierPercent;
        long lie = isOutlier ? (_random.Next(2) == 0 ? -1 : 1) * (20_000L + _random.Next(20_000_000)) : 0;
        long error = isOutlier ? 50 : ((before + after) / 2) + 1;
        sample = new((ulong)Clock.TicksAt(truth) & (ulong.MaxValue >> (64 - validBits)), validBits, nsPerTick, new MeshTime(middle + lie), error);
        return _random.Next(100) >= FailurePercent;
    }

    public IComputeBuffer CreateBuffer(int lengthBytes) => throw new AudioMeshException(AudioErrorKind.LimitExceeded, "It is all clock.");

    public IComputeProgram CreateProgram(ReadOnlySpan<KernelDispatch> dispatches) => throw new AudioMeshException(AudioErrorKind.LimitExceeded, "It is all clock.");

    public void Dispose()
    {
    }
}
