// SPDX-License-Identifier: MIT
namespace AudioMesh.Backends;

/// <summary>What a transport does.</summary>
public enum TransportState
{
    /// <summary>It stands.</summary>
    Stopped,

    /// <summary>It is about to roll, and waits for those who follow it to be ready.</summary>
    Starting,

    /// <summary>It moves on with every frame.</summary>
    Rolling,
}
