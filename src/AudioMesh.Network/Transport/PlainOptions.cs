// SPDX-License-Identifier: MIT
using System.Net;

namespace AudioMesh.Network.Transport;

/// <summary>Where the plain protocol is spoken, and with whom.</summary>
public sealed record PlainOptions
{
    /// <summary>The port where none is given.</summary>
    public const int DefaultPort = 50000;

    /// <summary>Where to listen. Beyond this machine only with <see cref="Allow"/> or <see cref="Key"/>. Port 0 takes a free one.</summary>
    public IPEndPoint Bind { get; init; } = new(IPAddress.Loopback, DefaultPort);

    /// <summary>Addresses of other machines that may command.</summary>
    public IReadOnlyList<IPAddress> Allow { get; init; } = [];

    /// <summary>What any other machine has to sign its lines with, at least 16 characters without spaces; empty for none.</summary>
    public string Key { get; init; } = "";

    /// <summary>Connections at the same time, at most, 1 to 1024.</summary>
    public int MaxConnections { get; init; } = 32;

    /// <summary>How long a line may take from its first byte to its end, milliseconds, 10 to 60,000.</summary>
    public int LineMs { get; init; } = 5000;

    /// <summary>How long a connection may say nothing, milliseconds, 10 to 3,600,000.</summary>
    public int IdleMs { get; init; } = 600_000;

    /// <summary>Sets a parameter: namespace, name, value as text. What it throws as AudioMeshException is answered. Null: there are none.</summary>
    public Action<string, string, string>? SetParameter { get; init; }

    internal void Validate()
    {
        Check(MaxConnections is >= 1 and <= 1024, "max_connections", MaxConnections, "1..1024");
        Check(LineMs is >= 10 and <= 60_000, "line_ms", LineMs, "10..60000");
        Check(IdleMs is >= 10 and <= 3_600_000, "idle_ms", IdleMs, "10..3600000");
        Check(Key.Length == 0 || (Key.Length is >= 16 and <= 256 && !Key.Any(char.IsWhiteSpace)), "key", "(not shown)", "16..256 characters without spaces");
        Check(
            IPAddress.IsLoopback(Bind.Address) || Allow.Count > 0 || Key.Length > 0, "plain", Bind, "an address of this machine's own, such as 127.0.0.1, or an address list, or a key");
    }

    private static void Check(bool holds, string field, object value, string allowed)
    {
        if (!holds)
        {
            throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"{field} {value} is not allowed: {allowed}.") { Field = field, Allowed = allowed };
        }
    }
}
