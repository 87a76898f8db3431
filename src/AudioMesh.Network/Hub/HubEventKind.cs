// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Hub;

/// <summary>What happened in a hub.</summary>
public enum HubEventKind
{
    /// <summary>A client got a seat.</summary>
    ClientJoined,

    /// <summary>A client is not there; its seat is kept for a while.</summary>
    ClientLost,

    /// <summary>A client that was lost is there again, in its seat.</summary>
    ClientReturned,

    /// <summary>A client's seat is given up.</summary>
    ClientLeft,

    /// <summary>Somebody got no seat.</summary>
    ClientRefused,

    /// <summary>A client's sound can be recorded no longer.</summary>
    RecordingFailed,
}
