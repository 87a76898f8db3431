// SPDX-License-Identifier: MIT
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace AudioMesh.Daemon.Tests;

/// <summary>A client that knows nothing but the socket and JSON.</summary>
internal sealed class RawClient : IDisposable
{
    private const int PatienceMs = 30_000;

    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly StreamReader _reader;

    public RawClient(string path)
    {
        _socket.Connect(new UnixDomainSocketEndPoint(path));
        _socket.ReceiveTimeout = PatienceMs;
        _reader = new StreamReader(new NetworkStream(_socket), new UTF8Encoding(false));
    }

    /// <summary>As soon as somebody listens there.</summary>
    public static RawClient WhenThere(string path)
    {
        RawClient? client = null;
        Assert.That(SpinWait.SpinUntil(() => TryOpen(path, out client), 2 * PatienceMs), "Somebody listens.");
        return client!;
    }

    /// <summary>Events that came before a reply.</summary>
    public Queue<JsonElement> Events { get; } = new();

    /// <summary>Sends a line, with a descriptor beside it where one is given, and gives the reply as text.</summary>
    public string Ask(string line, int descriptor = -1)
    {
        byte[] bytes = Encoding.UTF8.GetBytes($"{line}\n");
        if (descriptor < 0)
        {
            _socket.Send(bytes);
        }
        else
        {
            Rights.Send(_socket, bytes, descriptor);
        }

        while (true)
        {
            string reply = _reader.ReadLine() ?? throw new IOException($"The daemon hung up after {line}");
            if (!reply.StartsWith("{\"event\"", StringComparison.Ordinal))
            {
                return reply;
            }

            Events.Enqueue(Parse(reply));
        }
    }

    /// <summary>The same as an object; fails the test where it is a refusal.</summary>
    public JsonElement Get(string line, int descriptor = -1)
    {
        JsonElement reply = Parse(Ask(line, descriptor));
        Assert.That(reply.GetProperty("ok").GetBoolean(), () => $"{line} -> {reply}");
        return reply;
    }

    /// <summary>Asks, and gives the code of the refusal.</summary>
    public string Refusal(string line)
    {
        JsonElement reply = Parse(Ask(line));
        Assert.That(reply.GetProperty("ok").GetBoolean(), Is.False, () => $"{line} -> {reply}");
        return reply.GetProperty("error").GetProperty("code").GetString()!;
    }

    /// <summary>Waits for an event of a family for which <paramref name="fits"/> holds.</summary>
    public JsonElement WaitFor(string family, Func<JsonElement, bool> fits)
    {
        while (true)
        {
            JsonElement next = Events.TryDequeue(out JsonElement kept) ? kept : Parse(_reader.ReadLine() ?? throw new IOException("The daemon hung up."));
            if (next.TryGetProperty("event", out JsonElement name) && name.GetString() == family && fits(next))
            {
                return next;
            }
        }
    }

    /// <summary>Sends a line and takes the reply and the descriptor beside it.</summary>
    public (string Reply, int Descriptor) AskForDescriptor(string line)
    {
        _socket.Send(Encoding.UTF8.GetBytes($"{line}\n"));
        return Rights.Receive(_socket);
    }

    public void Dispose()
    {
        _reader.Dispose();
        _socket.Dispose();
    }

    private static bool TryOpen(string path, out RawClient? client)
    {
        try
        {
            client = new RawClient(path);
            return true;
        }
        catch (SocketException)
        {
            client = null;
            return false;
        }
    }

    private static JsonElement Parse(string line)
    {
        using JsonDocument document = JsonDocument.Parse(line);
        return document.RootElement.Clone();
    }
}
