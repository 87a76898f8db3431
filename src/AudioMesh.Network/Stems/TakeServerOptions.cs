// SPDX-License-Identifier: MIT
using System.Net;

namespace AudioMesh.Network.Stems;

/// <summary>Which takes are handed over, and where.</summary>
public sealed record TakeServerOptions
{
    /// <summary>The folder whose finished takes, with those of folders below, members of the session may fetch: nothing else. It has to be there.</summary>
    public required string Folder { get; init; }

    /// <summary>Where to listen, by TCP. Port 0 takes a free one.</summary>
    public IPEndPoint Bind { get; init; } = new(IPAddress.Loopback, 0);

    /// <summary>Connections at the same time, at most, 1 to 256.</summary>
    public int MaxConnections { get; init; } = 16;

    internal void Validate()
    {
        if (MaxConnections is < 1 or > 256)
        {
            throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"max_connections {MaxConnections} is out of range: 1..256.") { Field = "max_connections", Allowed = "1..256" };
        }

        if (!Directory.Exists(Folder))
        {
            throw new AudioMeshException(AudioErrorKind.NotFound, $"{Folder}: no such folder.") { Field = "folder" };
        }
    }
}
