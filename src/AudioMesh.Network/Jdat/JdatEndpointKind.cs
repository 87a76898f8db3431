// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Jdat;

/// <summary>By what way JDAT comes or goes.</summary>
public enum JdatEndpointKind
{
    /// <summary>Standard input or output.</summary>
    Standard,

    /// <summary>A Unix socket that is made here, for others to connect to.</summary>
    Unix,

    /// <summary>UDP, one line a datagram.</summary>
    Udp,
}
