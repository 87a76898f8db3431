// SPDX-License-Identifier: MIT
namespace AudioMesh.Backends;

/// <summary>Whether the programs that share a transport are told bars and beats. One program does so at a time.</summary>
public enum BeatSharing
{
    /// <summary>They are not.</summary>
    Off,

    /// <summary>They are while no other program tells them.</summary>
    Offer,

    /// <summary>They are from now on, whoever did before; another program may take over later.</summary>
    Take,
}
