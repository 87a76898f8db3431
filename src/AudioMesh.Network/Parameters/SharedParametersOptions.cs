// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Network.Parameters;

/// <summary>What shared parameters need of their host.</summary>
public sealed record SharedParametersOptions
{
    /// <summary>Mesh time now; Unknown where that is not known yet.</summary>
    public required Func<MeshTime> MeshClock { get; init; }

    /// <summary>A file where parameters are kept from run to run; null for none. It is written whole beside itself and then put in its place.</summary>
    public string? File { get; init; }
}
