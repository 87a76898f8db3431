// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Media;

/// <summary>What <see cref="PacketIntake"/> counts.</summary>
internal enum PacketCount
{
    /// <summary>Each once.</summary>
    New,

    /// <summary>Never came.</summary>
    Lost,

    /// <summary>Had been due.</summary>
    Late,

    /// <summary>Had come.</summary>
    Duplicate,

    /// <summary>Behind a newer one.</summary>
    Reordered,

    /// <summary>Does not fit, or nobody reads.</summary>
    Refused,

    /// <summary>Beginnings after the first.</summary>
    Resyncs,

    /// <summary>Why, the last time.</summary>
    LastResync,

    /// <summary>Offset of the fastest.</summary>
    Least,

    /// <summary>Offset of all but few.</summary>
    Upper,

    /// <summary>Nanoseconds from timestamp to arrival.</summary>
    Transit,

    /// <summary>Whether mesh time steers.</summary>
    UsesMeshTime,
}
