// SPDX-License-Identifier: MIT
using System.Diagnostics;
using AudioMesh.Network.Impairment;

using AudioMesh.Network.Sockets;

namespace AudioMesh.Network.Tests.Simulation;

internal sealed class LongSimulationTests
{
    [Test]
    public void A_day_of_four_hosts_is_simulated_to_its_end()
    {
        SimulatedMesh mesh = new(3);
        for (int i = 0; i < 4; i++)
        {
            SimulatedHost host = mesh.AddHost($"{i}", new HostClock { Offset = TimeSpan.FromHours(i), Ppm = (100 * i) - 200, WanderPpbPerSecond = 5 });
            host.Bind(new Counter());
            byte[] datagram = new byte[100];
            host.Every(TimeSpan.FromMilliseconds(100), () =>
            {
                BitConverter.TryWriteBytes(datagram, host.Now.Nanoseconds);
                host.Port.Send(mesh.Hosts[(host.Index + 1) % 4].Address, datagram);
            });
        }

        mesh.ConnectAll(ImpairmentPresets.Find("good"));
        Stopwatch clock = Stopwatch.StartNew();
        mesh.Run(TimeSpan.FromHours(24));
        TestContext.Out.WriteLine($"24 h in {clock.Elapsed.TotalSeconds:0.0} s: {mesh.Costs}, hash {mesh.Hash:x16}");
        Assert.That(mesh.Costs.Sent, Is.EqualTo(4 * 864_000).Within(500));
        Assert.That(mesh.Costs.Delivered, Is.EqualTo(mesh.Costs.Sent * 0.99).Within(0.1).Percent);
        Assert.That(mesh.Costs.MostWaiting, Is.LessThan(30));
    }

    private sealed class Counter : IDatagramHandler
    {
        public long Heard { get; private set; }

        public void Receive(in PeerAddress from, ReadOnlySpan<byte> datagram, Clock.MeshTime arrival) => Heard++;

        public Clock.MeshTime Tick(Clock.MeshTime now) => now.Add(1_000_000_000);
    }
}
