// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Network.Wire;

/// <summary>What is kept of a sender that was authentic once.</summary>
internal sealed class KnownSender(SenderCipher cipher)
{
    internal SenderCipher Cipher { get; } = cipher;

    internal ReplayWindow Window { get; } = new();

    internal MeshTime LastHeard { get; set; }

    internal bool IsProven { get; set; }
}
