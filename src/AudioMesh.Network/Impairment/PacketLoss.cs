// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Impairment;

/// <summary>Why a packet is lost.</summary>
public enum PacketLoss
{
    /// <summary>It is not.</summary>
    None,

    /// <summary>By the Gilbert-Elliott model.</summary>
    Random,

    /// <summary>It came while the link was out.</summary>
    Outage,

    /// <summary>The queue before the rate limit was full.</summary>
    QueueFull,
}
