// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Wire;

/// <summary>What a stream sends besides its packets. Values are those on the wire.</summary>
public enum RedundancyKind : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>With each packet the ones before it of the same channels.</summary>
    Repeat = 1,

    /// <summary>After some packets their exclusive or.</summary>
    Parity = 2,
}
