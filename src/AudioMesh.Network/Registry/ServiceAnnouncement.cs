// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Registry;

/// <summary>What a host says it offers.</summary>
public sealed record ServiceAnnouncement
{
    /// <summary>What it is, one token of <see cref="Bus.BusSubject"/>.</summary>
    public required string Type { get; init; }

    /// <summary>Which one, up to 63 bytes of UTF-8.</summary>
    public required string Name { get; init; }

    /// <summary>Where it listens; 0 where it does not.</summary>
    public int Port { get; init; }

    /// <summary>What else there is to say, at most 32 of up to 255 characters.</summary>
    public IReadOnlyDictionary<string, string> Properties { get; init; } = new Dictionary<string, string>();

    /// <summary>Within this time it reports again, or it is taken for silent; 0: it need not.</summary>
    public int ReportEveryMs { get; init; }
}
