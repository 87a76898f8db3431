// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Engine;

/// <summary>When and how slowly parameters change that are set.</summary>
/// <param name="RampMs">How long they take, 0 to <see cref="MaxRampMs"/>; 0 jumps, null is as usual for each.</param>
/// <param name="At">When the change begins to be heard; null for the next period.</param>
public readonly record struct SetTiming(double? RampMs, MeshTime? At)
{
    /// <summary>The longest ramp.</summary>
    public const double MaxRampMs = 60_000;

    /// <summary>How far ahead a change may be asked for.</summary>
    public const long MaxAheadNs = 60_000_000_000;

    /// <summary>The most settings of one node that may wait for their time.</summary>
    public const int MaxWaitingOfNode = 256;

    /// <summary>The most that may wait in an engine.</summary>
    public const int MaxWaiting = 4096;

    /// <summary>Whether it says anything.</summary>
    internal bool IsPlain => RampMs is null && At is null;
}
