// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Wire;

/// <summary>What a sender can do besides the protocol. Bits are those on the wire; unknown ones are kept.</summary>
[Flags]
public enum Capabilities : uint
{
    /// <summary>Nothing besides.</summary>
    None = 0,

    /// <summary>It encodes and decodes Opus.</summary>
    Opus = 1,

    /// <summary>It mixes for its clients.</summary>
    Hub = 2,
}
