// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Network.Media;

/// <summary>A stream that is listened to; disposing ends that, when no device thread reads any more.</summary>
public interface ISubscribedStream : IDisposable
{
    /// <summary>
    /// What to read from; null until the stream is there. Another one when its format changes: the one before is never disposed while this is not, since a device thread may be reading it. The
    /// session puts packets in and trains it. Any thread.
    /// </summary>
    [RealtimeSafe]
    StreamReceiver? Receiver { get; }

    /// <summary>Who offers it; empty until it is there. Any thread but the device's.</summary>
    string Peer { get; }

    /// <summary>Its name; empty until it is there. Any thread but the device's.</summary>
    string Stream { get; }
}
