// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Media;

/// <summary>What a receiver is doing.</summary>
public enum ReceiverState
{
    /// <summary>Nothing has come yet, or what comes is being looked at.</summary>
    Waiting,

    /// <summary>It plays.</summary>
    Playing,

    /// <summary>It would play, but nothing has come for longer than prediction is heard.</summary>
    Outage,
}
