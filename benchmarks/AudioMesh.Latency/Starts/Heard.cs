// SPDX-License-Identifier: MIT
namespace AudioMesh.Latency.Starts;

/// <summary>A place where what an ear hears does not go on from sample to sample, or a frame at which a transport stopped.</summary>
/// <param name="Kind">What follows.</param>
/// <param name="JackNs">When it leaves the server by JACK's time of the cycle, on this machine's clock.</param>
/// <param name="GridNs">The same by the line of the earliest wake-ups.</param>
/// <param name="Frame">The frame that is heard then, that is not heard then, or at which it stands.</param>
internal sealed record Heard(HeardKind Kind, long JackNs, long GridNs, long Frame);

/// <summary>What an ear hears.</summary>
internal enum HeardKind
{
    Sound,
    Silence,
    Stands,
}
