// SPDX-License-Identifier: MIT
using System.Buffers;
using System.Net.Sockets;
using AudioMesh.Engine;

namespace AudioMesh.Control;

/// <summary>Offers an engine on a Unix socket that only its owner may open: one JSON object a line, events between replies.</summary>
public sealed class ControlServer : IAsyncDisposable
{
    private const int MaxConnections = 64;

    private readonly AudioEngine _engine;
    private readonly string _path;
    private readonly Socket _listener;
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _connections = new(MaxConnections);
    private readonly Task _accepting;

    /// <summary>Listens at <paramref name="path"/>. Throws DeviceBusy when another engine answers there; a file left over by a dead one is replaced.</summary>
    public ControlServer(AudioEngine engine, string path)
    {
        _engine = engine;
        _path = path;
        RemoveStale(path);
        _listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            _listener.Bind(new UnixDomainSocketEndPoint(path));
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }

            _listener.Listen(16);
        }
        catch (Exception error) when (error is SocketException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            _listener.Dispose();
            throw new AudioMeshException(AudioErrorKind.PermissionDenied, $"Cannot listen at {path}: {error.Message}", error);
        }

        _accepting = AcceptAsync();
    }

    /// <summary>Ends every conversation and removes the socket.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        _listener.Dispose();
        await _accepting.ConfigureAwait(false);
        for (int i = 0; i < MaxConnections; i++)
        {
            await _connections.WaitAsync().ConfigureAwait(false);
        }

        File.Delete(_path);
        _connections.Dispose();
        _stop.Dispose();
    }

    private static void RemoveStale(string path)
    {
        if (!File.Exists(path))
        {
            return;
        }

        using Socket probe = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            probe.Connect(new UnixDomainSocketEndPoint(path));
        }
        catch (SocketException)
        {
            File.Delete(path);
            return;
        }

        throw new AudioMeshException(AudioErrorKind.DeviceBusy, $"Another engine answers at {path}.");
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                await _connections.WaitAsync(_stop.Token).ConfigureAwait(false);
                Socket? client = null;
                try
                {
                    client = await _listener.AcceptAsync(_stop.Token).ConfigureAwait(false);
                }
                finally
                {
                    if (client is null)
                    {
                        _connections.Release();
                    }
                }

                _ = ConverseAsync(client);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task ConverseAsync(Socket client)
    {
        try
        {
            using CancellationTokenSource ended = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
            using ControlSession session = new(_engine);
            NetworkStream stream = new(client, ownsSocket: true);
            await using (stream.ConfigureAwait(false))
            {
                using SemaphoreSlim writing = new(1);
                Task events = SendEventsAsync(session, stream, writing, ended.Token);
                await AnswerAsync(session, stream, writing, ended.Token).ConfigureAwait(false);
                await ended.CancelAsync().ConfigureAwait(false);
                await events.ConfigureAwait(false);
            }
        }
        finally
        {
            _connections.Release();
        }
    }

    private static async Task AnswerAsync(ControlSession session, Stream stream, SemaphoreSlim writing, CancellationToken cancellation)
    {
        try
        {
            LineReader lines = new(stream, ControlSession.MaxRequestBytes);
            while (await lines.ReadAsync(cancellation).ConfigureAwait(false) is { } line)
            {
                ArrayBufferWriter<byte> reply = new();
                session.Handle(line, reply);
                await SendAsync(stream, writing, reply, cancellation).ConfigureAwait(false);
            }
        }
        catch (Exception error) when (error is IOException or OperationCanceledException or AudioMeshException)
        {
        }
    }

    private static async Task SendEventsAsync(ControlSession session, Stream stream, SemaphoreSlim writing, CancellationToken cancellation)
    {
        try
        {
            ArrayBufferWriter<byte> output = new();
            while (await session.NextEventAsync(output, cancellation).ConfigureAwait(false))
            {
                await SendAsync(stream, writing, output, cancellation).ConfigureAwait(false);
                output.ResetWrittenCount();
            }
        }
        catch (Exception error) when (error is IOException or OperationCanceledException)
        {
        }
    }

    private static async Task SendAsync(
        Stream stream, SemaphoreSlim writing, ArrayBufferWriter<byte> message, CancellationToken cancellation)
    {
        message.Write("\n"u8);
        await writing.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            await stream.WriteAsync(message.WrittenMemory, cancellation).ConfigureAwait(false);
        }
        finally
        {
            writing.Release();
        }
    }
}
