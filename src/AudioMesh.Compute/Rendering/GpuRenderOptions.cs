// SPDX-License-Identifier: MIT
namespace AudioMesh.Compute.Rendering;

/// <summary>What a <see cref="GpuRenderEngine"/> is made of.</summary>
public sealed record GpuRenderOptions
{
    /// <summary>What it renders.</summary>
    public required IGpuPatch Patch { get; init; }

    /// <summary>Opens the device, at the start and again after it was lost; what it opens belongs to the engine. May take its time.</summary>
    public required Func<IComputeDevice> OpenDevice { get; init; }

    /// <summary>Frames in a period, 16 to 512.</summary>
    public required int PeriodFrames { get; init; }

    /// <summary>Frames per second, 8000 to 768000.</summary>
    public required int Rate { get; init; }

    /// <summary>How many periods may be under way at a time, 1 to 32: how far ahead of their time they are rendered.</summary>
    public int PeriodsAhead { get; init; } = 4;

    internal long PeriodNs => PeriodFrames * 1_000_000_000L / Rate;

    internal void Validate()
    {
        Check(PeriodFrames is >= 16 and <= 512, nameof(PeriodFrames), PeriodFrames, "16..512");
        Check(Rate is >= 8000 and <= 768_000, nameof(Rate), Rate, "8000..768000");
        Check(PeriodsAhead is >= 1 and <= 32, nameof(PeriodsAhead), PeriodsAhead, "1..32");
        Check(Patch.Outputs is >= 1 and <= 64, nameof(Patch.Outputs), Patch.Outputs, "1..64");
    }

    private static void Check(bool holds, string name, int value, string allowed)
    {
        if (!holds)
        {
            throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"{name} is {value}; allowed: {allowed}.") { Field = name, Allowed = allowed };
        }
    }
}
