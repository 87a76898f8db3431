// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace AudioMesh.Latency.Crowd;

/// <summary>A client that subscribes to everything and asks at an even pace, waiting for each reply.</summary>
internal sealed class CrowdClient : IDisposable
{
    private static readonly string[] Questions =
    [
        """{"cmd":"stats"}""", """{"cmd":"list"}""", """{"cmd":"ping"}""", """{"cmd":"clock"}""", """{"cmd":"describe","type":"gain"}""",
    ];

    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly StreamReader _lines;

    public CrowdClient(string path)
    {
        _socket.Connect(new UnixDomainSocketEndPoint(path));
        _lines = new StreamReader(new NetworkStream(_socket));
        Send("""{"cmd":"subscribe","events":["state","xrun","stats","device","node","bypass","clock","midi"]}""");
        _lines.ReadLine();
    }

    /// <summary>How long each reply took, in microseconds.</summary>
    public List<double> ReplyUs { get; } = [];

    /// <summary>Events that came.</summary>
    public long Events { get; private set; }

    /// <summary>Events that the daemon says it has left out for this client.</summary>
    public long Dropped { get; private set; }

    /// <summary>Replies that were no success.</summary>
    public long Refused { get; private set; }

    /// <summary>Breaks of the sound that were told of: when, in mesh time, whose node, which kind and why.</summary>
    public List<(long Time, int Node, string Type, string Cause)> Xruns { get; } = [];

    /// <summary>Asks so many times a second until it is cancelled.</summary>
    public async Task RunAsync(double perSecond, CancellationToken cancellation)
    {
        long begin = Stopwatch.GetTimestamp();
        for (int i = 0; !cancellation.IsCancellationRequested; i++)
        {
            TimeSpan wait = TimeSpan.FromSeconds(i / perSecond) - Stopwatch.GetElapsedTime(begin);
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, CancellationToken.None);
            }

            long asked = Stopwatch.GetTimestamp();
            Send(Questions[i % Questions.Length]);
            while (await _lines.ReadLineAsync(CancellationToken.None) is { } line && !IsReply(line))
            {
            }

            ReplyUs.Add(Stopwatch.GetElapsedTime(asked).TotalMicroseconds);
        }
    }

    public void Dispose()
    {
        _lines.Dispose();
        _socket.Dispose();
    }

    private void Send(string line) => _socket.Send(Encoding.UTF8.GetBytes(line + "\n"));

    private bool IsReply(string line)
    {
        using JsonDocument document = JsonDocument.Parse(line);
        JsonElement root = document.RootElement;
        if (root.TryGetProperty("ok", out JsonElement ok))
        {
            Refused += ok.GetBoolean() ? 0 : 1;
            return true;
        }

        string? kind = root.GetProperty("event").GetString();
        Events += kind == "dropped" ? 0 : 1;
        Dropped += kind == "dropped" ? root.GetProperty("count").GetInt64() : 0;
        if (kind == "xrun")
        {
            Xruns.Add((
                root.GetProperty("time").GetInt64(),
                root.TryGetProperty("node", out JsonElement node) ? node.GetInt32() : 0,
                root.GetProperty("type").GetString()!,
                root.TryGetProperty("cause", out JsonElement cause) ? cause.GetString()! : "none"));
        }

        return false;
    }
}
