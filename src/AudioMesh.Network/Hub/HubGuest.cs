// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Network.Hub;

/// <summary>A client as the control side knows it.</summary>
internal sealed class HubGuest(HubJoin join, HubSeat seat, HubLine line)
{
    public HubSeat Seat => seat;

    public HubLine Line => line;

    /// <summary>What it asked for last.</summary>
    public HubJoin Join { get; set; } = join;

    public ulong PeerId { get; set; }

    /// <summary>When it last said that it wants its seat.</summary>
    public MeshTime RenewedAt { get; set; }

    /// <summary>Since when it is not there; unknown while it is.</summary>
    public MeshTime AbsentSince { get; set; } = MeshTime.Unknown;

    /// <summary>How many periods had been done when its line was taken away; -1 before.</summary>
    public long RemovedAt { get; set; } = -1;
}
