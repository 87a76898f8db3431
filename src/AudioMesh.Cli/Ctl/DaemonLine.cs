// SPDX-License-Identifier: MIT
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace AudioMesh.Cli.Ctl;

/// <summary>A conversation with a daemon: a JSON object a line. One thread at a time.</summary>
internal sealed class DaemonLine : IDisposable
{
    private const string EventPrefix = "{\"event\"";

    private readonly NetworkStream _stream;
    private readonly StreamReader _reader;
    private readonly Queue<string> _events = new();

    private DaemonLine(Socket socket)
    {
        _stream = new NetworkStream(socket, ownsSocket: true);
        _reader = new StreamReader(_stream, new UTF8Encoding(false), detectEncodingFromByteOrderMarks: false);
    }

    /// <summary>Throws DeviceUnavailable when nobody answers at <paramref name="path"/>, PermissionDenied when this user may not.</summary>
    public static DaemonLine Open(string path)
    {
        Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
            return new DaemonLine(socket);
        }
        catch (Exception error) when (error is SocketException or ArgumentException)
        {
            socket.Dispose();
            bool isRefused = error is SocketException { SocketErrorCode: SocketError.AccessDenied };
            throw isRefused
                ? new AudioMeshException(AudioErrorKind.PermissionDenied, $"The daemon at {path} does not let this user in: {error.Message}", error)
                : new AudioMeshException(AudioErrorKind.DeviceUnavailable, $"No daemon answers at {path}: {error.Message}. 'audiomesh daemon' or audiomixerd starts one.", error);
        }
    }

    /// <summary>Asks, and gives the reply as it came. Throws what the daemon says when it refuses.</summary>
    public async Task<string> AskAsync(string request)
    {
        await SendAsync(request);
        string reply = await ReplyAsync();
        using JsonDocument document = JsonDocument.Parse(reply);
        return document.RootElement.GetProperty("ok").GetBoolean() ? reply : throw Refusal(document.RootElement.GetProperty("error"));
    }

    /// <summary>The next event; null when the daemon has ended.</summary>
    public async Task<string?> NextEventAsync(CancellationToken cancellation)
    {
        if (_events.TryDequeue(out string? kept))
        {
            return kept;
        }

        try
        {
            return await _reader.ReadLineAsync(cancellation);
        }
        catch (IOException)
        {
            return null;
        }
    }

    public void Dispose() => _reader.Dispose();

    private async Task SendAsync(string request)
    {
        try
        {
            await _stream.WriteAsync(Encoding.UTF8.GetBytes($"{request}\n"));
        }
        catch (IOException error)
        {
            throw Gone(error);
        }
    }

    private async Task<string> ReplyAsync()
    {
        while (true)
        {
            string? line;
            try
            {
                line = await _reader.ReadLineAsync();
            }
            catch (IOException error)
            {
                throw Gone(error);
            }

            if (line is null || !line.StartsWith(EventPrefix, StringComparison.Ordinal))
            {
                return line ?? throw Gone(null);
            }

            _events.Enqueue(line);
        }
    }

    private static AudioMeshException Gone(Exception? inner) => new(AudioErrorKind.DeviceLost, "The daemon has closed the connection.", inner);

    private static AudioMeshException Refusal(JsonElement error) => new(
        AudioErrorKindExtensions.FromCode(error.GetProperty("code").GetString()), error.GetProperty("message").GetString()!)
    {
        Field = error.TryGetProperty("field", out JsonElement field) ? field.GetString() : null,
        Allowed = error.TryGetProperty("allowed", out JsonElement allowed) ? allowed.GetString() : null,
    };
}
