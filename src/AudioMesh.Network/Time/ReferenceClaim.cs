// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Network.Time;

/// <summary>What a host says of its mesh and of the reference it follows, itself perhaps, and how two such claims compare.</summary>
/// <param name="MeshId">The time scale.</param>
/// <param name="MeshBirth">When it was founded, in its own time.</param>
/// <param name="ReferenceId">Whose clock defines it now.</param>
/// <param name="Priority">Of the reference, above 0 when configured.</param>
/// <param name="Birth">Since when the reference has been there, in that mesh's time.</param>
internal readonly record struct ReferenceClaim(ulong MeshId, MeshTime MeshBirth, ulong ReferenceId, byte Priority, MeshTime Birth)
{
    /// <summary>The mesh of all who follow their systems' clocks: TAI.</summary>
    public const ulong SystemMesh = 0x5441_4900_0000_0001;

    private const long AgeUnitNs = 1_000_000_000;

    /// <summary>
    /// Whether this claim is the better one. Within one mesh: the higher priority, then the longer life, then the smaller id; births are numbers that everybody reads alike.
    /// Of two meshes: that of the systems' clocks, then the older, then the smaller id; their ages are compared by the second as they are now, so that
    /// all hosts see them alike but for moments.
    /// </summary>
    public bool Precedes(in ReferenceClaim other, MeshTime meshNow, MeshTime otherMeshNow)
    {
        if (MeshId == other.MeshId)
        {
            return (other.Priority, Birth.Nanoseconds, ReferenceId).CompareTo((Priority, other.Birth.Nanoseconds, other.ReferenceId)) < 0;
        }

        if (MeshId == SystemMesh || other.MeshId == SystemMesh)
        {
            return MeshId == SystemMesh;
        }

        long age = MeshAge(meshNow), otherAge = other.MeshAge(otherMeshNow);
        return age != otherAge ? age > otherAge : MeshId < other.MeshId;
    }

    private long MeshAge(MeshTime meshNow) => (meshNow - MeshBirth) / AgeUnitNs;
}
