// SPDX-License-Identifier: MIT
using AudioMesh.Graph;

namespace AudioMesh.Engine.Tests;

/// <summary>Many edits are heard together or not at all.</summary>
internal sealed class GraphChangeTests : EngineFixture
{
    [Test]
    public void Edits_of_one_change_are_heard_in_the_same_period()
    {
        Open(inputChannels: 1);
        Engine.Start();
        float[] ones = new float[64];
        Array.Fill(ones, 1);
        Device.Pull(64, [ones]);
        Engine.Change(change =>
        {
            GraphNode source = change.CreateNode("device_source", new Dictionary<string, ParameterValue> { ["channels"] = 1 });
            GraphNode mixer = change.CreateNode("mixer", new Dictionary<string, ParameterValue> { ["channels"] = 1 });
            change.Connect(source, mixer);
            change.Connect(mixer, change.CreateNode("device_sink", new Dictionary<string, ParameterValue> { ["channels"] = 1 }));
        });
        float[] heard = Device.Pull(640, [Repeat(ones, 10)])[0];
        Assert.That(heard[^1], Is.EqualTo(1f));
        Assert.That(LargestStep(heard), Is.LessThan(0.02f));
    }

    [Test]
    public void A_change_that_fails_leaves_everything_as_it_was()
    {
        int tone = Add("tone", ("freq", 440));
        int gain = Add("gain", ("db", -6));
        Engine.Connect(tone, gain);
        Assert.That(
            () => Engine.Change(change =>
            {
                change.SetParameters(change.Find(gain), new Dictionary<string, ParameterValue> { ["db"] = 0 });
                change.CreateNode("tone", new Dictionary<string, ParameterValue>(), "another");
                change.DestroyNode(change.Find(tone));
                change.Connect(change.Find(gain), change.Find("nobody"));
            }),
            Throws.TypeOf<AudioMeshException>().With.Property("Kind").EqualTo(AudioErrorKind.NotFound));
        (IReadOnlyList<GraphNode> nodes, IReadOnlyList<(int From, int To)> connections) = Engine.GetGraph();
        Assert.That(nodes.Select(node => node.Id), Is.EqualTo((int[])[tone, gain]));
        Assert.That(connections, Is.EqualTo(((int, int)[])[(tone, gain)]));
        Assert.That(Engine.FindNode(gain).Get("db")!.Value.Number, Is.EqualTo(-6));
        Assert.That(Add("mixer"), Is.EqualTo(gain + 1), "no number was used up");
    }

    [Test]
    public void A_value_that_is_refused_takes_back_those_before_it()
    {
        int gain = Add("gain", ("db", -6));
        int delay = Add("delay", ("longest", 10));
        Assert.That(
            () => Engine.Change(change =>
            {
                change.SetParameters(change.Find(gain), new Dictionary<string, ParameterValue> { ["db"] = 3 });
                change.SetParameters(change.Find(delay), new Dictionary<string, ParameterValue> { ["ms"] = 11 });
            }),
            Throws.TypeOf<AudioMeshException>());
        Assert.That(Engine.FindNode(gain).Get("db")!.Value.Number, Is.EqualTo(-6));
    }

    [Test]
    public void Names_are_given_found_and_not_given_twice()
    {
        int lead = Engine.CreateNode("tone", new Dictionary<string, ParameterValue>(), "lead").Id;
        int other = Add("tone");
        Assert.That(Engine.FindNode("lead").Id, Is.EqualTo(lead));
        Assert.That(Engine.FindNode(other).Name, Is.EqualTo($"tone-{other}"));
        Assert.That(
            () => Engine.CreateNode("gain", new Dictionary<string, ParameterValue>(), "lead"),
            Throws.TypeOf<AudioMeshException>().With.Property("Field").EqualTo("name"));
        Engine.DestroyNode(lead);
        Assert.That(Engine.CreateNode("gain", new Dictionary<string, ParameterValue>(), "lead").Id, Is.GreaterThan(other));
        Assert.That(() => Engine.CreateNode("gain", new Dictionary<string, ParameterValue>(), new string('x', 65)), Throws.TypeOf<AudioMeshException>());
        Engine.CreateNode("gain", new Dictionary<string, ParameterValue>(), "tone-5");
        Assert.That(Engine.FindNode(Add("tone")).Name, Is.EqualTo("tone-5'"));
    }

    [Test]
    public void Nodes_without_a_name_are_found_by_their_number()
    {
        GraphTopology topology = new();
        for (int id = 1; id <= 2; id++)
        {
            NodeType type = Engine.Nodes.Find("mixer");
            GraphNode node = type.Create(new NodeArguments(type, new Dictionary<string, ParameterValue>()));
            node.Id = id;
            topology.Add(node);
        }

        topology.Remove(topology.Find(1));
        Assert.That(topology.Nodes.Single(), Is.SameAs(topology.Find(2)));
        Assert.That(() => topology.Find(""), Throws.TypeOf<AudioMeshException>());
    }

    private static float[] Repeat(float[] block, int times) => [.. Enumerable.Repeat(block, times).SelectMany(x => x)];
}
