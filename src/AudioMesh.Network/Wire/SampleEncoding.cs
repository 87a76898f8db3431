// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Wire;

/// <summary>How samples travel. Values are those on the wire.</summary>
public enum SampleEncoding : byte
{
    /// <summary>IEEE 754 single precision, big endian.</summary>
    Float32 = 1,

    /// <summary>Signed 24 bits, packed, big endian.</summary>
    Int24 = 2,

    /// <summary>Signed 16 bits, big endian.</summary>
    Int16 = 3,

    /// <summary>Opus (RFC 6716), one packet of it; where libopus is installed.</summary>
    Opus = 4,
}
