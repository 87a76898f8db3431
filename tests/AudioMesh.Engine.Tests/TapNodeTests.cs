// SPDX-License-Identifier: MIT
using AudioMesh.Graph;
using AudioMesh.Graph.Nodes;
using AudioMesh.Realtime;
using AudioMesh.Testing;

namespace AudioMesh.Engine.Tests;

/// <summary>What the device plays, heard again inside the graph.</summary>
internal sealed class TapNodeTests : EngineFixture
{
    [Test]
    public void A_tap_gives_the_sum_of_all_that_plays_whatever_was_made_first()
    {
        Open(inputChannels: 2);
        int tap = Add("tap");
        int sink = Add("app_sink", ("frames", 8192));
        Chain(tap, sink);
        Chain(Add("device_source", ("channels", 1)), Add("device_sink", ("channels", 1)));
        Chain(Add("device_source", ("channels", 1), ("first", 1)), Add("device_sink", ("channels", 1)));
        Chain(Add("tone", ("channels", 1), ("wave", "pink")), Add("device_sink", ("channels", 1), ("first", 1)));
        Engine.Start();
        float[][] input = [new float[4096], new float[4096]];
        new RepeatableRandom(1).Fill(input[0]);
        new RepeatableRandom(2).Fill(input[1]);
        float[][] played = Device.Pull(4096, input);
        float[] taken = new float[2 * 4096];
        FrameRing ring = ((IRingNode)Engine.FindNode(sink)).Ring;
        for (int done = 0; done < taken.Length;)
        {
            int frames = ring.Reader.Read(taken.AsSpan(done), out _);
            Assert.That(frames, Is.Positive);
            done += 2 * frames;
        }

        Assert.That(Enumerable.Range(0, 4096).Select(i => taken[2 * i]), Is.EqualTo(played[0]));
        Assert.That(Enumerable.Range(0, 4096).Select(i => taken[(2 * i) + 1]), Is.EqualTo(played[1]));
        Assert.That(played[0], Is.EqualTo(Enumerable.Range(0, 4096).Select(i => input[0][i] + input[1][i])));
    }

    [Test]
    public void A_tap_that_would_hear_itself_is_refused_and_the_path_named()
    {
        Open();
        int sink = Add("device_sink");
        int tap = Add("tap");
        int gain = Add("gain");
        Chain(tap, gain);
        AudioMeshException error = Assert.Throws<AudioMeshException>(() => Engine.Connect(gain, sink))!;
        Assert.That(error.Message, Does.Contain($"{sink} > {tap} > {gain} > {sink}"));
    }

    [Test]
    public void A_tap_of_channels_nobody_plays_on_is_silent()
    {
        Open(inputChannels: 1, outputChannels: 2);
        int meter = Add("meter", ("channels", 4));
        Chain(Add("tap", ("channels", 4)), meter);
        Chain(Add("tone", ("channels", 1)), Add("device_sink", ("channels", 1)));
        Engine.Start();
        Device.Pull(1024);
        Assert.That(Engine.FindNode(meter).Get("peak_db")!.Value.Text, Does.Match(@"^-?0\.0 -120\.0 -120\.0 -120\.0$"));
    }
}
