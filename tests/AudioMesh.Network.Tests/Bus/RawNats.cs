// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using AudioMesh.Testing;

namespace AudioMesh.Network.Tests.Bus;

/// <summary>A client that speaks NATS by hand, over TCP: what others' tools say, and what our own would not.</summary>
internal sealed class RawNats : IDisposable
{
    private const int PatienceMs = 30_000;
    private readonly TcpClient _client = new();
    private readonly NetworkStream _stream;
    private readonly Thread _reader;

    public RawNats(NatsServer server, string token = NatsServer.Token)
    {
        _client.Connect(IPAddress.Loopback, server.Port);
        _client.NoDelay = true;
        _stream = _client.GetStream();
        Line($"CONNECT {{\"auth_token\":\"{token}\",\"verbose\":false}}");
        _reader = new Thread(Read) { IsBackground = true };
        _reader.Start();
    }

    /// <summary>All that came so far, under its own lock.</summary>
    public List<(string Subject, byte[] Payload)> Heard { get; } = [];

    public void Subscribe(string subject, int id = 1) => Line($"SUB {subject} {id.ToString(CultureInfo.InvariantCulture)}");

    public void Publish(string subject, byte[] payload, string reply = "")
    {
        lock (_stream)
        {
            _stream.Write(Encoding.ASCII.GetBytes($"PUB {subject} {reply}{(reply.Length > 0 ? " " : "")}{payload.Length.ToString(CultureInfo.InvariantCulture)}\r\n"));
            _stream.Write(payload);
            _stream.Write("\r\n"u8);
        }
    }

    /// <summary>Waits until so many messages came to a subject, and gives their payloads.</summary>
    public byte[][] Await(string subject, int count)
    {
        byte[][] Those()
        {
            lock (Heard)
            {
                return [.. Heard.Where(heard => heard.Subject == subject).Select(heard => heard.Payload)];
            }
        }

        Assert.That(SpinWait.SpinUntil(() => Those().Length >= count, PatienceMs), Is.True, $"{count} messages to {subject}");
        return Those();
    }

    public void Dispose() => _client.Dispose();

    private void Line(string text)
    {
        lock (_stream)
        {
            _stream.Write(Encoding.ASCII.GetBytes($"{text}\r\n"));
        }
    }

    private void Read()
    {
        try
        {
            while (true)
            {
                string[] words = ReadLine().Split(' ');
                if (words[0] == "PING")
                {
                    Line("PONG");
                }
                else if (words[0] == "MSG")
                {
                    byte[] payload = new byte[int.Parse(words[^1], CultureInfo.InvariantCulture)];
                    _stream.ReadExactly(payload);
                    ReadLine();
                    lock (Heard)
                    {
                        Heard.Add((words[1], payload));
                    }
                }
            }
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            // It was closed.
        }
    }

    private string ReadLine()
    {
        StringBuilder line = new();
        for (int read = _stream.ReadByte(); read != '\n'; read = _stream.ReadByte())
        {
            if (read < 0)
            {
                throw new IOException("It was closed.");
            }

            _ = read == '\r' ? line : line.Append((char)read);
        }

        return line.ToString();
    }
}
