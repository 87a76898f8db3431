// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Transport;

/// <summary>What a transport is told to do.</summary>
public enum TransportAction
{
    /// <summary>Roll, from where it stands.</summary>
    Start,

    /// <summary>Stand.</summary>
    Stop,

    /// <summary>Be at a frame: rolling on from there where it rolls, else standing there.</summary>
    Locate,

    /// <summary>Roll from a frame.</summary>
    LocateStart,
}
