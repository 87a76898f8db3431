// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Network.Media;
using AudioMesh.Network.Time;

namespace AudioMesh.Network.Session;

/// <summary>An outgoing stream as nodes know it.</summary>
internal sealed class OfferedStream(ToastSession session, OutgoingStream stream) : IOfferedStream
{
    public StreamSender Sender => stream.Sender;

    public int Listeners => stream.TargetCount;

    public ClockMap HostToMesh
    {
        get
        {
            TimebaseReading reading = session.Timebase.Read();
            return reading.State == TimebaseState.Acquiring ? default : reading.Map;
        }
    }

    public void Dispose() => stream.Dispose();
}
