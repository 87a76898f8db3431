// SPDX-License-Identifier: MIT
using System.Text;
using AudioMesh.Clock;
using AudioMesh.Control;
using AudioMesh.Engine;
using AudioMesh.Graph;
using AudioMesh.Network.Parameters;
using AudioMesh.Network.Tests.Bus;

namespace AudioMesh.Network.Tests.Parameters;

/// <summary>A parameter sets a node of a graph.</summary>
internal sealed class NodeSetterTests
{
    [Test]
    public void What_one_host_sets_is_set_in_the_graph_of_another()
    {
        using LanMesh mesh = new(2);
        mesh.Run(5);
        using AudioEngine engine = new(new AudioEngineOptions());
        using ControlSession session = new(engine);
        int gain = engine.CreateNode("gain", new Dictionary<string, ParameterValue> { ["channels"] = 1 }).Id;
        SharedParameters a = Of(mesh[0]);
        SharedParameters b = Of(mesh[1]);
        a.Declare("mixer", new ParameterDescriptor("db", ParameterKind.Number, "How loud.") { Min = -60, Max = 12, Default = -6.0, Unit = "dB" });
        mesh.Run(0.1);
        using IDisposable bound = b.Bind("mixer", "db", NodeSetter.For(session, gain, "db", ParameterKind.Number));
        mesh.Run(0.1);
        Assert.That(engine.FindNode(gain).Get("db")?.Number, Is.EqualTo(-6), "what it is already");
        a.Set("mixer", "db", -20);
        mesh.Run(0.1);
        Assert.That(engine.FindNode(gain).Get("db")?.Number, Is.EqualTo(-20));
        Assert.That(mesh[1].Bus.Statistics.Faults, Is.Zero);
        engine.DestroyNode(gain);
        a.Set("mixer", "db", -30);
        mesh.Run(0.1);
        Assert.That(mesh[1].Bus.Statistics.Faults, Is.Positive, "what the engine answers as an error");
    }

    [Test]
    public void The_request_says_when_and_how_fast()
    {
        string request = Encoding.UTF8.GetString(NodeSetter.Request(4, "db", ParameterKind.Number, -12, new MeshTime(5_000_000_000), 50));
        Assert.That(request, Is.EqualTo("{\"cmd\":\"set\",\"id\":4,\"args\":{\"db\":-12},\"at\":5000000000,\"ramp_ms\":50}"));
        string plain = Encoding.UTF8.GetString(NodeSetter.Request(4, "mute", ParameterKind.Flag, true, MeshTime.Unknown, 0));
        Assert.That(plain, Is.EqualTo("{\"cmd\":\"set\",\"id\":4,\"args\":{\"mute\":true}}"));
    }

    private static SharedParameters Of(LanMember member) => new(
        member.Bus, new SharedParametersOptions { MeshClock = () => member.Session.Timebase.ToMesh(member.Host.Now) });
}
