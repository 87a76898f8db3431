// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Media;

/// <summary>Figures of a <see cref="StreamReceiver"/> at one moment; counters run from its creation. Frames are the stream's.</summary>
/// <param name="State">What it is doing.</param>
/// <param name="Packets">Packets that came, each once.</param>
/// <param name="LostPackets">Packets that never came, as far as that is known by now.</param>
/// <param name="LatePackets">Packets that came when they had been due.</param>
/// <param name="DuplicatePackets">Packets that had come before; copies for redundancy are among them.</param>
/// <param name="ReorderedPackets">Packets that came behind a newer one.</param>
/// <param name="RefusedPackets">Packets that do not fit the stream, or came before the device was ready for them.</param>
/// <param name="PlayedFrames">Frames read.</param>
/// <param name="MissingFrames">Frames of these that were not there, of the lane that lacked most.</param>
/// <param name="PredictedFrames">Frames of those that prediction made audible.</param>
/// <param name="Gaps">How many gaps they were.</param>
/// <param name="StretchedFrames">Frames put in to become deeper at once.</param>
/// <param name="SkippedFrames">Frames left out to become less deep at once.</param>
/// <param name="DepthFrames">How long the frames of the fastest packets wait at present, and have to be there before they are read.</param>
/// <param name="TargetFrames">What the depth should be.</param>
/// <param name="JitterFrames">How much later than the fastest packets all are, but for the share that may be late; as the device sees it, period by period.</param>
/// <param name="DriftPpm">How much faster the stream runs than the device reads.</param>
/// <param name="ErrorFrames">How far the drift control is off.</param>
/// <param name="IsLocked">Whether the drift control has settled.</param>
/// <param name="IsExact">Whether frames pass as they are, because both sides run at the same pace.</param>
/// <param name="UsesMeshTime">Whether mesh time steers it; else arrivals do.</param>
/// <param name="TransitNs">From the sender's timestamp to the arrival, where mesh time is known; else <see cref="long.MinValue"/>.</param>
/// <param name="Resyncs">How often it began anew.</param>
/// <param name="LastResync">Why, the last time.</param>
/// <param name="Confidence">How much of the sound prediction foretold: 0 nothing, 1 all.</param>
public readonly record struct ReceiverStatistics(
    ReceiverState State,
    long Packets,
    long LostPackets,
    long LatePackets,
    long DuplicatePackets,
    long ReorderedPackets,
    long RefusedPackets,
    long PlayedFrames,
    long MissingFrames,
    long PredictedFrames,
    long Gaps,
    long StretchedFrames,
    long SkippedFrames,
    double DepthFrames,
    double TargetFrames,
    double JitterFrames,
    double DriftPpm,
    double ErrorFrames,
    bool IsLocked,
    bool IsExact,
    bool UsesMeshTime,
    long TransitNs,
    int Resyncs,
    ResyncCause LastResync,
    float Confidence);
