// SPDX-License-Identifier: MIT
namespace AudioMesh.Realtime;

/// <summary>How a thread came to realtime priority.</summary>
public enum RealtimeMethod
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>The kernel's scheduler, SCHED_FIFO, by right of RLIMIT_RTPRIO or CAP_SYS_NICE. Linux.</summary>
    Scheduler,

    /// <summary>rtkit, asked over the system bus. Linux.</summary>
    RtKit,

    /// <summary>Mach's time constraint policy. macOS.</summary>
    TimeConstraint,
}
