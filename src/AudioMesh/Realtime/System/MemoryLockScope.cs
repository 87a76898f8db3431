// SPDX-License-Identifier: MIT
namespace AudioMesh.Realtime;

/// <summary>What of a process is held in memory.</summary>
public enum MemoryLockScope
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Some of the ranges asked for.</summary>
    SomeRanges,

    /// <summary>All ranges asked for.</summary>
    Ranges,

    /// <summary>All memory of the process, now and later.</summary>
    Process,
}
