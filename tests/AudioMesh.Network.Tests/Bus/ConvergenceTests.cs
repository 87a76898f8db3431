// SPDX-License-Identifier: MIT
using System.Globalization;
using AudioMesh.Network.Bus;
using AudioMesh.Network.Impairment;
using AudioMesh.Network.Tests.Simulation;
using AudioMesh.Testing;

namespace AudioMesh.Network.Tests.Bus;

/// <summary>All hosts hold the same in the end, whatever happened between.</summary>
internal sealed class ConvergenceTests
{
    private static readonly int Seeds = int.Parse(Environment.GetEnvironmentVariable("AUDIOMESH_BUS_SEEDS") ?? "8", CultureInfo.InvariantCulture);

    public static IEnumerable<ulong> SeedValues => Enumerable.Range(1, Seeds).Select(seed => (ulong)seed);

    [TestCaseSource(nameof(SeedValues))]
    public void After_partitions_losses_reorderings_and_clock_steps_all_hosts_hold_the_same(ulong seed)
    {
        RepeatableRandom random = new(seed);
        ImpairmentOptions link = new()
        {
            Delay = TimeSpan.FromMilliseconds(random.Next(20)),
            Jitter = TimeSpan.FromMilliseconds(random.Next(30)),
            Loss = GilbertElliott.Independent(random.Next(25) / 100.0),
            DuplicateShare = 0.05,
            ReorderShare = 0.1,
        };
        using LanMesh mesh = new(2 + random.Next(4), seed, link);
        mesh.Run(5);
        Dictionary<string, string> lastKnown = [];
        for (int step = 0; step < 60; step++)
        {
            LanMember member = mesh[random.Next(mesh.Members.Count)];
            switch (random.Next(12))
            {
                case 0:
                    mesh.Mesh.Partition([.. mesh.Mesh.Hosts.Where(_ => random.Next(2) == 0)]);
                    break;
                case 1:
                    mesh.Mesh.Heal();
                    break;
                case 2:
                    member.UtcOffsetNs += (random.Next(7_200) - 3_600) * 1_000_000_000L;
                    break;
                case 3:
                    member.Host.StepClock(TimeSpan.FromSeconds(random.Next(20) - 10));
                    break;
                case 4:
                    member.Host.Suspend(TimeSpan.FromSeconds(random.Next(40)));
                    break;
                case 5:
                    member.Bus.Table("t").Remove($"k.{random.Next(20)}");
                    break;
                default:
                    for (int i = random.Next(30); i >= 0; i--)
                    {
                        member.Bus.Table("t").Put($"k.{random.Next(20)}", BitConverter.GetBytes(random.NextBits()));
                    }

                    break;
            }

            mesh.Run(random.Next(3000) / 1000.0);
        }

        mesh.Mesh.Heal();
        mesh.Run(120);
        string[] held = [.. mesh.Members.Select(member => string.Join(' ', member.Bus.Table("t").Entries.Select(entry => $"{entry.Key}={Convert.ToHexString(entry.Value.Span)}@{entry.Stamp}")))];
        Assert.That(held.Distinct().Count(), Is.EqualTo(1), $"seed {seed}");
        Assert.That(mesh.Members.Select(member => member.Bus.Table("t").Digest).Distinct().Count(), Is.EqualTo(1));
        Assert.That(mesh.Members.Select(member => member.Bus.Statistics.Faults + member.Bus.Statistics.Refused), Has.All.Zero);

        // What is written after all that by somebody who knows it wins, whatever his clock shows.
        LanMember last = mesh[0];
        last.UtcOffsetNs = 0;
        last.Bus.Table("t").Put("k.1", "last"u8);
        mesh.Run(10);
        Assert.That(mesh.Members.All(member => member.Bus.Table("t").TryGet("k.1", out BusEntry? entry) && entry.Value.Span.SequenceEqual("last"u8)));
    }

    [Test]
    public void Ten_thousand_updates_a_second_from_four_writers_reach_everybody()
    {
        using LanMesh mesh = new(4);
        mesh.Run(4);
        int put = 0;
        foreach (LanMember member in mesh.Members)
        {
            int number = 0;
            member.Host.Every(TimeSpan.FromMilliseconds(1), () =>
            {
                for (int i = 0; i < 3 - (number % 2) && put < 20_000; i++)
                {
                    put++;
                    member.Bus.Table("t").Put($"p.{put % 1000}", BitConverter.GetBytes(put));
                }

                number++;
            });
        }

        mesh.Run(2.1);
        Assert.That(put, Is.EqualTo(20_000), "10,000 a second");
        mesh.Run(1);
        Assert.That(mesh.Members.Select(member => member.Bus.Table("t").Pending), Has.All.Zero);
        Assert.That(mesh.Members.Select(member => member.Bus.Statistics.Lost), Has.All.Zero);
        mesh.Run(8);
        Assert.That(mesh.Members.Select(member => member.Bus.Table("t").Digest).Distinct().Count(), Is.EqualTo(1));
        Assert.That(mesh[0].Bus.Table("t").Count, Is.EqualTo(1000));
    }

    [Test]
    public void The_last_values_are_kept_and_no_more()
    {
        using LanMesh mesh = new(2);
        mesh.Run(3);
        for (int i = 0; i < 40; i++)
        {
            mesh[i % 2].Bus.Table("t").Put("k", [(byte)i]);
            mesh.Run(0.01);
        }

        byte[] last = [.. mesh[1].Bus.Table("t").History("k").Select(entry => entry.Value.Span[0])];
        Assert.That(last, Is.EqualTo(Enumerable.Range(40 - BusLimits.History, BusLimits.History)));
    }

    [Test]
    public void Hosts_that_do_not_reach_each_other_agree_by_one_between()
    {
        using LanMesh mesh = new(3);
        mesh.Run(3);
        SimulatedHost[] hosts = [.. mesh.Mesh.Hosts];
        ImpairmentOptions none = LanMesh.Lan with { Loss = GilbertElliott.Independent(1) };
        mesh.Mesh.Connect(hosts[0], hosts[2], none, none);
        mesh.Run(5);
        mesh[0].Bus.Table("t").Put("k", "v"u8);
        mesh.Run(10);
        Assert.That(mesh[2].Bus.Table("t").TryGet("k", out BusEntry? entry) && entry.Stamp.Origin == "member0");
    }
}
