// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Media;

/// <summary>Why a receiver began a stream anew, or set its line anew.</summary>
public enum ResyncCause
{
    /// <summary>It has not.</summary>
    None,

    /// <summary>The sender's stream has another number: it was started again.</summary>
    StreamRestarted,

    /// <summary>The stream's positions jumped.</summary>
    PositionJumped,

    /// <summary>Packets kept coming too late for the greatest depth: the sender stood still, or the way became longer.</summary>
    TooLate,

    /// <summary>The clock of one side was set, or one side stood still for a moment.</summary>
    ClockStepped,
}
