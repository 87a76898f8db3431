// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Registry;

/// <summary>How a service is.</summary>
public enum ServiceHealth
{
    /// <summary>It does what it offers.</summary>
    Ok,

    /// <summary>It does, with less than it should.</summary>
    Degraded,

    /// <summary>It does not.</summary>
    Failing,

    /// <summary>It has not reported for longer than it said it would. Never reported, only found.</summary>
    Silent,
}
