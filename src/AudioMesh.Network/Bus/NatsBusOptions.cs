// SPDX-License-Identifier: MIT
using AudioMesh.Network.Time;

namespace AudioMesh.Network.Bus;

/// <summary>Which servers a <see cref="NatsBus"/> uses, and as whom.</summary>
public sealed record NatsBusOptions
{
    /// <summary>This host's name on the mesh: 1 to 63 bytes of UTF-8, and of nobody else.</summary>
    public required string Name { get; init; }

    /// <summary>The mesh's name, one token: meshes of different names share servers and hear nothing of each other.</summary>
    public required string Mesh { get; init; }

    /// <summary>The servers of one cluster, as <c>nats://HOST:PORT</c> or <c>tls://HOST:PORT</c>. Whichever is reached is used.</summary>
    public required IReadOnlyList<string> Servers { get; init; }

    /// <summary>The key: a token that the servers know; or <see cref="NKeySeedFile"/>, or <see cref="CredentialsFile"/>. One of them is needed.</summary>
    public string Token { get; init; } = "";

    /// <summary>A file with the seed of an NKey.</summary>
    public string NKeySeedFile { get; init; } = "";

    /// <summary>The public key of that seed, <c>U…</c>.</summary>
    public string NKey { get; init; } = "";

    /// <summary>A file with a JWT and its seed.</summary>
    public string CredentialsFile { get; init; } = "";

    /// <summary>A file with the certificates that servers are trusted by, PEM: then the connection is encrypted, or there is none.</summary>
    public string CertificateAuthorityFile { get; init; } = "";

    /// <summary>Servers that keep a copy of each table, 1, 3 or 5: of three one may be lost.</summary>
    public int Replicas { get; init; } = 1;

    /// <summary>How it takes part in mesh time.</summary>
    public TimeOptions Time { get; init; } = new();

    /// <summary>The system's clock, nanoseconds since 1970, for stamps.</summary>
    public Func<long> UtcClock { get; init; } = static () => (DateTime.UtcNow - DateTime.UnixEpoch).Ticks * 100;

    internal void Validate()
    {
        Wire.WireText.Checked(Name, "name");
        Require(Name.Length > 0, "name", "1 to 63 bytes");
        BusSubject.CheckToken(Mesh);
        Require(Servers.Count is > 0 and <= 64 && Servers.All(server => server.Length is > 0 and <= 255), "servers", "1 to 64 addresses");
        int keys = (Token.Length > 0 ? 1 : 0) + (NKeySeedFile.Length > 0 ? 1 : 0) + (CredentialsFile.Length > 0 ? 1 : 0);
        Require(keys == 1, "token", "one of token, NKey seed file and credentials file");
        Require(NKeySeedFile.Length == 0 || NKey.Length > 0, "nkey", "the public key of the seed");
        Time.Validate();
        Require(Replicas is 1 or 3 or 5, "replicas", "1, 3 or 5");
    }

    private static void Require(bool holds, string field, string allowed)
    {
        if (!holds)
        {
            throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"The {field} of a bus over NATS is not possible: {allowed}.") { Field = field, Allowed = allowed };
        }
    }
}
