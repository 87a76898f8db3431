// SPDX-License-Identifier: MIT
using System.Net;
using System.Net.Sockets;
using AudioMesh.Realtime;

namespace AudioMesh.Network.Impairment;

/// <summary>
/// A bad network in front of any UDP program: passes datagrams between clients and one target, both ways, as seeded <see cref="ImpairmentModel"/>s say. Each client has a
/// link and a socket of its own, so the target tells them apart by port. Everything happens on one thread, at realtime priority where the system grants it. All members
/// may be called from any thread.
/// </summary>
public sealed class UdpRelay : IDisposable
{
    private const int Priority = RealtimePriority.Device - 10;
    private const long PeriodNs = 1_000_000;
    private const int StopTimeoutMs = 5000;

    private readonly RelayLoop _loop;
    private readonly RealtimeThread _thread;

    private UdpRelay(RelayLoop loop)
    {
        _loop = loop;
        _thread = RealtimeThread.Start("am-relay", Priority, PeriodNs, loop.Run);
    }

    /// <summary>Where it listens, with the port it got.</summary>
    public IPEndPoint Listen => _loop.Listen;

    /// <summary>What its thread was granted; without it packets leave late more often.</summary>
    public RealtimeGrant Grant => _thread.Grant;

    /// <summary>What it did, as of at most a tenth of a second ago; exact once it is disposed.</summary>
    public UdpRelayStatistics Statistics => _loop.Statistics;

    /// <summary>
    /// Begins to listen. Throws InvalidArgument where <paramref name="options"/> are out of range, DeviceBusy where the port is taken, PermissionDenied where the system
    /// refuses it, and DeviceUnavailable where this machine does not have the address.
    /// </summary>
    public static UdpRelay Start(UdpRelayOptions options)
    {
        options.Validate();
        return new UdpRelay(new RelayLoop(options, Bind(options.Listen)));
    }

    /// <summary>Stops; packets that are still on their way are lost.</summary>
    public void Dispose()
    {
        _loop.Dispose();
        _thread.Join(StopTimeoutMs);
    }

    private static Socket Bind(IPEndPoint listen)
    {
        Socket socket = RelaySocket.Create(listen.AddressFamily);
        try
        {
            socket.Bind(listen);
            return socket;
        }
        catch (SocketException error)
        {
            socket.Dispose();
            AudioErrorKind kind = error.SocketErrorCode switch
            {
                SocketError.AddressAlreadyInUse => AudioErrorKind.DeviceBusy,
                SocketError.AccessDenied => AudioErrorKind.PermissionDenied,
                _ => AudioErrorKind.DeviceUnavailable,
            };
            throw new AudioMeshException(kind, $"Cannot listen on {listen}: {error.Message}.", error) { Field = "listen" };
        }
    }
}
