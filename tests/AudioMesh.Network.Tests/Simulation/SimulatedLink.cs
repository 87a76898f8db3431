// SPDX-License-Identifier: MIT
using AudioMesh.Network.Impairment;

namespace AudioMesh.Network.Tests.Simulation;

/// <summary>One direction between two hosts.</summary>
internal sealed class SimulatedLink(ImpairmentModel model)
{
    public ImpairmentModel Model => model;

    public bool IsCut { get; set; }

    /// <summary>Datagrams that were sent while it was cut.</summary>
    public long Cut { get; set; }
}
