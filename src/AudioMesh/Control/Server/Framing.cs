// SPDX-License-Identifier: MIT
namespace AudioMesh.Control.Server;

/// <summary>How messages are told apart on a socket.</summary>
internal enum Framing
{
    /// <summary>The first bytes have not come.</summary>
    Unknown,

    /// <summary>Each ends with a line feed.</summary>
    Lines,

    /// <summary>Each has a header with its length.</summary>
    Binary,
}
