// SPDX-License-Identifier: MIT
namespace AudioMesh.Control;

/// <summary>What a client of a <see cref="ControlServer"/> may do; each may what those before it may.</summary>
public enum ClientRole
{
    /// <summary>Nothing: it is disconnected.</summary>
    None,

    /// <summary>Look and listen to events.</summary>
    Read,

    /// <summary>Make nodes of its own and connect them to public ones.</summary>
    Play,

    /// <summary>Everything: devices, whole graphs, others' nodes.</summary>
    Admin,
}
