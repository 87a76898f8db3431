// SPDX-License-Identifier: MIT
using System.Text;
using AudioMesh.Network.Hub;
using AudioMesh.Testing;

namespace AudioMesh.Network.Tests.Hub;

/// <summary>Members that send what no client sends.</summary>
internal sealed class HubFuzzTests
{
    private static readonly string[] Commands = ["hub_join", "hub_leave", "hub_set", "hub_sources", "quit", ""];

    private static readonly string[] Values =
    [
        "0", "1", "2", "-1", "64", "65", "4294967295", "4294967296", "1e300", "-0.5", "null", "true", "[]", "{}", "\"\"", "\"f32\"", "\"opus\"", "\"anna\"", "\"\\ud800\"",
        "{\"id\":1,\"rate\":48000,\"channels\":2,\"lane\":2,\"frames\":128,\"encoding\":\"f32\",\"repeat\":0,\"parity\":0}",
        "{\"channels\":2,\"encoding\":\"s16\",\"repeat\":0,\"parity\":0}",
        "{\"id\":1,\"rate\":1000,\"channels\":8,\"lane\":1,\"frames\":512,\"encoding\":\"opus\",\"repeat\":8,\"parity\":0}",
    ];

    private static readonly string[] Fields = ["name", "stream", "mix", "source", "gain_db", "pan", "mute", "solo", "after", "seq", "re", "ok", "sources", "more", "id", "change"];

    [Test]
    public void A_member_that_asks_for_nonsense_changes_nothing_for_the_others()
    {
        HubServerOptions options = new() { MinDepthMs = 1, MaxDepthMs = 20, Predicts = false, Mix = new HubOptions { MaxClients = 4, MaxSendChannels = 16, MaxReceiveChannels = 16 } };
        using HubRig rig = new(options);
        HubPlayer anna = rig.Add("anna", 300);
        HubPlayer ben = rig.Add("ben", 400);
        HubPlayer mallory = rig.Add("mallory", 500);
        rig.Run(2);
        mallory.Client.SetLevel("anna", new HubLevel(GainDb: -6));
        RepeatableRandom random = new(3);
        for (int round = 0; round < 3000; round++)
        {
            mallory.Session.SendControl(rig.Session.Id, Encoding.UTF8.GetBytes(Nonsense(random)));
            rig.Session.SendControl(ben.Session.Id, Encoding.UTF8.GetBytes(Nonsense(random)));
            if (round % 8 == 0)
            {
                rig.Run(0.005);
            }
        }

        for (int round = 0; round < 200; round++)
        {
            mallory.Session.SendControl(rig.Session.Id, Encoding.UTF8.GetBytes("{\"cmd\":\"hub_sources\"}"));
        }

        rig.Run(6);
        Assert.That(rig.Server.DroppedRequests, Is.GreaterThan(0), "nobody takes the others' room");
        Assert.That(rig.Server.Clients, Has.Count.LessThanOrEqualTo(4));
        Assert.That(rig.Server.Clients.Select(client => client.Name), Does.Contain("anna").And.Contain("ben"));
        Assert.That((anna.Client.State, ben.Client.State), Is.EqualTo((HubClientState.Joined, HubClientState.Joined)));
        Assert.That(anna.HowLoud(400), Is.EqualTo(HubPlayer.Amplitude).Within(2e-3));
        Assert.That(ben.HowLoud(300), Is.EqualTo(HubPlayer.Amplitude).Within(2e-3));
    }

    private static string Nonsense(RepeatableRandom random)
    {
        StringBuilder text = new($"{{\"cmd\":\"{Commands[random.Next(Commands.Length)]}\"");
        for (int fields = random.Next(5); fields > 0; fields--)
        {
            text.Append($",\"{Fields[random.Next(Fields.Length)]}\":{Values[random.Next(Values.Length)]}");
        }

        return text.Append('}').ToString();
    }
}
