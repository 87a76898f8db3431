// SPDX-License-Identifier: MIT
using System.Net;

namespace AudioMesh.Network.Sockets;

/// <summary>Where a <see cref="UdpPort"/> is and what it hears.</summary>
public sealed record UdpPortOptions
{
    /// <summary>The port of TOAST where nobody chose another.</summary>
    public const int DefaultPort = 50505;

    /// <summary>The address to bind. Loopback unless told otherwise: nothing beyond this machine is heard. Port 0 takes a free one; IPv6's <c>::</c> hears IPv4 too.</summary>
    public IPEndPoint Bind { get; init; } = new(IPAddress.Loopback, DefaultPort);

    /// <summary>Multicast groups to hear, up to 8, with their ports, on the interface of <see cref="Bind"/>; other programs may hear them at the same time.</summary>
    public IReadOnlyList<IPEndPoint> Groups { get; init; } = [];

    /// <summary>How many routers multicast may pass.</summary>
    public int MulticastHops { get; init; } = 1;

    /// <summary>Bytes asked for in the kernel, each way; it may give less.</summary>
    public int BufferBytes { get; init; } = 4 * 1024 * 1024;
}
