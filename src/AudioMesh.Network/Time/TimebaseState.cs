// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Time;

/// <summary>Where a host has its mesh time from.</summary>
public enum TimebaseState
{
    /// <summary>From itself: nobody else is there, or the others follow this host. Mesh time is exact, by definition.</summary>
    Local,

    /// <summary>An older mesh, or one with a configured reference, is there, and its time is still being measured; or this host's clock has just jumped. What is shown will step.</summary>
    Acquiring,

    /// <summary>From the reference, within the bound.</summary>
    Locked,

    /// <summary>From the reference as last heard: it is silent or in doubt, and nobody has taken its place. The bound grows.</summary>
    Holdover,
}
