// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Realtime;

namespace AudioMesh.Network.Media;

/// <summary>What the network thread tells the device thread of a stream.</summary>
/// <param name="Epoch">Which beginning of the stream it belongs to.</param>
/// <param name="LineId">Another number means another line, that does not go on from the one before.</param>
/// <param name="Frame">A position of the stream.</param>
/// <param name="Time">When it was, host time.</param>
/// <param name="NsPerFrame">From a frame to the next.</param>
/// <param name="SteppedFrames">Frames by which the stream has come to be later in steps that the line has followed.</param>
/// <param name="Needed">How far behind the line to read, so that no more packets than wanted are late. Offsets have an origin of their own.</param>
/// <param name="Least">The same for the fastest packets.</param>
/// <param name="IsBounded">Whether more packets are late than wanted, because the depth may not grow.</param>
/// <param name="HasTarget">Whether enough packets have come to say so.</param>
internal readonly record struct StreamEstimate(int Epoch, int LineId, long Frame, MeshTime Time, double NsPerFrame, double SteppedFrames, long Needed, long Least, bool IsBounded, bool HasTarget)
{
    /// <summary>Frames from <paramref name="frame"/> to where the stream stands at <paramref name="time"/>.</summary>
    [RealtimeSafe]
    public double FramesSince(long frame, MeshTime time) => (Frame - frame) + ((time - Time) / NsPerFrame);

    /// <summary>Whether there is a line.</summary>
    public bool HasLine => Time.IsKnown;
}
