// SPDX-License-Identifier: MIT
using System.Text;
using AudioMesh.Network.Bus;
using AudioMesh.Network.Impairment;
using AudioMesh.Network.Tests.Simulation;

namespace AudioMesh.Network.Tests.Bus;

/// <summary>The bus over sessions, in virtual time.</summary>
internal sealed class LanBusTests
{
    private static readonly ImpairmentOptions Lan = new() { Delay = TimeSpan.FromMicroseconds(100), Jitter = TimeSpan.FromMicroseconds(50) };
    private static readonly ImpairmentOptions Bad = new()
    {
        Delay = TimeSpan.FromMilliseconds(5),
        Jitter = TimeSpan.FromMilliseconds(20),
        Loss = GilbertElliott.Independent(0.2),
        DuplicateShare = 0.05,
    };

    private SimulatedMesh _mesh = null!;
    private List<LanMember> _members = null!;

    [SetUp]
    public void SetUpMesh() => (_mesh, _members) = (new SimulatedMesh(11), []);

    [TearDown]
    public void TearDownMembers() => _members.ForEach(member => member.Dispose());

    [Test]
    public void Messages_reach_subscribers_in_order_and_nobody_else()
    {
        (LanMember a, LanMember b, LanMember c) = Three(Lan);
        List<string> atB = [];
        List<string> atA = [];
        List<string> atC = [];
        b.Bus.Subscribe("jam.*.x", (in BusMessage message) => atB.Add($"{message.From} {message.Subject} {Encoding.UTF8.GetString(message.Payload)}"));
        a.Bus.Subscribe(">", (in BusMessage message) => atA.Add(message.Subject));
        c.Bus.Subscribe("jam.y", (in BusMessage message) => atC.Add(message.Subject));
        a.Bus.Publish("jam.1.x", "one"u8);
        a.Bus.Publish("jam.1.y", "no"u8);
        a.Bus.Publish("jam.2.x", "two"u8);
        _mesh.Run(TimeSpan.FromMilliseconds(10));
        Assert.That(atB, Is.EqualTo(["anna jam.1.x one", "anna jam.2.x two"]));
        Assert.That(atA, Has.Count.EqualTo(3), "the publisher hears itself");
        Assert.That(atC, Is.Empty);
    }

    [Test]
    public void Nothing_is_lost_doubled_or_out_of_order_on_a_bad_network()
    {
        (LanMember a, LanMember b, LanMember c) = Three(Bad, seconds: 10);
        Dictionary<string, List<int>> heard = [];
        foreach (LanMember member in _members)
        {
            member.Bus.Subscribe("n.>", (in BusMessage message) =>
            {
                Assert.That(message.Payload.Length, Is.EqualTo(LengthOf(BitConverter.ToInt32(message.Payload))));
                string key = $"{member.Bus.Name} {message.From}";
                heard.TryAdd(key, []);
                heard[key].Add(BitConverter.ToInt32(message.Payload));
            });
        }

        for (int i = 0; i < 400; i++)
        {
            byte[] payload = new byte[LengthOf(i)];
            BitConverter.TryWriteBytes(payload, i);
            _members[i % 3].Bus.Publish("n.x", payload);
            _mesh.Run(TimeSpan.FromMilliseconds(5));
        }

        _mesh.Run(TimeSpan.FromSeconds(30));
        Assert.That(heard, Has.Count.EqualTo(9));
        foreach ((string key, List<int> numbers) in heard)
        {
            Assert.That(numbers, Is.Ordered.And.Unique, key);
            Assert.That(numbers.Count, Is.InRange(133, 134), key);
        }

        Assert.That(a.Bus.Statistics.Resent, Is.Positive);
        Assert.That((a.Bus.Statistics.Pending, b.Bus.Statistics.Lost, c.Bus.Statistics.Refused), Is.EqualTo((0L, 0L, 0L)));
        static int LengthOf(int i) => i % 50 == 0 ? BusLimits.PayloadBytes : 4 + (i % 37);
    }

    [Test]
    public void A_request_is_answered_once_or_ends_in_a_named_error()
    {
        (LanMember a, LanMember b, LanMember c) = Three(Lan);
        b.Bus.Serve("b.double", (in BusMessage request) => [.. request.Payload, .. request.Payload]);
        b.Bus.Serve("b.fail", (in BusMessage request) => throw new AudioMeshException(AudioErrorKind.NotFound, "No such take.") { Field = "take" });
        b.Bus.Serve("b.bug", (in BusMessage request) => throw new InvalidOperationException("bug"));
        List<BusAnswer> answers = [];
        void Ask(string subject) => a.Bus.Request(subject, [1, 2], 1000, (in BusAnswer answer) => answers.Add(answer));
        foreach (string subject in (string[])["b.double", "b.fail", "b.bug", "nobody"])
        {
            Ask(subject);
            _mesh.Run(TimeSpan.FromMilliseconds(20));
        }

        Assert.That(answers, Has.Count.EqualTo(4));
        Assert.That((answers[0].From, answers[0].Payload), Is.EqualTo(("ben", new byte[] { 1, 2, 1, 2 })));
        Assert.That((answers[1].Error!.Kind, answers[1].Error!.Message, answers[1].Error!.Field), Is.EqualTo((AudioErrorKind.NotFound, "No such take.", "take")));
        Assert.That(answers[2].Error!.Kind, Is.EqualTo(AudioErrorKind.Internal));
        Assert.That(answers[3].Error!.Kind, Is.EqualTo(AudioErrorKind.NotFound));

        _mesh.Partition(a.Host);
        Ask("b.double");
        _mesh.Run(TimeSpan.FromMilliseconds(900));
        Assert.That(answers, Has.Count.EqualTo(4));
        _mesh.Run(TimeSpan.FromMilliseconds(200));
        Assert.That(answers[4].Error!.Kind, Is.EqualTo(AudioErrorKind.Timeout));
        _mesh.Heal();
        _mesh.Run(TimeSpan.FromSeconds(3));
        Assert.That(answers, Has.Count.EqualTo(5), "an answer that is late is none");
        Assert.That(c.Bus.Statistics.Faults, Is.Zero);
    }

    [Test]
    public void A_second_host_of_the_same_name_is_refused_until_the_first_has_gone()
    {
        (LanMember a, LanMember b, _) = Three(Lan);
        SimulatedHost late = _mesh.AddHost("late", new HostClock());
        _mesh.ConnectAll(Lan);
        LanMember twin = Add(late, "anna", a.Host.Address, b.Host.Address);
        _mesh.Run(TimeSpan.FromSeconds(3));
        Assert.That(a.Bus.IsConnected);
        Assert.That((twin.Bus.IsConnected, twin.Bus.Failure?.Kind), Is.EqualTo((false, AudioErrorKind.DeviceBusy)));
        Assert.That(() => twin.Bus.Publish("x", []), Throws.TypeOf<AudioMeshException>().With.Property("Field").EqualTo("name"));
        Assert.That(() => twin.Bus.Table("t").Put("x", []), Throws.TypeOf<AudioMeshException>());
        a.Host.Kill();
        _mesh.Run(TimeSpan.FromSeconds(5));
        Assert.That(twin.Bus.IsConnected, $"{twin.Bus.Failure}");
        twin.Bus.Table("t").Put("x", "1"u8);
        _mesh.Run(TimeSpan.FromSeconds(1));
        Assert.That(b.Bus.Table("t").Count, Is.EqualTo(1));
    }

    [Test]
    public void A_host_that_starts_anew_gets_what_is_there()
    {
        (LanMember a, LanMember b, LanMember c) = Three(Lan);
        for (int i = 0; i < 500; i++)
        {
            a.Bus.Table("t").Put($"key.{i}", Encoding.UTF8.GetBytes($"value {i}"));
        }

        a.Bus.Table("t").Remove("key.7");
        _mesh.Run(TimeSpan.FromSeconds(1));
        Assert.That(a.Bus.Table("t").Pending, Is.Zero);
        b.Host.Kill();
        _mesh.Run(TimeSpan.FromMilliseconds(500));
        LanMember again = Add(b.Host, "ben", a.Host.Address);
        List<string> watched = [];
        again.Bus.Table("t").Watch("key.>", entry => watched.Add(entry.Key));
        _mesh.Run(TimeSpan.FromSeconds(8));
        Assert.That((again.Bus.Table("t").Count, again.Bus.Table("t").Digest), Is.EqualTo((499, c.Bus.Table("t").Digest)));
        Assert.That(watched.Distinct().Count(), Is.EqualTo(500), "the one that was removed included");
    }

    [Test]
    public void Limits_are_kept_and_named()
    {
        (LanMember a, _, _) = Three(Lan);
        Assert.That(() => a.Bus.Publish("a..b", []), Fails(AudioErrorKind.InvalidArgument));
        Assert.That(() => a.Bus.Publish("a.*", []), Fails(AudioErrorKind.InvalidArgument));
        Assert.That(() => a.Bus.Publish(new string('a', 256), []), Fails(AudioErrorKind.InvalidArgument));
        Assert.That(() => a.Bus.Publish("a", new byte[BusLimits.PayloadBytes + 1]), Fails(AudioErrorKind.LimitExceeded));
        Assert.That(() => a.Bus.Subscribe("a.>.b", (in BusMessage _) => { }), Fails(AudioErrorKind.InvalidArgument));
        Assert.That(() => a.Bus.Request("a", [], 0, (in BusAnswer _) => { }), Fails(AudioErrorKind.InvalidArgument));
        Assert.That(() => a.Bus.Table("a.b"), Fails(AudioErrorKind.InvalidArgument));
        Assert.That(() => a.Bus.Table("t").Put("k", new byte[BusLimits.ValueBytes + 1]), Fails(AudioErrorKind.LimitExceeded));
        for (int i = 0; i < BusLimits.Subscriptions; i++)
        {
            a.Bus.Subscribe("x", (in BusMessage _) => { });
        }

        Assert.That(() => a.Bus.Subscribe("x", (in BusMessage _) => { }), Fails(AudioErrorKind.LimitExceeded));
        static NUnit.Framework.Constraints.IResolveConstraint Fails(AudioErrorKind kind) => Throws.TypeOf<AudioMeshException>().With.Property("Kind").EqualTo(kind);
    }

    private (LanMember A, LanMember B, LanMember C) Three(ImpairmentOptions link, int seconds = 3)
    {
        SimulatedHost[] hosts = [.. Enumerable.Range(0, 3).Select(i => _mesh.AddHost($"host {i}", new HostClock { Offset = TimeSpan.FromHours(i), Ppm = 40 - (i * 40) }))];
        _mesh.ConnectAll(link);
        LanMember a = Add(hosts[0], "anna");
        LanMember b = Add(hosts[1], "ben", hosts[0].Address);
        LanMember c = Add(hosts[2], "cleo", hosts[0].Address, hosts[1].Address);
        _mesh.Run(TimeSpan.FromSeconds(seconds));
        return (a, b, c);
    }

    private LanMember Add(SimulatedHost host, string name, params AudioMesh.Network.Sockets.PeerAddress[] contacts)
    {
        LanMember member = new(host, name, contacts);
        _members.Add(member);
        return member;
    }
}
