// SPDX-License-Identifier: MIT
using System.Text;
using AudioMesh.Backends;
using AudioMesh.Network.Bus;
using AudioMesh.Network.Transport;
using AudioMesh.Testing;

namespace AudioMesh.Network.Tests.Transport;

/// <summary>What members of a mesh may send that are out of order: an agent answers, or does not, and moves nothing.</summary>
internal sealed class TransportFuzzTests
{
    private static readonly string[] Seeds =
    [
        """{"id":"00000000000000ff","action":"locate_start","at":36600000000000,"frame":48000,"rate":48000,"mesh":"0000000000000001","max_bound_ns":1000000,"count_in":4}""",
        """{"id":"00000000000000ff","rolling":true,"at":36600000000000,"frame":48000,"rate":48000,"mesh":"0000000000000001","count_in":0,"max_bound_ns":1e6,"hosts":["host1"]}""",
        """{"segments":[[0,120,4,4],[8,90.5,3,4]]}""",
        """{"mesh":"0000000000000001","utc_minus_mesh_ns":1000000000000000000}""",
        """{"host":"host0","driver":"jack","rate":48000,"period":64,"state":1,"frame":5,"at":5,"bound_ns":7,"time":1,"mesh":"01","not_ready":"","armed":false,"strayed":true,"beats":false,"xruns":0,"lead":5}""",
    ];

    [Test]
    public void Whatever_is_sent_an_agent_and_a_director_live_and_nothing_moves([Values(1UL, 2UL)] ulong seed)
    {
        TransportRig rig = new(seed, (64, null), (128, 0));
        RepeatableRandom random = new(seed);
        SendRubbish(rig, random);
        rig.Run(3);
        Assert.That(rig.Hosts.SelectMany(host => host.Heard), Is.Empty);
        Assert.That(rig.Hosts.Select(host => host.Agent.GetStatus().State), Is.All.EqualTo(TransportState.Stopped));
        DirectorRun run = rig.Carry(new DirectorPlan { Action = TransportAction.LocateStart, Frame = 48_000 });
        Assert.That(run.Phase, Is.EqualTo(DirectorPhase.Done), "and they still work");
    }

    private static void SendRubbish(TransportRig rig, RepeatableRandom random)
    {
        int refused = 0;
        for (int round = 0; round < 400; round++)
        {
            byte[] message = Mutate(Seeds[random.Next(Seeds.Length)], ref random);
            foreach (string what in (string[])["prepare", "fire", "cancel"])
            {
                rig.Hosts[0].Bus.Request($"mesh.transport.host1.{what}", message, 100, (in BusAnswer answer) => refused += answer.Error is null ? 0 : 1);
            }

            rig.Hosts[0].Bus.Publish("mesh.transport.host1.status", message);
            try
            {
                rig.Run(0.002);
            }
            catch (AudioMeshException error) when (error.Kind == AudioErrorKind.Protocol)
            {
                // A bus counts what its handlers throw.
            }
        }

        Assert.That(refused, Is.Positive);
    }

    private static byte[] Mutate(string text, ref RepeatableRandom random)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        for (int change = random.Next(4); change >= 0; change--)
        {
            bytes[random.Next(bytes.Length)] = (byte)random.NextBits();
        }

        return random.Next(4) == 0 ? bytes[..random.Next(bytes.Length)] : bytes;
    }
}
