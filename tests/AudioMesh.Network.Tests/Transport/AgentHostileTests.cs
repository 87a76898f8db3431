// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;
using AudioMesh.Backends;
using AudioMesh.Network.Bus;
using AudioMesh.Network.Tests.Bus;
using AudioMesh.Network.Time;
using AudioMesh.Network.Transport;

namespace AudioMesh.Network.Tests.Transport;

/// <summary>What a member of the mesh may say to an agent that makes no sense: each is a named error, and no transport moves.</summary>
internal sealed class AgentHostileTests
{
    private const long YearNs = 31_536_000_000_000_000;
    private TransportRig _rig = null!;

    private TimebaseReading Time => _rig.Hosts[1].Node.Service.Timebase.Read();

    private long Now => Time.Map.ToMesh(_rig.Hosts[1].Host.Now.Nanoseconds).Nanoseconds;

    [SetUp]
    public void SetUp() => _rig = new TransportRig(5, (64, null), (128, 0));

    [TestCase("at", "0", "past")]
    [TestCase("at", "-9223372036854775808", "past")]
    [TestCase("at", "9223372036854775807", "too_far")]
    [TestCase("at", "year", "too_far")]
    [TestCase("at", "1e308", "protocol")]
    [TestCase("at", "NaN", "protocol")]
    [TestCase("at", "\"NaN\"", "protocol")]
    [TestCase("at", "null", "protocol")]
    [TestCase("frame", "9223372036854775807", "frame")]
    [TestCase("frame", "-9223372036854775808", "frame")]
    [TestCase("frame", "1e308", "protocol")]
    [TestCase("rate", "44100", "rate")]
    [TestCase("rate", "-1", "rate")]
    [TestCase("mesh", "\"00000000000000aa\"", "mesh")]
    [TestCase("mesh", "\"xyz\"", "protocol")]
    [TestCase("max_bound_ns", "0", "bound")]
    [TestCase("max_bound_ns", "-1", "protocol")]
    [TestCase("max_bound_ns", "NaN", "protocol")]
    [TestCase("id", "\"0000000000000000\"", "malformed")]
    [TestCase("id", "\"fffffffffffffffff\"", "protocol")]
    [TestCase("action", "\"explode\"", "protocol")]
    [TestCase("count_in", "1000000000", "protocol")]
    public void An_order_that_makes_no_sense_is_refused_by_name_and_moves_nothing(string member, string value, string code)
    {
        Assert.That(Ask("prepare", Order(member, value == "year" ? $"{Now + YearNs}" : value)), Is.EqualTo(code));
        Ask("fire", "{\"id\":\"00000000000000ff\"}");
        _rig.Run(3);
        AssertNobodyMoved();
    }

    [TestCase("")]
    [TestCase("[]")]
    [TestCase("{")]
    [TestCase("{\"id\":{\"id\":{\"id\":{\"id\":{\"id\":1}}}}}")]
    public void What_is_no_order_is_refused_by_name_and_moves_nothing(string text)
    {
        Assert.That(Ask("prepare", text), Is.EqualTo("protocol"));
        Assert.That(Ask("prepare", new string('x', BusLimits.PayloadBytes)), Is.EqualTo("protocol"), "as long as a message can be");
        Assert.That(Ask("arm", text), Is.EqualTo("protocol"));
        _rig.Run(1);
        AssertNobodyMoved();
    }

    [Test]
    public void An_order_that_is_said_again_is_carried_out_once_and_its_name_is_not_lent_to_another()
    {
        string order = Order("at", $"{Now + 1_000_000_000}");
        Assert.That(Ask("prepare", order), Is.EqualTo("ok"));
        Assert.That(Ask("prepare", order.Replace("48000,\"rate\"", "96000,\"rate\"", StringComparison.Ordinal)), Is.EqualTo("id_reused"));
        Assert.That(Ask("fire", "{\"id\":\"00000000000000ff\"}"), Is.EqualTo("ok"));
        _rig.Run(2);
        Assert.That(_rig.Hosts[1].Heard, Has.Count.EqualTo(1));
        for (int again = 0; again < 3; again++)
        {
            Ask("prepare", order);
            Ask("fire", "{\"id\":\"00000000000000ff\"}");
            _rig.Run(45);
        }

        Assert.That(Ask("prepare", order), Is.EqualTo("past"));
        Assert.That(_rig.Hosts[1].Heard, Has.Count.EqualTo(1));
    }

    [TestCase("-9223372036854775808")]
    [TestCase("9223372036854775807")]
    [TestCase("year")]
    [TestCase("1e308")]
    public void A_mesh_that_is_said_to_play_since_a_time_that_cannot_be_moves_nobody(string at)
    {
        string line = $"{{\"id\":\"00000000000000ff\",\"rolling\":true,\"at\":{(at == "year" ? $"{Now + YearNs}" : at)},\"frame\":48000,\"rate\":48000,\"mesh\":\"{Time.MeshId:x16}\",\"count_in\":0,\"max_bound_ns\":1e6,\"hosts\":[]}}";
        try
        {
            _rig.Hosts[0].Bus.Table("transport").Put("timeline", Encoding.UTF8.GetBytes(line));
            _rig.Run(3);
        }
        catch (AudioMeshException error) when (error.Kind == AudioErrorKind.Protocol)
        {
            // A bus counts what its handlers throw.
        }

        _rig.Run(3);
        AssertNobodyMoved();
    }

    [Test]
    public void A_status_counts_only_from_the_host_that_it_names()
    {
        byte[] status = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(StatusOf(_rig.Hosts[1])).Replace("host1", "ghost", StringComparison.Ordinal));
        _rig.Hosts[0].Bus.Publish("mesh.transport.ghost.status", status);
        _rig.Run(0.1);
        Assert.That(_rig.Director.Hosts.Select(host => host.Host), Is.EquivalentTo(new[] { "host0", "host1" }));
        using SimulatedBus ghost = new(_rig.Network, _rig.Hosts[0].Host, "ghost");
        ghost.Publish("mesh.transport.ghost.status", status);
        _rig.Run(0.1);
        Assert.That(_rig.Director.Hosts.Select(host => host.Host), Does.Contain("ghost"), "from itself it does");
    }

    private byte[] StatusOf(RigHost host)
    {
        byte[] status = [];
        using IDisposable heard = host.Bus.Subscribe($"mesh.transport.{host.Name}.status", (in BusMessage message) => status = message.Payload.ToArray());
        _rig.Run(0.5);
        Assert.That(status, Is.Not.Empty);
        return status;
    }

    private string Order(string member, string value)
    {
        Dictionary<string, string> members = new()
        {
            ["id"] = "\"00000000000000ff\"",
            ["action"] = "\"locate_start\"",
            ["at"] = (Now + 1_000_000_000).ToString(CultureInfo.InvariantCulture),
            ["frame"] = "48000",
            ["rate"] = "48000",
            ["mesh"] = $"\"{Time.MeshId:x16}\"",
            ["max_bound_ns"] = "1e7",
            ["count_in"] = "0",
        };
        members[member] = value;
        return $"{{{string.Join(',', members.Select(pair => $"\"{pair.Key}\":{pair.Value}"))}}}";
    }

    private string Ask(string what, string text)
    {
        string code = "";
        _rig.Hosts[0].Bus.Request($"mesh.transport.host1.{what}", Encoding.UTF8.GetBytes(text), 1000, (in BusAnswer answer) =>
            code = answer.Error?.Kind.ToCode() ?? (Encoding.UTF8.GetString(answer.Payload) is var json && json.Contains("\"ok\":true", StringComparison.Ordinal) ? "ok" : json.Split('"')[5]));
        _rig.Run(0.05);
        return code;
    }

    private void AssertNobodyMoved()
    {
        Assert.That(_rig.Hosts.SelectMany(host => host.Heard), Is.Empty);
        Assert.That(_rig.Hosts.Select(host => host.Agent.GetStatus().State), Is.All.EqualTo(TransportState.Stopped));
        Assert.That(_rig.Hosts[1].Agent.IsArmed, Is.False);
    }
}
