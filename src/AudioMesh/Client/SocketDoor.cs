// SPDX-License-Identifier: MIT
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using AudioMesh.Clock;
using AudioMesh.Control;
using AudioMesh.Control.Server;
using AudioMesh.Interop;
using AudioMesh.Realtime;
using Microsoft.Win32.SafeHandles;

namespace AudioMesh;

/// <summary>An engine in another process, over its Unix socket: one JSON object a line, rings by descriptors beside them.</summary>
internal sealed class SocketDoor : IEngineDoor
{
    /// <summary>The longest reply or event that is accepted.</summary>
    private const int MaxReplyBytes = 16 << 20;

    private const int EventsKept = 1024;

    private readonly string _path;
    private readonly DescriptorSocket _socket;
    private readonly MessageReader _reader;
    private readonly Wakeup _wakeup = new();
    private readonly SemaphoreSlim _turn = new(1);
    private readonly Channel<DoorReply> _replies = Channel.CreateUnbounded<DoorReply>();
    private readonly Channel<byte[]> _events = Channel.CreateBounded<byte[]>(new BoundedChannelOptions(EventsKept));
    private readonly Thread _reading;
    private volatile bool _isEnding;
    private long _eventsLost;

    private SocketDoor(Socket socket, string path)
    {
        _path = path;
        _socket = new DescriptorSocket(socket);
        _reader = new MessageReader(_socket, Framing.Lines, MaxReplyBytes);
        _reading = new Thread(ReadMessages) { IsBackground = true, Name = "am-door" };
        _reading.Start();
    }

    private static ReadOnlySpan<byte> EventPrefix => "{\"event\""u8;

    /// <summary>Connects. Throws DeviceUnavailable when nobody answers at <paramref name="path"/>, PermissionDenied when its file is not ours to open.</summary>
    public static async Task<SocketDoor> ConnectAsync(string path, CancellationToken cancellation)
    {
        Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellation).ConfigureAwait(false);
            return new SocketDoor(socket, path);
        }
        catch (Exception error)
        {
            socket.Dispose();
            throw error switch
            {
                SocketException { SocketErrorCode: SocketError.AccessDenied } => new AudioMeshException(
                    AudioErrorKind.PermissionDenied, $"The engine at {path} does not let this user in: {error.Message}", error),
                SocketException or ArgumentException => new AudioMeshException(
                    AudioErrorKind.DeviceUnavailable, $"No engine answers at {path}: {error.Message}", error),
                _ => error,
            };
        }
    }

    public async Task<DoorReply> RequestAsync(byte[] request, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            // Not cancellable from here on: a reply left unread would be taken for the next request's.
            await SendAsync((byte[])[.. request, (byte)'\n']).ConfigureAwait(false);
            return await _replies.Reader.ReadAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception error) when (error is ChannelClosedException or ObjectDisposedException)
        {
            throw new AudioMeshException(
                AudioErrorKind.DeviceLost, $"The engine at {_path} has closed the connection: start the engine anew to join it again.", error);
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
            if (Interlocked.Exchange(ref _eventsLost, 0) is > 0 and long lost)
            {
                return Encoding.UTF8.GetBytes($$"""{"event":"dropped","count":{{lost}},"time":{{MeshClock.Now.Nanoseconds}}}""");
            }

            if (_events.Reader.TryRead(out byte[]? line))
            {
                return line;
            }
        }

        return null;
    }

    public FrameRing AttachRing(int nodeId, JsonElement ring, DescriptorExchange? descriptors)
    {
        using SafeFileHandle? memory = descriptors?.Take();
        if (memory is not null)
        {
            return FrameRing.OpenMemFd(memory, new FrameRingOptions
            {
                CapacityFrames = ring.GetProperty("frames").GetInt32(),
                Channels = ring.GetProperty("channels").GetInt32(),
                Rate = ring.GetProperty("rate").GetInt32(),
            });
        }

        return ring.TryGetProperty("path", out JsonElement path)
            ? FrameRing.AttachShared(path.GetString()!)
            : throw new AudioMeshException(AudioErrorKind.Protocol, $"No descriptor came with the ring of node {nodeId}.");
    }

    public async ValueTask DisposeAsync()
    {
        _isEnding = true;
        _wakeup.Signal();
        await Task.Run(_reading.Join).ConfigureAwait(false);
        while (_replies.Reader.TryRead(out DoorReply reply))
        {
            reply.Descriptors?.Dispose();
        }

        _reader.Dispose();
        _socket.Dispose();
        _wakeup.Dispose();
    }

    // A connection that breaks here may still hold the reason, as the reply.
    private async Task SendAsync(ReadOnlyMemory<byte> line)
    {
        try
        {
            while (line.Length > 0)
            {
                int sent = _socket.Send(line.Span, []);
                line = line[Math.Max(0, sent)..];
                if (sent < 0)
                {
                    await Task.Delay(1).ConfigureAwait(false);
                }
            }
        }
        catch (IOException)
        {
        }
    }

    private void ReadMessages()
    {
        try
        {
            bool isOver = false;
            while (!_isEnding && !isOver)
            {
                DescriptorExchange descriptors = new();
                while (_reader.TryTake(out ReadOnlyMemory<byte> message, descriptors))
                {
                    Hand(message, descriptors);
                    descriptors = new DescriptorExchange();
                }

                if (!_reader.Receive(out isOver) && !isOver)
                {
                    Wait();
                }
            }
        }
        catch (Exception error) when (error is IOException or AudioMeshException)
        {
        }

        _replies.Writer.TryComplete();
        _events.Writer.TryComplete();
    }

    private void Hand(ReadOnlyMemory<byte> message, DescriptorExchange descriptors)
    {
        if (message.Span.StartsWith(EventPrefix))
        {
            descriptors.Dispose();
            if (!_events.Writer.TryWrite(message.ToArray()))
            {
                Interlocked.Increment(ref _eventsLost);
            }
        }
        else
        {
            _replies.Writer.TryWrite(new DoorReply(message.ToArray(), descriptors));
        }
    }

    private unsafe void Wait()
    {
        LibC.PollFd* fds = stackalloc LibC.PollFd[2];
        fds[0] = new LibC.PollFd { Fd = _socket.Handle, Events = LibC.POLLIN };
        fds[1] = new LibC.PollFd { Fd = _wakeup.Handle, Events = LibC.POLLIN };
        LibC.poll(fds, 2, -1);
    }
}
