// SPDX-License-Identifier: MIT
using System.Net.Sockets;
using System.Text;

namespace AudioMesh.Tests.RealtimeSystem;

/// <summary>A system bus with a scripted rtkit behind it, found through DBUS_SYSTEM_BUS_ADDRESS as the real one is.</summary>
internal sealed class FakeSystemBus : IDisposable
{
    private const string Variable = "DBUS_SYSTEM_BUS_ADDRESS";

    private readonly string? _before = Environment.GetEnvironmentVariable(Variable);
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"audiomesh-bus-{Guid.NewGuid():N}");
    private readonly Socket? _listener;
    private readonly Func<BusCall, byte[]?> _answer;

    /// <summary>Answers each call with the bytes of <paramref name="answer"/>; null stays silent.</summary>
    public FakeSystemBus(Func<BusCall, byte[]?> answer)
        : this(answer, listens: true)
    {
    }

    private FakeSystemBus(Func<BusCall, byte[]?> answer, bool listens)
    {
        _answer = answer;
        Environment.SetEnvironmentVariable(Variable, $"unix:path={_path}");
        if (listens)
        {
            _listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            _listener.Bind(new UnixDomainSocketEndPoint(_path));
            _listener.Listen();
            new Thread(Serve) { IsBackground = true }.Start();
        }
    }

    /// <summary>What the handshake answers to AUTH.</summary>
    public string Greeting { get; init; } = "OK 0123456789abcdef0123456789abcdef\r\n";

    /// <summary>After how many answers it hangs up.</summary>
    public int CallsUntilHangUp { get; init; } = int.MaxValue;

    public static FakeSystemBus NotThere() => new(_ => null, listens: false);

    public void Dispose()
    {
        _listener?.Dispose();
        File.Delete(_path);
        Environment.SetEnvironmentVariable(Variable, _before);
    }

    private void Serve()
    {
        while (true)
        {
            Socket accepted;
            try
            {
                accepted = _listener!.Accept();
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                return;
            }

            using NetworkStream client = new(accepted, ownsSocket: true);
            try
            {
                Talk(client);
            }
            catch (IOException)
            {
                continue;
            }
        }
    }

    private void Talk(NetworkStream client)
    {
        _ = ReadLine(client);
        client.Write(Encoding.ASCII.GetBytes(Greeting));
        _ = ReadLine(client);
        byte[] header = new byte[16];
        for (int calls = 0; calls < CallsUntilHangUp; calls++)
        {
            client.ReadExactly(header);
            int fields = (BitConverter.ToInt32(header, 12) + 7) & ~7;
            byte[] rest = new byte[fields + BitConverter.ToInt32(header, 4)];
            client.ReadExactly(rest);
            client.Write(_answer(new BusCall(BitConverter.ToUInt32(header, 8), rest[..fields], rest[fields..])) ?? []);
        }
    }

    private static string ReadLine(NetworkStream client)
    {
        StringBuilder line = new();
        for (int next = client.ReadByte(); next != '\n'; next = client.ReadByte())
        {
            line.Append(next >= 0 ? (char)next : throw new IOException("The client hung up."));
        }

        return line.ToString();
    }
}
