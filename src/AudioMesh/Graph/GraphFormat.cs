// SPDX-License-Identifier: MIT
namespace AudioMesh.Graph;

/// <summary>What a graph runs at.</summary>
/// <param name="Rate">Frames per second.</param>
/// <param name="PeriodFrames">Frames per device callback.</param>
public readonly record struct GraphFormat(int Rate, int PeriodFrames)
{
    /// <summary>The most frames a node is asked for at once; longer periods are rendered in pieces.</summary>
    public const int MaxBlockFrames = 512;
}
