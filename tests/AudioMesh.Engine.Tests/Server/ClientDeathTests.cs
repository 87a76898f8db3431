// SPDX-License-Identifier: MIT
using AudioMesh.Control;
using AudioMesh.Testing;

namespace AudioMesh.Engine.Tests.Server;

/// <summary>What is heard when a client goes.</summary>
[NonParallelizable]
internal sealed class ClientDeathTests : EngineFixture
{
    private const int Limit = 200_000;

    [Test]
    public async Task A_client_that_dies_fades_out_and_is_gone_and_another_is_heard_as_before()
    {
        Assume.That(OperatingSystem.IsLinux(), "The test's own end of the socket is Linux's.");
        using TemporaryFolder folder = new();
        await using ControlServer server = new(Engine, folder.PathOf("engine.sock"));
        Open(inputChannels: 1, outputChannels: 1);
        Engine.CreateNode("device_source", new Dictionary<string, Graph.ParameterValue> { ["channels"] = 1 }, "in");
        Engine.CreateNode("device_sink", new Dictionary<string, Graph.ParameterValue> { ["channels"] = 1 }, "out");
        Engine.Start();
        RawClient dies = Play(folder.PathOf("engine.sock"));
        using RawClient stays = Play(folder.PathOf("engine.sock"));
        float[] before = PullOnes(2048);
        Assert.That(before[^1], Is.EqualTo(2f), "both are heard");
        dies.Dispose();
        List<float> after = [];
        while (after.Count < Limit && (after.Count == 0 || after[^1] != 1f || Engine.GetGraph().Nodes.Count > 3))
        {
            after.AddRange(PullOnes(64));
        }

        Assert.That(after[^1], Is.EqualTo(1f), "one is heard");
        Assert.That(after, Has.All.InRange(1f, 2f));
        Assert.That(LargestStep([.. after]), Is.LessThan(2f / Graph.RampedValue.RampFrames));
    }

    private RawClient Play(string path)
    {
        RawClient client = new(path);
        WhilePulling(() =>
        {
            int gain = client.Ask("""{"cmd":"create_node","type":"gain","args":{"channels":1}}""").GetProperty("id").GetInt32();
            Assert.That(client.Ask($$"""{"cmd":"connect","from":"in","to":{{gain}}}""").GetProperty("ok").GetBoolean());
            Assert.That(client.Ask($$"""{"cmd":"connect","from":{{gain}},"to":"out"}""").GetProperty("ok").GetBoolean());
        });
        return client;
    }

    private float[] PullOnes(int frames)
    {
        float[] ones = new float[64];
        Array.Fill(ones, 1f);
        return [.. Enumerable.Range(0, frames / 64).SelectMany(_ => Device.Pull(64, [ones])[0])];
    }
}
