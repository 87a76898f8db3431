// SPDX-License-Identifier: MIT
using System.Net.Sockets;
using System.Threading.Channels;
using AudioMesh.Control;
using AudioMesh.Realtime;

namespace AudioMesh;

/// <summary>An engine in another process, over its Unix socket: one JSON object a line.</summary>
internal sealed class SocketDoor : IEngineDoor
{
    private static ReadOnlySpan<byte> EventPrefix => "{\"event\""u8;

    private readonly Socket _socket;
    private readonly NetworkStream _stream;
    private readonly SemaphoreSlim _turn = new(1);
    private readonly Channel<byte[]> _replies = Channel.CreateUnbounded<byte[]>();
    private readonly Channel<byte[]> _events = Channel.CreateBounded<byte[]>(
        new BoundedChannelOptions(1024) { FullMode = BoundedChannelFullMode.DropOldest });
    private readonly Task _reading;

    private SocketDoor(Socket socket)
    {
        _socket = socket;
        _stream = new NetworkStream(socket, ownsSocket: true);
        _reading = ReadLinesAsync();
    }

    public bool NeedsSharedRings => true;

    /// <summary>Connects. Throws DeviceUnavailable when nobody answers at <paramref name="path"/>.</summary>
    public static async Task<SocketDoor> ConnectAsync(string path, CancellationToken cancellation)
    {
        Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellation).ConfigureAwait(false);
            return new SocketDoor(socket);
        }
        catch (Exception error) when (error is SocketException or ArgumentException)
        {
            socket.Dispose();
            throw new AudioMeshException(AudioErrorKind.DeviceUnavailable, $"No engine answers at {path}: {error.Message}", error);
        }
    }

    public async Task<byte[]> RequestAsync(byte[] request, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            // Not cancellable from here on: a reply left unread would be taken for the next request's.
            await _stream.WriteAsync(request, CancellationToken.None).ConfigureAwait(false);
            await _stream.WriteAsync("\n"u8.ToArray(), CancellationToken.None).ConfigureAwait(false);
            return await _replies.Reader.ReadAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or ChannelClosedException or ObjectDisposedException)
        {
            throw new AudioMeshException(AudioErrorKind.DeviceLost, "The engine's process has closed the connection.", error);
        }
        finally
        {
            _turn.Release();
        }
    }

    public async ValueTask<byte[]?> NextEventAsync(CancellationToken cancellation)
    {
        while (await _events.Reader.WaitToReadAsync(cancellation).ConfigureAwait(false))
        {
            if (_events.Reader.TryRead(out byte[]? line))
            {
                return line;
            }
        }

        return null;
    }

    public FrameRing AttachRing(int nodeId, string? path) => FrameRing.AttachShared(
        path ?? throw new AudioMeshException(AudioErrorKind.Protocol, $"The engine gave no path for the ring of node {nodeId}."));

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        await _reading.ConfigureAwait(false);
        await _stream.DisposeAsync().ConfigureAwait(false);
        _turn.Dispose();
    }

    private async Task ReadLinesAsync()
    {
        try
        {
            LineReader lines = new(_stream);
            while (await lines.ReadAsync(CancellationToken.None).ConfigureAwait(false) is { } line)
            {
                Channel<byte[]> target = line.AsSpan().StartsWith(EventPrefix) ? _events : _replies;
                await target.Writer.WriteAsync(line).ConfigureAwait(false);
            }
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or AudioMeshException)
        {
        }

        _replies.Writer.TryComplete();
        _events.Writer.TryComplete();
    }
}
