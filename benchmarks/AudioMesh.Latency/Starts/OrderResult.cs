// SPDX-License-Identifier: MIT
using System.Text.Json.Serialization;

namespace AudioMesh.Latency.Starts;

/// <summary>One order, and what was heard of it.</summary>
/// <param name="Round">Which of the run's starts it belongs to.</param>
/// <param name="Order"><c>play</c>, <c>locate</c> or <c>stop</c>.</param>
/// <param name="Refusals">Who refused, and why; then nothing moved.</param>
/// <param name="Hosts">What each host did.</param>
/// <param name="DueNs">When it was due, by this machine's clock.</param>
/// <param name="StallUs">The longest stall of the machine around that.</param>
/// <param name="ServerXruns">How often one of the servers said then that it was late, or that the kernel did not run a client in time.</param>
internal sealed record OrderResult(int Round, string Order, IReadOnlyList<string> Refusals, IReadOnlyList<HostResult> Hosts, long DueNs, double StallUs = 0, int ServerXruns = 0)
{
    /// <summary>Whether the machine or a server stumbled around the time.</summary>
    [JsonIgnore]
    public bool IsTouched => StallUs > 0 || ServerXruns > 0;

    /// <summary>Whether every host did what was ordered within its bound and a frame, as heard.</summary>
    public bool Holds => Refusals.Count == 0 && Hosts.All(host => host.Holds);

    /// <summary>By how many frames the hosts are apart; null where one was not heard.</summary>
    public double? ApartFrames => Hosts.Count > 0 && Hosts.All(host => host.ErrorFrames is not null)
        ? Math.Round(Hosts.Max(host => host.ErrorFrames!.Value) - Hosts.Min(host => host.ErrorFrames!.Value), 3)
        : null;
}

/// <summary>What one host did; null is what was not heard.</summary>
/// <param name="Host">Its name.</param>
/// <param name="Result">What it says came of the order.</param>
/// <param name="BoundFrames">How far its clock may be off, as it says.</param>
/// <param name="ToldErrorFrames">By how much it is ahead, as it says.</param>
/// <param name="Corrections">How often it located again.</param>
/// <param name="ErrorFrames">By how much it is ahead, as heard, by JACK's time of the cycle; after a stop, by how much it stands ahead.</param>
/// <param name="GridErrorFrames">The same by the line of the server's earliest wake-ups.</param>
/// <param name="LateFrames">How long after the time the sound began, if it did not play then, or ended.</param>
/// <param name="BeyondFrames">What of that is more than the bound and a frame.</param>
internal sealed record HostResult(
    string Host, string Result, double BoundFrames, double ToldErrorFrames, int Corrections, double? ErrorFrames, double? GridErrorFrames, double? LateFrames, double? BeyondFrames)
{
    /// <summary>Whether it was heard, and within its bound and a frame.</summary>
    [JsonIgnore]
    public bool Holds => BeyondFrames == 0;
}
