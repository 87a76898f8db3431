// SPDX-License-Identifier: MIT
using AudioMesh.Files;
using AudioMesh.Network.Hub;
using AudioMesh.Network.Wire;

namespace AudioMesh.Network.Tests.Hub;

/// <summary>A hub and its clients in virtual time.</summary>
internal sealed class HubServerTests
{
    private static readonly HubServerOptions Plain = new() { MinDepthMs = 1, MaxDepthMs = 20, Predicts = false };

    [TestCase(8)]
    [TestCase(64)]
    public void Everybody_hears_exactly_all_others(int clients)
    {
        using HubRig rig = new(Plain with { Mix = new HubOptions { MaxClients = clients, MaxSendChannels = clients, MaxReceiveChannels = clients } });
        HubPlayer[] players = [.. Enumerable.Range(0, clients).Select(i => rig.Add($"p{i}", 300 + (20 * i)))];
        rig.Run(5);
        Assert.That(players.Select(player => player.Client.State), Is.All.EqualTo(HubClientState.Joined));
        Assert.That(rig.Server.Clients.Select(client => client.IsThere), Is.All.True);
        foreach (HubPlayer listener in players.Take(8))
        {
            foreach (HubPlayer source in players)
            {
                double expected = source == listener ? 0 : HubPlayer.Amplitude;
                Assert.That(listener.HowLoud(source.Hertz), Is.EqualTo(expected).Within(HubPlayer.Amplitude / 20), $"{listener.Hertz} hears {source.Hertz}");
            }
        }
    }

    [Test]
    public void A_level_is_of_one_listener_and_one_source_and_waits_for_who_comes_later()
    {
        using HubRig rig = new(Plain);
        HubPlayer anna = rig.Add("anna", 300);
        HubPlayer ben = rig.Add("ben", 400);
        anna.Client.SetLevel("ben", new HubLevel(GainDb: -20));
        anna.Client.SetLevel("cleo", new HubLevel(IsMuted: true));
        rig.Run(2);
        HubPlayer cleo = rig.Add("cleo", 500);
        rig.Run(4);
        Assert.That(anna.HowLoud(400), Is.EqualTo(0.1 * HubPlayer.Amplitude).Within(5e-4));
        Assert.That(anna.HowLoud(500), Is.LessThan(5e-4));
        Assert.That(ben.HowLoud(500), Is.EqualTo(HubPlayer.Amplitude).Within(2e-3));
        Assert.That(cleo.HowLoud(400), Is.EqualTo(HubPlayer.Amplitude).Within(2e-3));
        Assert.That(anna.Client.Sources.Single(source => source.Name == "ben").Level.GainDb, Is.EqualTo(-20));
        anna.Client.SetLevel("cleo", new HubLevel());
        rig.Run(1);
        Assert.That(anna.HowLoud(500), Is.EqualTo(HubPlayer.Amplitude).Within(2e-3));
    }

    [Test]
    public void Coming_and_going_does_not_click()
    {
        using HubRig rig = new(Plain);
        HubPlayer anna = rig.Add("anna", 300);
        rig.Add("ben", 400);
        rig.Run(3);
        int from = anna.Heard.Count;
        HubPlayer cleo = rig.Add("cleo", 500);
        rig.Run(3);
        Assert.That(anna.HowLoud(500), Is.EqualTo(HubPlayer.Amplitude).Within(2e-3));
        cleo.Client.Dispose();
        rig.Run(2);
        Assert.That(anna.HowLoud(500), Is.LessThan(HubPlayer.Amplitude / 50));
        double slope = Math.Tau * (400 + 500) * HubPlayer.Amplitude / HubRig.Rate;
        Assert.That(anna.LargestStep(from), Is.LessThan(slope + (HubPlayer.Amplitude / 100)));
        Assert.That(rig.Events().Select(e => e.Kind), Is.EqualTo(new[]
        {
            HubEventKind.ClientJoined, HubEventKind.ClientJoined, HubEventKind.ClientJoined, HubEventKind.ClientLeft,
        }));
    }

    [Test]
    public void Who_is_lost_finds_its_seat_and_its_levels_again()
    {
        using HubRig rig = new(Plain);
        HubPlayer anna = rig.Add("anna", 300);
        HubPlayer ben = rig.Add("ben", 400);
        ben.Client.SetLevel("anna", new HubLevel(GainDb: -20));
        rig.Run(3);
        int seat = ben.Client.Id;
        rig.Mesh.Partition(rig.Mesh.Hosts[2]);
        rig.Run(10);
        Assert.That(rig.Server.Clients.Single(client => client.Name == "ben").IsThere, Is.False);
        Assert.That(ben.Client.State, Is.EqualTo(HubClientState.Seeking));
        Assert.That(anna.HowLoud(400), Is.LessThan(1e-3));
        rig.Mesh.Heal();
        rig.Run(6);
        Assert.That((ben.Client.State, ben.Client.Id), Is.EqualTo((HubClientState.Joined, seat)));
        Assert.That(ben.HowLoud(300), Is.EqualTo(0.1 * HubPlayer.Amplitude).Within(5e-4));
        Assert.That(anna.HowLoud(400), Is.EqualTo(HubPlayer.Amplitude).Within(2e-3));
        Assert.That(rig.Events().Select(e => e.Kind), Does.Contain(HubEventKind.ClientLost).And.Contain(HubEventKind.ClientReturned).And.Not.Contain(HubEventKind.ClientLeft));
    }

    [Test]
    public void A_seat_is_kept_for_a_while_and_then_given_up()
    {
        using HubRig rig = new(Plain with { KeepSeat = TimeSpan.FromSeconds(5) });
        rig.Add("anna", 300);
        rig.Add("ben", 400);
        rig.Run(2);
        rig.Mesh.Partition(rig.Mesh.Hosts[2]);
        rig.Run(20);
        Assert.That(rig.Server.Clients.Select(client => client.Name), Is.EqualTo(new[] { "anna" }));
    }

    [Test]
    public void A_name_that_is_taken_a_full_hub_and_too_many_channels_are_refused_by_name()
    {
        using HubRig rig = new(Plain with { MaxChannels = 2, Mix = new HubOptions { MaxClients = 2, MaxSendChannels = 4, MaxReceiveChannels = 4 } });
        HubPlayer anna = rig.Add("anna", 300);
        rig.Run(1);
        HubPlayer twin = rig.Add("anna", 400);
        HubPlayer wide = rig.Add("wide", 500, channels: 4);
        rig.Run(1);
        Assert.That((twin.Client.State, twin.Client.Refusal), Is.EqualTo((HubClientState.Refused, "The name 'anna' is taken.")));
        Assert.That(wide.Client.Refusal, Does.Contain("channels"));
        HubPlayer ben = rig.Add("ben", 600);
        HubPlayer late = rig.Add("late", 700);
        rig.Run(2);
        Assert.That(new[] { ben, late }.Select(player => player.Client.State), Is.EquivalentTo(new[] { HubClientState.Joined, HubClientState.Refused }));
        Assert.That(late.Client.Refusal + ben.Client.Refusal, Does.Contain("full"));
        anna.Client.Dispose();
        rig.Run(4);
        Assert.That(rig.Server.Clients, Has.Count.EqualTo(2), "whoever was refused goes on asking");
        Assert.That(rig.Server.Clients.Select(client => client.PeerId), Has.None.EqualTo(anna.Session.Id));
    }

    [Test]
    public void Another_key_gets_no_seat()
    {
        using HubRig rig = new(Plain);
        HubPlayer stranger = rig.Add("stranger", 300, key: SessionKey.FromSecret(new byte[32], "test"));
        rig.Run(3);
        Assert.That(rig.Server.Clients, Is.Empty);
        Assert.That(stranger.Client.State, Is.EqualTo(HubClientState.Seeking));
    }

    [Test]
    public void Requests_that_get_lost_are_asked_again()
    {
        using HubRig rig = new(Plain);
        Network.Impairment.ImpairmentOptions bad = HubRig.Lan with { Loss = Network.Impairment.GilbertElliott.Independent(0.3) };
        HubPlayer anna = rig.Add("anna", 300, link: bad);
        rig.Add("ben", 400, link: bad);
        anna.Client.SetLevel("ben", new HubLevel(GainDb: -12));
        rig.Run(8);
        Assert.That(anna.Client.State, Is.EqualTo(HubClientState.Joined));
        Assert.That(anna.Client.Sources.Single(source => source.Name == "ben").Level.GainDb, Is.EqualTo(-12));
    }

    [Test]
    public void A_hub_that_starts_anew_is_joined_again()
    {
        HubRig rig = new(Plain);
        HubPlayer anna = rig.Add("anna", 300);
        rig.Run(2);
        Assert.That(anna.Client.State, Is.EqualTo(HubClientState.Joined));
        ulong before = anna.Client.HubId;
        rig.Host.Kill();
        rig.Run(5);
        Assert.That(anna.Client.State, Is.EqualTo(HubClientState.Seeking));
        using Network.Session.ToastSession session = HubRig.SessionOn(rig.Host, "hub", rig.Host.Port, Sessions.Member.Key, Capabilities.Hub, []);
        using HubServer server = new(Plain with { HostClock = () => rig.Host.Now }, session);
        rig.Host.Every(TimeSpan.FromMilliseconds(10), server.Maintain);
        rig.Run(3);
        Assert.That((anna.Client.State, anna.Client.HubId != before), Is.EqualTo((HubClientState.Joined, true)));
        rig.Dispose();
    }

    [Test]
    public void A_period_allocates_nothing()
    {
        using HubRig rig = new(Plain);
        for (int i = 0; i < 8; i++)
        {
            rig.Add($"p{i}", 300 + (100 * i), channels: 2);
        }

        rig.Run(3);
        rig.Port.IsShut = true;
        Clock.MeshTime due = rig.Host.Now;
        long allocated = 0;
        for (int period = 0; period < 200; period++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            rig.Server.Process(due = due.Add(2_666_667));
            allocated += period < 20 ? 0 : GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.That(allocated, Is.Zero);
        Assert.That(rig.Port.Forgotten, Is.GreaterThan(8));
    }

    [Test]
    public void Every_stem_is_a_file_that_says_when_it_began()
    {
        string folder = Directory.CreateTempSubdirectory("hub-").FullName;
        try
        {
            double ended;
            using (HubRig rig = new(Plain with { RecordFolder = folder }))
            {
                rig.Add("anna", 300);
                rig.Add("../ben", 400, channels: 2);
                rig.Run(5);
                ended = rig.Session.Timebase.ToMesh(rig.Host.Now).Nanoseconds * 1e-9 * HubRig.Rate;
            }

            string[] files = [.. Directory.GetFiles(folder).Order(StringComparer.Ordinal)];
            Assert.That(files.Select(file => System.IO.Path.GetFileName(file)!), Is.EqualTo(new[] { "___ben-2.wav", "anna-1.wav" }).Or.EqualTo(new[] { "___ben-1.wav", "anna-2.wav" }));
            foreach (string file in files)
            {
                using IAudioFileReader reader = AudioFile.OpenRead(file);
                bool isAnna = file.Contains("anna", StringComparison.Ordinal);
                Assert.That((reader.Info.Rate, reader.Info.Channels), Is.EqualTo((HubRig.Rate, isAnna ? 1 : 2)));
                Assert.That(reader.Info.Frames, Is.GreaterThan(3 * HubRig.Rate));
                Assert.That(reader.Info.TimeReference + reader.Info.Frames, Is.EqualTo(ended).Within(2 * HubRig.Period), "mesh time in frames");
                float[] all = new float[reader.Info.Frames * reader.Info.Channels];
                Assert.That(reader.Read(all), Is.EqualTo(reader.Info.Frames));
                Assert.That(all.TakeLast(HubRig.Rate).Max(), Is.EqualTo(HubPlayer.Amplitude).Within(1e-3));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
