// SPDX-License-Identifier: MIT
using AudioMesh.Backends;
using AudioMesh.Clock;
using AudioMesh.Network.Time;

namespace AudioMesh.Network.Transport;

/// <summary>How the transport of a host stands, as its agent says ten times a second.</summary>
public sealed record HostStatus
{
    /// <summary>The host's name on the mesh.</summary>
    public required string Host { get; init; }

    /// <summary>What moves: <c>engine</c>, <c>jack</c>.</summary>
    public string Driver { get; init; } = "";

    /// <summary>Frames per second.</summary>
    public int Rate { get; init; }

    /// <summary>Frames per period.</summary>
    public int PeriodFrames { get; init; }

    /// <summary>What it does.</summary>
    public TransportState State { get; init; }

    /// <summary>Its frame.</summary>
    public long Frame { get; init; }

    /// <summary>The mesh time at which that is heard.</summary>
    public MeshTime At { get; init; } = MeshTime.Unknown;

    /// <summary>By how many frames it is ahead of what it should be at; null where it does not roll by an order.</summary>
    public double? ErrorFrames { get; init; }

    /// <summary>Whether that is more than the host's user allows.</summary>
    public bool HasStrayed { get; init; }

    /// <summary>How much faster than mesh time its device runs, parts per million, since it began to roll; null where that is not known.</summary>
    public double? DriftPpm { get; init; }

    /// <summary>How far its mesh time is from the reference's at most.</summary>
    public double BoundNs { get; init; }

    /// <summary>Where it has mesh time from.</summary>
    public TimebaseState TimeState { get; init; }

    /// <summary>Which time scale that is.</summary>
    public ulong MeshId { get; init; }

    /// <summary>Why it would refuse an order now; the code is empty where it would not.</summary>
    public string NotReady { get; init; } = "";

    /// <summary>Whether it is armed to record.</summary>
    public bool IsArmed { get; init; }

    /// <summary>Whether the programs that share its transport are told the mesh's bars and beats.</summary>
    public bool SharesBeats { get; init; }

    /// <summary>Periods its device missed.</summary>
    public long Xruns { get; init; }

    /// <summary>How long before its time an order has to be there.</summary>
    public long LeadNs { get; init; }

    /// <summary>What came of its last order; null before the first.</summary>
    public TransportOutcome? Last { get; init; }
}
