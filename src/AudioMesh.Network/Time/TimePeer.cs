// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Network.Wire;

namespace AudioMesh.Network.Time;

/// <summary>All that is kept of one peer.</summary>
internal sealed class TimePeer(ulong id, MeshTime hostNow, ulong seed)
{
    /// <summary>A peer that was silent for so long is gone, as far as time goes.</summary>
    public const long LostAfterNs = 3_000_000_000;

    /// <summary>Each host on the way to the reference may be late by this with its word.</summary>
    private const long HopNs = 1_000_000_000;

    /// <summary>How long a reference whose clock jumped has to find that out itself, and to leave the mesh.</summary>
    private const long ProbationNs = 1_000_000_000;

    public ulong Id => id;

    public PeerClock Clock { get; } = new();

    public PendingRequests Requests { get; } = new();

    public SyncSchedule Schedule { get; } = new(hostNow, seed);

    /// <summary>The last answer; only meaningful when <see cref="WasHeard"/>.</summary>
    public SyncReply Reply { get; private set; }

    /// <summary>Host time of the last answer, and of the last request from there.</summary>
    public MeshTime Heard { get; private set; } = MeshTime.Unknown;

    /// <summary>Host time of the last word of the reference that this peer follows.</summary>
    public MeshTime ReferenceHeard { get; private set; } = MeshTime.Unknown;

    public MeshTime JumpedAt { get; private set; } = MeshTime.Unknown;

    /// <summary>Since when the clock has been in doubt.</summary>
    public MeshTime DoubtedAt { get; private set; } = MeshTime.Unknown;

    /// <summary>When an exchange last agreed with those before.</summary>
    public MeshTime AgreedAt { get; private set; } = MeshTime.Unknown;

    /// <summary>How many requests the peer had sent here at the last exchange that was not in doubt.</summary>
    public uint PeerRequestsBefore { get; private set; }

    public bool WasAlive { get; set; }

    public bool WasHeard => Heard.IsKnown;

    public long Answered { get; private set; }

    public long Duplicates { get; set; }

    public long Unsolicited { get; set; }

    public ReferenceClaim Claim => new(Reply.MeshId, Reply.MeshBirth, Reply.ReferenceId, Reply.ReferencePriority, Reply.ReferenceBirth);

    /// <summary>What the peer would claim if it became the reference.</summary>
    public ReferenceClaim OwnClaim => new(Reply.MeshId, Reply.MeshBirth, id, Reply.Priority, Reply.Birth);

    public bool IsAlive(MeshTime hostNow) => WasHeard && hostNow - Heard < LostAfterNs;

    /// <summary>Whether mesh time may be taken from here now.</summary>
    public bool IsUsable(MeshTime hostNow) =>
        IsAlive(hostNow) && Clock.IsKnown && Reply.Hops < SyncReply.MaxHops
        && hostNow - ReferenceHeard < LostAfterNs + (Reply.Hops * HopNs) && !IsOnProbation(hostNow);

    /// <summary>The mesh time of this peer's mesh at <paramref name="hostNow"/>, by its own map.</summary>
    public ClockMap MeshMapAt(MeshTime hostNow) => Clock.MapAt(hostNow).Compose(Reply.Map);

    /// <summary>Takes an answer that proved to be one. True when it was the one that made a jump certain.</summary>
    public bool Take(in SyncReply reply, MeshTime sent, MeshTime arrival)
    {
        uint requestsBefore = WasHeard ? Reply.Requests : reply.Requests;
        int jumps = Clock.Jumps;
        bool wasInDoubt = Clock.IsInDoubt;
        Clock.Observe(new SyncExchange(sent, reply.Received, reply.Sent, arrival));
        bool jumped = Clock.Jumps != jumps;
        if (Clock.IsInDoubt && !wasInDoubt)
        {
            DoubtedAt = arrival;
            PeerRequestsBefore = requestsBefore;
        }
        else if (jumped)
        {
            JumpedAt = arrival;
        }
        else if (!Clock.IsInDoubt)
        {
            AgreedAt = arrival;
        }

        Reply = reply;
        Answered++;
        Heard = arrival;
        ReferenceHeard = arrival.Add(-Math.Max(0, reply.Map.ToMesh(reply.Sent.Nanoseconds) - reply.ReferenceSeen));
        return jumped;
    }

    /// <summary>This host's clock was stopped or set: what was measured by it is void.</summary>
    public void Forget(MeshTime hostNow)
    {
        Clock.Forget();
        Requests.Forget();
        Schedule.Restart(hostNow);
        Heard = WasHeard ? hostNow : MeshTime.Unknown;
        ReferenceHeard = JumpedAt = DoubtedAt = AgreedAt = MeshTime.Unknown;
    }

    private bool IsOnProbation(MeshTime hostNow) => JumpedAt.IsKnown && hostNow - JumpedAt < ProbationNs;
}
