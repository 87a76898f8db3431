// SPDX-License-Identifier: MIT
using AudioMesh.Backends;
using AudioMesh.Clock;

namespace AudioMesh.Network.Transport;

/// <summary>Where a transport is, as of its last block.</summary>
/// <param name="State">What it does.</param>
/// <param name="Frame">Its frame.</param>
/// <param name="At">The mesh time at which that frame leaves the device; not known before the first block.</param>
/// <param name="HostTime">The same by this host's monotonic clock.</param>
/// <param name="NsPerFrame">Nanoseconds of mesh time a frame takes on this device.</param>
/// <param name="BoundNs">How far <paramref name="At"/> is from the reference's mesh time at most, and how far a JACK server's times have strayed of late.</param>
/// <param name="BlockFrames">Frames of the block.</param>
/// <param name="Xruns">Periods the device missed.</param>
public readonly record struct TransportReading(
    TransportState State, long Frame, MeshTime At, MeshTime HostTime, double NsPerFrame, double BoundNs, int BlockFrames, long Xruns)
{
    /// <summary>Where it will be, or was, when <paramref name="time"/> is heard, if nothing changes; in frames and parts of one.</summary>
    public double FrameAt(MeshTime time) => State == TransportState.Rolling ? Frame + ((time - At) / NsPerFrame) : Frame;
}
