// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Jdat;

/// <summary>What a JDAT line is.</summary>
public enum JdatMessageKind
{
    /// <summary>None: the line is refused.</summary>
    Fault,

    /// <summary><c>jdat</c>: samples.</summary>
    Audio,

    /// <summary><c>transport_command</c>: play, stop, locate.</summary>
    Transport,

    /// <summary><c>sync_calibration_block</c>: a clock map.</summary>
    SyncCalibration,
}
