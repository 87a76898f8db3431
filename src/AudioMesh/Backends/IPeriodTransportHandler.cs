// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Backends;

/// <summary>Told of every period of an <see cref="IPeriodTransport"/>, on its device thread.</summary>
public interface IPeriodTransportHandler
{
    /// <summary>A period, after <see cref="IsReady"/> where that was asked in it. May command the transport.</summary>
    [RealtimeSafe]
    void Cycle(in TransportCycle cycle);

    /// <summary>Whether a transport that is starting may roll as far as this host is concerned; asked once a period until it may.</summary>
    [RealtimeSafe]
    bool IsReady();
}
