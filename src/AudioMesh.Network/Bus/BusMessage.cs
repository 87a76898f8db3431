// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Network.Bus;

/// <summary>A message as it arrives; what it refers to is valid until the handler returns.</summary>
/// <param name="subject">What it is about.</param>
/// <param name="from">The name of the host that sent it.</param>
/// <param name="payload">What it says: trusted in nothing.</param>
/// <param name="time">The sender's mesh time at sending; <see cref="MeshTime.Unknown"/> where it has none.</param>
public readonly ref struct BusMessage(string subject, string from, ReadOnlySpan<byte> payload, MeshTime time)
{
    /// <summary>What it is about.</summary>
    public string Subject { get; } = subject;

    /// <summary>The name of the host that sent it.</summary>
    public string From { get; } = from;

    /// <summary>What it says: trusted in nothing.</summary>
    public ReadOnlySpan<byte> Payload { get; } = payload;

    /// <summary>The sender's mesh time at sending; <see cref="MeshTime.Unknown"/> where it has none.</summary>
    public MeshTime Time { get; } = time;
}
