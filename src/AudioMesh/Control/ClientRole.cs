// SPDX-License-Identifier: MIT
namespace AudioMesh.Control;

/// <summary>What a client of a <see cref="ControlServer"/> may do; each may what those before it may.</summary>
public enum ClientRole
{
    /// <summary>Nothing: it is disconnected.</summary>
    None,

    /// <summary>Look and listen to events.</summary>
    Read,

    /// <summary>Make nodes of its own and connect them to public ones, to be heard there.</summary>
    Play,

    /// <summary>Hear and record what is not its own: others' public nodes, and what the device plays and records.</summary>
    Record,

    /// <summary>Everything: devices, whole graphs, others' nodes.</summary>
    Admin,
}
