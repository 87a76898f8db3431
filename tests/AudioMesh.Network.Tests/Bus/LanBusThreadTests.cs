// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using AudioMesh.Network.Bus;
using AudioMesh.Network.Session;
using AudioMesh.Network.Tests.Sessions;

namespace AudioMesh.Network.Tests.Bus;

/// <summary>The bus with sockets and threads, on loopback.</summary>
[NonParallelizable]
internal sealed class LanBusThreadTests
{
    private const int WaitMs = 120_000;

    [Test]
    public void Four_hosts_on_loopback_share_what_four_threads_write()
    {
        int[] ports = [.. Enumerable.Range(0, 4).Select(_ => FreePort())];
        List<LanBus> buses = [];
        try
        {
            for (int i = 0; i < 4; i++)
            {
                buses.Add(LanBus.Join(new ToastHostOptions
                {
                    Name = $"host{i}",
                    Key = Member.Key,
                    Bind = new IPEndPoint(IPAddress.Loopback, ports[i]),
                    Contacts = [.. ports.Take(i).Select(port => new IPEndPoint(IPAddress.Loopback, port))],
                }));
            }

            Until(() => buses.All(bus => bus.Peers.Count == 3), "all see all");
            buses[0].Serve("sum", (in BusMessage request) => [(byte)(request.Payload[0] + request.Payload[1])]);
            Assert.That(buses[3].RequestAsync("sum", new byte[] { 3, 4 }, 5000).Result, Is.EqualTo(new byte[] { 7 }));
            Parallel.For(0, 4, writer =>
            {
                for (int i = 0; i < 2500; i++)
                {
                    buses[writer].Table("t").Put($"p.{i % 250}", BitConverter.GetBytes(i));
                }
            });
            Until(() => buses.All(bus => bus.Table("t").Pending == 0), "acknowledged");
            Until(() => buses.All(bus => bus.Table("t").Digest == buses[0].Table("t").Digest), "the same");
            Assert.That(buses.Sum(bus => bus.Statistics.Faults + bus.Statistics.Refused + bus.Statistics.Lost), Is.Zero);
            LanBus left = buses[3];
            left.Dispose();
            Assert.That(() => left.Publish("x", []), Throws.TypeOf<ObjectDisposedException>());
            Until(() => buses.Take(3).All(bus => bus.Peers.Count == 2), "it said goodbye");
        }
        finally
        {
            buses.ForEach(bus => bus.Dispose());
        }
    }

    private static int FreePort()
    {
        using UdpClient client = new(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)client.Client.LocalEndPoint!).Port;
    }

    private static void Until(Func<bool> holds, string what)
    {
        Stopwatch clock = Stopwatch.StartNew();
        while (!holds())
        {
            Assert.That(clock.ElapsedMilliseconds, Is.LessThan(WaitMs), what);
            Thread.Sleep(5);
        }
    }
}
