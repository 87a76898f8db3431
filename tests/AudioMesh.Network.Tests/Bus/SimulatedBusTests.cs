// SPDX-License-Identifier: MIT
using System.Text;
using AudioMesh.Network.Bus;
using AudioMesh.Network.Tests.Simulation;

namespace AudioMesh.Network.Tests.Bus;

/// <summary>The bus that tests stand on does what a bus does.</summary>
internal sealed class SimulatedBusTests
{
    [Test]
    public void Messages_answers_and_values_come_to_the_others()
    {
        SimulatedMesh mesh = new(1);
        SimulatedBusNetwork network = new();
        using SimulatedBus a = new(network, mesh.AddHost("one", new HostClock()), "anna");
        using SimulatedBus b = new(network, mesh.AddHost("two", new HostClock()), "ben");
        List<string> heard = [];
        b.Subscribe("jam.>", (in BusMessage message) => heard.Add($"{message.From} {message.Subject} {Encoding.UTF8.GetString(message.Payload)}"));
        b.Serve("ask.*", (in BusMessage request) => [.. request.Payload, 1]);
        a.Publish("jam.x.y", "hello"u8);
        BusAnswer taken = default;
        a.Request("ask.it", [7], 100, (in BusAnswer answer) => taken = answer);
        a.Table("t").Put("k", "v"u8);
        mesh.Run(TimeSpan.FromMilliseconds(10));
        Assert.That(heard, Is.EqualTo(["anna jam.x.y hello"]));
        Assert.That(taken.Payload, Is.EqualTo(new byte[] { 7, 1 }));
        Assert.That(b.Table("t").TryGet("k", out BusEntry? entry) && entry.Value.Span.SequenceEqual("v"u8));
    }
}
