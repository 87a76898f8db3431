// SPDX-License-Identifier: MIT
namespace AudioMesh.Control;

/// <summary>What one client of a <see cref="ControlServer"/> may have at once, admins included. Public nodes of an admin belong to nobody and do not count.</summary>
public sealed record ClientQuotas
{
    /// <summary>Nodes.</summary>
    public int Nodes { get; init; } = 256;

    /// <summary>Nodes with a ring.</summary>
    public int Rings { get; init; } = 32;

    /// <summary>Bytes of rings and delays.</summary>
    public long MemoryBytes { get; init; } = 64L << 20;

    /// <summary>Files being written.</summary>
    public int FileSinks { get; init; } = 16;

    /// <summary>Requests a second, a second's worth at once; those of a batch count each. 0: any number.</summary>
    public int RequestsPerSecond { get; init; } = 2000;

    /// <summary>Clients at once, of all users together; admins find 8 places more.</summary>
    public int Connections { get; init; } = 128;
}
