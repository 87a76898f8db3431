// SPDX-License-Identifier: MIT
using System.Net;
using AudioMesh.Clock;
using AudioMesh.Graph;
using AudioMesh.Network.Media;
using AudioMesh.Network.Session;
using AudioMesh.Network.Wire;
using AudioMesh.Realtime;

namespace AudioMesh.Network.Tests.Sessions;

/// <summary>Hosts with sockets and threads, on loopback.</summary>
public sealed unsafe class ToastHostTests
{
    private const int Rate = 48000;
    private const int Period = 64;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Test]
    public void What_one_sends_the_other_hears_bit_for_bit()
    {
        using ToastHost a = new(At("a", Member.Key));
        using ToastHost b = new(At("b", Member.Key, a));
        using OutgoingStream ramp = a.Session.Offer("ramp", Rate, 1, Period);
        using IncomingStream heard = b.Session.Subscribe(new SubscriptionOptions { Peer = "a", MinDepthMs = 20 });
        float* sent = stackalloc float[Period];
        float* read = stackalloc float[Period];
        List<float> all = [];
        float next = 1;
        DateTime end = DateTime.UtcNow + Patience;
        MeshTime due = MeshClock.Now;
        while (all.Count(sample => sample != 0) < Rate && DateTime.UtcNow < end)
        {
            for (int i = 0; i < Period; i++)
            {
                sent[i] = next++;
            }

            due = due.Add(new FrameCount(Period).ToNanoseconds(Rate));
            DeadlineTimer.WaitUntil(due);
            ramp.Sender.Send(&sent, Period, due, FrameFlags.None);
            if (heard.Receiver is { } receiver)
            {
                receiver.Read(&read, Period, due);
                all.AddRange(new ReadOnlySpan<float>(read, Period));
            }
        }

        float[] sounding = [.. all.SkipWhile(sample => sample == 0)];
        Assert.That(sounding, Has.Length.GreaterThan(Rate / 2), () => $"{b.Session.Peers.Count} peers, {ramp.TargetCount} targets");
        int longest = 0;
        for (int i = 1, run = 0; i < sounding.Length; i++)
        {
            run = sounding[i] == sounding[i - 1] + 1 ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        Assert.That(longest, Is.GreaterThan(10 * Period), "Frames follow each other as they were sent, unless this machine stalls.");
    }

    [Test]
    public void Who_has_another_key_is_neither_heard_nor_known()
    {
        SessionKey other = SessionKey.FromSecret(new byte[SessionKey.Bytes], "test");
        using ToastHost a = new(At("a", Member.Key));
        using ToastHost stranger = new(At("x", other, a));
        Assert.That(SpinWait.SpinUntil(() => a.Session.Drops[DropCause.OtherSession] > 0, Patience));
        Assert.That(a.Session.Peers, Is.Empty);
        Assert.That(stranger.Session.Peers, Is.Empty);
    }

    [Test]
    public void Who_falls_silent_is_lost_and_who_leaves_is_gone()
    {
        using ToastHost a = new(At("a", Member.Key));
        using ToastHost dies = new(At("dies", Member.Key, a));
        ToastHost leaves = new(At("leaves", Member.Key, a));
        Assert.That(SpinWait.SpinUntil(() => a.Session.Peers.Count(peer => peer.IsProven) == 2, Patience));
        dies.Port.Dispose();
        leaves.Dispose();
        List<(SessionEventKind, string)> events = [];
        bool both = SpinWait.SpinUntil(
            () =>
            {
                while (a.Session.TryTakeEvent(out SessionEvent? taken))
                {
                    events.Add((taken.Kind, taken.PeerName));
                }

                return events.Contains((SessionEventKind.PeerLost, "dies")) && events.Contains((SessionEventKind.PeerLeft, "leaves"));
            },
            Patience);
        Assert.That(both, () => string.Join(", ", events));
    }

    [Test]
    public void A_port_in_use_is_said_to_be()
    {
        using ToastHost a = new(At("a", Member.Key));
        ToastHostOptions same = At("b", Member.Key) with { Bind = a.Port.LocalAddress.ToEndPoint() };
        Assert.That(() => new ToastHost(same), Fails(AudioErrorKind.DeviceBusy));
    }

    [Test]
    public void A_host_on_loopback_reaches_nobody_beyond()
    {
        ToastHostOptions options = At("a", Member.Key) with { Contacts = [IPEndPoint.Parse("192.0.2.1:50505")] };
        Assert.That(() => new ToastHost(options), Fails(AudioErrorKind.InvalidArgument));
    }

    [Test]
    public void A_name_that_cannot_be_sent_is_refused()
    {
        Assert.That(() => new ToastHost(At(new string('n', 64), Member.Key)), Fails(AudioErrorKind.InvalidArgument));
        Assert.That(() => new ToastHost(At("", Member.Key)), Fails(AudioErrorKind.InvalidArgument));
    }

    [Test]
    public void An_engine_plays_a_stream_of_another()
    {
        using AudioMesh.Testing.TemporaryFolder folder = new();
        string key = KeyFiles.Write(folder);
        using ToastHosts hosts = new();
        using ToastMembership here = hosts.Join(new ToastSettings { Name = "here", Session = "s", KeyFile = key, Listen = "127.0.0.1:0" });
        using Engine.AudioEngine engine = new(new Engine.AudioEngineOptions { Nodes = ToastNodes.Add(NodeCatalogue.CreateDefault(), hosts) });
        Dictionary<string, ParameterValue> sending = new() { ["name"] = "there", ["session"] = "s", ["key_file"] = key, ["listen"] = "127.0.0.1:0", ["contacts"] = here.Host.Port.LocalAddress.ToString() };
        Dictionary<string, ParameterValue> hearing = new() { ["name"] = "here", ["session"] = "s", ["key_file"] = key, ["listen"] = "127.0.0.1:0", ["peer"] = "there" };
        int tone = engine.CreateNode("tone", new Dictionary<string, ParameterValue>()).Id;
        int sink = engine.CreateNode("toast_sink", sending).Id;
        int source = engine.CreateNode("toast_source", hearing).Id;
        int meter = engine.CreateNode("meter", new Dictionary<string, ParameterValue>()).Id;
        engine.Connect(tone, sink);
        engine.Connect(source, meter);
        engine.OpenDevice("null", new Backends.StreamRequest { Rate = Rate, PeriodFrames = 256 });
        engine.Start();
        bool plays = SpinWait.SpinUntil(() => engine.FindNode(source).Get("state")?.Text == "playing" && engine.FindNode(sink).Get("listeners")?.Number == 1, Patience);
        Assert.That(plays, () => $"{engine.FindNode(source).Get("state")}, {here.Host.Session.Peers.Count} peers");
        Assert.That(engine.FindNode(source).Get("address")?.Text, Is.EqualTo(here.Host.Port.LocalAddress.ToString()), "The node shares the host that was there.");
        Assert.That(engine.FindNode(source).Get("stream")?.Text, Is.EqualTo("main"));
    }

    private static ToastHostOptions At(string name, SessionKey key, params ToastHost[] contacts) => new()
    {
        Name = name,
        Key = key,
        Bind = new IPEndPoint(IPAddress.Loopback, 0),
        Contacts = [.. contacts.Select(contact => contact.Port.LocalAddress.ToEndPoint())],
    };

    private static NUnit.Framework.Constraints.IResolveConstraint Fails(AudioErrorKind kind) =>
        Throws.TypeOf<AudioMeshException>().With.Property(nameof(AudioMeshException.Kind)).EqualTo(kind);
}
