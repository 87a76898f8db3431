// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Network.Transport;

/// <summary>What came of an order, as measured where it was carried out.</summary>
/// <param name="Id">The order's.</param>
/// <param name="Action">The order's.</param>
/// <param name="Result">What came of it.</param>
/// <param name="At">The mesh time asked for.</param>
/// <param name="Frame">The frame asked for then.</param>
/// <param name="AchievedAt">The mesh time at which the first frame leaves the device that is affected.</param>
/// <param name="AchievedFrame">Which frame that is.</param>
/// <param name="ErrorFrames">By how many frames the transport is ahead of what was asked; half a frame is the least that can be promised.</param>
/// <param name="BoundNs">How far this host's mesh time is from the reference's at most, and how far a JACK server's times have strayed of late; the error does not include it.</param>
/// <param name="MissedFrames">Of what was asked for, the frames that were not heard at its beginning.</param>
/// <param name="ExtraFrames">Frames heard before a start or after a stop, up to the edge of a period.</param>
/// <param name="Corrections">How often the transport was located again, because it began at another edge than expected.</param>
public readonly record struct TransportOutcome(
    ulong Id, TransportAction Action, TransportResult Result, MeshTime At, long Frame, MeshTime AchievedAt, long AchievedFrame, double ErrorFrames, double BoundNs,
    long MissedFrames, long ExtraFrames, int Corrections);
