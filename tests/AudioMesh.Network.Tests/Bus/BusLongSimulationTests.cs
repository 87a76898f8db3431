// SPDX-License-Identifier: MIT
using System.Globalization;
using AudioMesh.Network.Impairment;
using AudioMesh.Network.Tests.Simulation;
using AudioMesh.Testing;

namespace AudioMesh.Network.Tests.Bus;

/// <summary>Hosts that come, go, sleep and set their clocks for hours. <c>AUDIOMESH_BUS_HOURS</c> says how many: 24 for a long run.</summary>
internal sealed class BusLongSimulationTests
{
    private static readonly double Hours = double.Parse(Environment.GetEnvironmentVariable("AUDIOMESH_BUS_HOURS") ?? "0.5", CultureInfo.InvariantCulture);

    [Test]
    public void Whatever_hosts_go_through_they_hold_the_same_whenever_there_is_peace()
    {
        (string life, int checks) = Live(seed: 5, Hours);
        TestContext.Out.WriteLine($"{Hours} h, {checks} times the same: {life}");
        Assert.That(checks, Is.EqualTo((int)(Hours * 4)));
    }

    [Test]
    public void The_same_seed_is_the_same_run()
    {
        string[] lives = [.. Enumerable.Range(0, 2).Select(_ => Live(seed: 9, hours: 0.25).Life)];
        Assert.That(lives[0], Is.EqualTo(lives[1]));
    }

    private static (string Life, int Checks) Live(ulong seed, double hours)
    {
        RepeatableRandom random = new(seed);
        ImpairmentOptions link = LanMesh.Lan with { Loss = GilbertElliott.Independent(0.01), DuplicateShare = 0.01 };
        using LanMesh mesh = new(4, seed, link, i => new HostClock { Offset = TimeSpan.FromHours(i), Ppm = (50 * i) - 100, WanderPpbPerSecond = 5 });
        mesh.Run(5);
        int checks = 0;
        for (double quarter = 0.25; quarter <= hours; quarter += 0.25)
        {
            while (mesh.Mesh.TrueTime.Nanoseconds < (quarter * 3600e9) - 150e9)
            {
                Happen(mesh, ref random);
                mesh.Run(random.Next(20_000) / 1000.0);
            }

            mesh.Mesh.Heal();
            for (int i = 0; i < 4; i++)
            {
                mesh.Mesh.Hosts[i].Resume();
                if (!mesh.Mesh.Hosts[i].IsAlive)
                {
                    mesh.Start(i);
                }
            }

            mesh.Run((quarter * 3600) - (mesh.Mesh.TrueTime.Nanoseconds / 1e9));
            Assert.That(mesh.Members.Select(member => member.Bus.Table("t").Digest).Distinct().Count(), Is.EqualTo(1), $"after {quarter} h");
            Assert.That(mesh.Members.Select(member => (member.Bus.Peers.Count, member.Bus.IsConnected)), Has.All.EqualTo((3, true)), $"after {quarter} h");
            Assert.That(mesh.Members.Select(member => member.Bus.Statistics.Faults + member.Bus.Statistics.Refused), Has.All.Zero);
            checks++;
        }

        // What is encrypted has random numbers in it: the datagrams are of the same number and length, but not the same.
        return ($"{mesh.Mesh.Costs}, table {mesh[0].Bus.Table("t").Digest:x16}", checks);
    }

    private static void Happen(LanMesh mesh, ref RepeatableRandom random)
    {
        int index = random.Next(4);
        SimulatedHost host = mesh.Mesh.Hosts[index];
        switch (random.Next(16))
        {
            case 0:
                mesh.Mesh.Partition(host);
                break;
            case 1:
                mesh.Mesh.Heal();
                break;
            case 2:
                host.Suspend(TimeSpan.FromSeconds(random.Next(120)));
                break;
            case 3:
                host.StepClock(TimeSpan.FromMilliseconds(random.Next(100_000) - 50_000));
                break;
            case 4:
                mesh[index].UtcOffsetNs += (random.Next(600) - 300) * 1_000_000_000L;
                break;
            case 5 when host.IsAlive:
                host.Kill();
                break;
            case 6 when !host.IsAlive:
                host.Resume();
                mesh.Start(index);
                break;
            default:
                if (host.IsAlive && !host.IsSuspended)
                {
                    mesh[index].Bus.Table("t").Put($"k.{random.Next(50)}", BitConverter.GetBytes(random.NextBits()));
                }

                break;
        }
    }
}
