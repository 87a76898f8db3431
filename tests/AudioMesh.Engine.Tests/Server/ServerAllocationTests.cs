// SPDX-License-Identifier: MIT
using System.Net.Sockets;
using AudioMesh.Backends;

namespace AudioMesh.Engine.Tests.Server;

/// <summary>What a whole process allocates while clients ask over a socket and hear every event.</summary>
internal sealed class ServerAllocationTests : ServerFixture
{
    private const int Clients = 8;
    private const int Requests = 2000;

    /// <summary>In all: of the runner, the pump's events, and threads that take their memory by 8 kB. What each request allocated would come to more.</summary>
    private const long BytesOfOthers = 16 * Requests;

    private static readonly byte[][] Questions =
    [
        [.. """{"cmd":"stats"}"""u8, 10], [.. """{"cmd":"list"}"""u8, 10], [.. """{"cmd":"ping"}"""u8, 10],
        [.. """{"cmd":"clock"}"""u8, 10], [.. """{"cmd":"get","id":1}"""u8, 10], [.. """{"cmd":"describe","type":"gain"}"""u8, 10],
    ];

    protected override Control.ControlServerOptions Options => new() { Quotas = new Control.ClientQuotas { RequestsPerSecond = 0 } };

    private readonly byte[] _buffer = new byte[1 << 16];
    private readonly List<Socket> _sockets = [];

    [TearDown]
    public void CloseSockets() => _sockets.ForEach(socket => socket.Dispose());

    [Test]
    public void Clients_are_answered_and_told_without_allocation()
    {
        Engine.OpenDevice("null", new StreamRequest { PeriodFrames = 128 });
        int gain = Engine.CreateNode("gain", new Dictionary<string, Graph.ParameterValue>()).Id;
        Engine.Connect(gain, Engine.CreateNode("device_sink", new Dictionary<string, Graph.ParameterValue>()).Id);
        Engine.Start();
        for (int i = 0; i < Clients; i++)
        {
            Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            socket.Connect(new UnixDomainSocketEndPoint(SocketPath));
            _sockets.Add(socket);
            Ask(socket, [.. """{"cmd":"subscribe","events":["state","xrun","stats","device","node","bypass","clock","midi"]}"""u8, 10]);
        }

        long least = long.MaxValue;
        for (int round = 0; round < 4; round++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            for (int i = 0; i < Requests; i++)
            {
                Ask(_sockets[i % Clients], Questions[i % Questions.Length]);
            }

            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        TestContext.Out.WriteLine($"{least} bytes");
        Assert.That(least, Is.LessThan(BytesOfOthers));
    }

    // What has come is read to the end of a line; it may be an event, and the reply comes with the next.
    private void Ask(Socket socket, ReadOnlySpan<byte> request)
    {
        socket.Send(request);
        int read = 0;
        while (read == 0 || _buffer[read - 1] != '\n')
        {
            read = socket.Receive(_buffer);
        }
    }
}
