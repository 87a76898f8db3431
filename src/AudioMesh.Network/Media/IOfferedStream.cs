// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Network.Media;

/// <summary>A stream that is offered; disposing takes the offer back, after the last use of <see cref="Sender"/>.</summary>
public interface IOfferedStream : IDisposable
{
    /// <summary>Takes its blocks, on one thread of the caller's.</summary>
    StreamSender Sender { get; }

    /// <summary>To how many it goes now. Any thread.</summary>
    int Listeners { get; }

    /// <summary>How this host's time and mesh time are related now; the default value where that is not known. The sending thread; allocates nothing.</summary>
    ClockMap HostToMesh { get; }
}
