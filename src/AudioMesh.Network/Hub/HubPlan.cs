// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Hub;

/// <summary>All gains of a hub at one time: a row of <see cref="Sources"/> factors for each of <see cref="Mixes"/>.</summary>
internal sealed class HubPlan(int capacity)
{
    public float[] Gains { get; } = new float[capacity];

    public int Sources { get; set; }

    public int Mixes { get; set; }

    /// <summary>The change that made it, counted from 1.</summary>
    public long Change { get; set; }

    public int Length => Sources * Mixes;
}
