// SPDX-License-Identifier: MIT
using System.Net;
using System.Net.Sockets;
using AudioMesh.Network.Interop;
using AudioMesh.Realtime;

namespace AudioMesh.Network.Sockets;

/// <summary>
/// A UDP socket, and a thread of realtime priority, as far as that is granted, which gives what arrives to a handler and calls its Tick. Nothing that the network does ends it: errors are counted.
/// </summary>
public sealed unsafe class UdpPort : IDatagramPort, IDisposable
{
    private const int Priority = RealtimePriority.Device - 10;
    private const int MostGroups = 8;

    private readonly Socket _socket;
    private readonly Socket[] _heard;
    private readonly int _fd;
    private readonly bool _isIPv6;
    private UdpReceiveLoop? _loop;
    private RealtimeThread? _thread;
    private int _sending;
    private int _isClosed;

    /// <summary>
    /// Opens the port. Throws InvalidArgument for a group that is none or too many of them, and where it cannot be bound DeviceBusy (in use), PermissionDenied, NotFound (no such address
    /// here) or DeviceUnavailable.
    /// </summary>
    public UdpPort(UdpPortOptions options)
    {
        if (options.Groups.Count > MostGroups)
        {
            throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"{options.Groups.Count} groups are too many.") { Allowed = $"0..{MostGroups}" };
        }

        _heard = new Socket[1 + options.Groups.Count];
        try
        {
            _heard[0] = UdpSocket.Open(options);
            for (int i = 0; i < options.Groups.Count; i++)
            {
                _heard[i + 1] = UdpSocket.OpenGroup(options, options.Groups[i]);
            }
        }
        catch
        {
            CloseSockets();
            throw;
        }

        _socket = _heard[0];
        _fd = (int)_socket.Handle;
        _isIPv6 = _socket.AddressFamily == AddressFamily.InterNetworkV6;
        LocalAddress = PeerAddress.From((IPEndPoint)_socket.LocalEndPoint!);
        IsExpedited = UdpSocket.TryExpedite(_socket);
    }

    /// <summary>Where it is bound, with the port it got.</summary>
    public PeerAddress LocalAddress { get; }

    /// <summary>Whether its datagrams are marked for expedited forwarding (DSCP EF).</summary>
    public bool IsExpedited { get; }

    /// <summary>What the kernel gave as receive buffer, in bytes.</summary>
    public int ReceiveBufferBytes => _socket.ReceiveBufferSize;

    /// <summary>What was done and what went wrong.</summary>
    public UdpPortCounters Counters { get; } = new();

    /// <summary>What the thread got; null before <see cref="Start"/>.</summary>
    public RealtimeGrant? Grant => _thread?.Grant;

    /// <summary>Begins to give datagrams to <paramref name="handler"/>, on a thread of its own, until disposed. Throws InvalidState the second time.</summary>
    public void Start(IDatagramHandler handler)
    {
        UdpReceiveLoop loop = new(_heard, handler, Counters);
        if (_isClosed != 0 || Interlocked.CompareExchange(ref _loop, loop, null) is not null)
        {
            throw new AudioMeshException(AudioErrorKind.InvalidState, "The port was started before, or is closed.");
        }

        _thread = RealtimeThread.Start("am-net", Priority, 1_000_000, loop.Run);
    }

    /// <summary>Sends from any thread.</summary>
    public void Send(in PeerAddress to, ReadOnlySpan<byte> datagram)
    {
        Interlocked.Increment(ref _sending);
        if (Volatile.Read(ref _isClosed) == 0)
        {
            SendOpen(to, datagram);
        }

        Interlocked.Decrement(ref _sending);
    }

    /// <summary>Ends the thread, waiting for what the handler is doing, and closes. Not to be called by the handler.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isClosed, 1) != 0)
        {
            return;
        }

        _loop?.Stop();
        _thread?.Join(Timeout.Infinite);
        SpinWait.SpinUntil(() => Volatile.Read(ref _sending) == 0);
        CloseSockets();
    }

    private void SendOpen(in PeerAddress to, ReadOnlySpan<byte> datagram)
    {
        byte* address = stackalloc byte[SocketAddressBytes.Most];
        int addressBytes = SocketAddressBytes.Write(to, _isIPv6, new Span<byte>(address, SocketAddressBytes.Most));
        if (addressBytes == 0)
        {
            Counters.AddSendError(0);
            return;
        }

        fixed (byte* bytes = datagram)
        {
            if (LibC.sendto(_fd, bytes, (nuint)datagram.Length, LibC.MSG_DONTWAIT, address, (uint)addressBytes) >= 0)
            {
                Counters.AddSent();
                return;
            }
        }

        int error = LibC.LastError;
        bool isFull = OperatingSystem.IsMacOS() ? error is LibC.EAGAIN_MACOS or LibC.ENOBUFS_MACOS : error is LibC.EAGAIN_LINUX or LibC.ENOBUFS_LINUX;
        if (isFull)
        {
            Counters.AddDropped();
        }
        else
        {
            Counters.AddSendError(error);
        }
    }

    private void CloseSockets()
    {
        foreach (Socket? socket in _heard)
        {
            socket?.Dispose();
        }
    }
}
