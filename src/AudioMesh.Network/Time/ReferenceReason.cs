// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Time;

/// <summary>Why a host is the reference.</summary>
public enum ReferenceReason
{
    /// <summary>Nobody else is there.</summary>
    Alone,

    /// <summary>It was configured to be, above all others that are there.</summary>
    Configured,

    /// <summary>It has been there longest.</summary>
    LongestLived,

    /// <summary>It follows the clock of its system, which PTP or NTP disciplines.</summary>
    SystemClock,

    /// <summary>It was, when last heard, and nobody has taken its place.</summary>
    LastKnown,
}
