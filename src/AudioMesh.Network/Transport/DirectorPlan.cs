// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Network.Transport;

/// <summary>What a director is to have done, by whom, and on what conditions.</summary>
public sealed record DirectorPlan
{
    /// <summary>What.</summary>
    public required TransportAction Action { get; init; }

    /// <summary>By whom; empty: by all hosts that have an agent.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>Which frame; null: starting goes on where the mesh stopped, at first from 0, and stopping is where it stops.</summary>
    public long? Frame { get; init; }

    /// <summary>How much earlier than at <see cref="Frame"/> to begin to roll, so that frame is heard at the time all the same; seconds, 0 to 600. Only where there is as much before it.</summary>
    public double PreRollSeconds { get; init; }

    /// <summary>When, mesh time; null: as soon as <see cref="LeadMs"/> allows.</summary>
    public MeshTime? At { get; init; }

    /// <summary>How long from now on, where no time is given; milliseconds, to 600,000. At least as long as the slowest host needs.</summary>
    public int LeadMs { get; init; } = 1000;

    /// <summary>How far a host's mesh time may be from the reference's at most, microseconds.</summary>
    public double MaxBoundUs { get; init; } = 1000;

    /// <summary>How many hosts have to be ready; 0: all of them.</summary>
    public int Quorum { get; init; }

    /// <summary>Beats clicked before, 0 to 256.</summary>
    public int CountInBeats { get; init; }

    /// <summary>Throws InvalidArgument naming field and range.</summary>
    internal void Validate()
    {
        Check(Enum.IsDefined(Action), "action", Action, "start, stop, locate, locate_start");
        Check(PreRollSeconds is >= 0 and <= 600, "pre_roll", PreRollSeconds, "0..600 s");
        Check(LeadMs is >= 0 and <= 600_000, "lead", LeadMs, "0..600000 ms");
        Check(MaxBoundUs >= 0, "max_bound", MaxBoundUs, "0 or more");
        Check(Quorum >= 0, "quorum", Quorum, "0 or more");
        Check(CountInBeats is >= 0 and <= 256, "count_in", CountInBeats, "0..256 beats");
        Check(Frame is null or (>= 0 and <= uint.MaxValue), "frame", Frame ?? 0, $"0..{uint.MaxValue}");
        Check(Action != TransportAction.Locate || Frame is not null, "frame", "(none)", "a frame to locate to");
    }

    private static void Check(bool holds, string field, object value, string allowed)
    {
        if (!holds)
        {
            throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"{field} {value} is out of range: {allowed}.") { Field = field, Allowed = allowed };
        }
    }
}
