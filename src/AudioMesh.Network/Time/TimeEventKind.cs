// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Time;

/// <summary>What happened to mesh time.</summary>
public enum TimeEventKind
{
    /// <summary>A peer answered for the first time, or again.</summary>
    PeerFound,

    /// <summary>A peer no longer answers, or left.</summary>
    PeerLost,

    /// <summary>Another host is the reference of the same mesh: its time goes on without a step.</summary>
    ReferenceChanged,

    /// <summary>This host left its own time scale, or its mesh, for an older mesh; <see cref="TimeEvent.AmountNs"/> is by how much mesh time moved here.</summary>
    MeshJoined,

    /// <summary>Mesh time was set by <see cref="TimeEvent.AmountNs"/>: that much was too far to slew.</summary>
    Stepped,

    /// <summary>The reference is silent or in doubt and nobody has taken its place.</summary>
    HoldoverBegan,

    /// <summary>There is a reference again.</summary>
    HoldoverEnded,

    /// <summary>A peer's clock jumped by <see cref="TimeEvent.AmountNs"/> against this host's: it was suspended, set, or restarted.</summary>
    PeerClockJumped,

    /// <summary>This host's own clock stood still (suspended) or was set; it leaves the mesh and comes back as its youngest host.</summary>
    HostClockJumped,

    /// <summary>The kernel says that nothing disciplines the system's clock any more.</summary>
    SystemClockLost,

    /// <summary>It is disciplined again.</summary>
    SystemClockFound,
}
