// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Hub;

/// <summary>How a client stands with its hub.</summary>
public enum HubClientState
{
    /// <summary>The hub is not there.</summary>
    Seeking,

    /// <summary>The hub is there and has not answered yet.</summary>
    Joining,

    /// <summary>It has a seat.</summary>
    Joined,

    /// <summary>The hub gives it no seat; it goes on asking.</summary>
    Refused,
}
