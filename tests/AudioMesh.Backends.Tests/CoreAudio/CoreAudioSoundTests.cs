// SPDX-License-Identifier: MIT
using AudioMesh.Backends.CoreAudio;
using AudioMesh.Clock;

namespace AudioMesh.Backends.Tests.CoreAudio;

/// <summary>Every sample to its place and its time, whatever the layout and the length of a cycle.</summary>
[TestFixture]
internal sealed class CoreAudioSoundTests : CoreAudioFixture
{
    private const string Odd = "odd";

    [TestCase(new[] { 2 }, 2)]
    [TestCase(new[] { 2 }, 1)]
    [TestCase(new[] { 1, 1, 1 }, 2)]
    [TestCase(new[] { 2, 1, 5 }, 8)]
    [TestCase(new[] { 2, 1, 5 }, 4)]
    [TestCase(new[] { 1, 3, 1, 2 }, 6)]
    [TestCase(new[] { 16 }, 3)]
    public void Plays_to_the_first_channels_of_any_layout_and_silence_to_the_rest(int[] widths, int channels)
    {
        Hal.Add(new FakeDevice(Odd, widths, []));
        Renderer renderer = new();
        CoreAudioBackend backend = NewRunning(new StreamRequest { Device = Odd, OutputChannels = channels }, renderer);
        Assert.That(renderer.AwaitFrames(4000), Is.True);
        backend.Close();
        float[][] played = Hal.TakePlayed(Odd, widths.Sum());
        Assert.That(Ramp.CountFollowing(played[..channels], out long first), Is.EqualTo(renderer.Frames));
        Assert.That(first, Is.Zero);
        Assert.That(played[channels..].All(silent => Array.TrueForAll(silent, sample => sample == 0)), Is.True);
    }

    [TestCase(new[] { 2 }, 2)]
    [TestCase(new[] { 1, 1, 1 }, 2)]
    [TestCase(new[] { 2, 1, 5 }, 8)]
    [TestCase(new[] { 2, 1, 5 }, 4)]
    [TestCase(new[] { 1, 3, 1, 2 }, 6)]
    public void Records_the_first_channels_of_any_layout(int[] widths, int channels)
    {
        int all = widths.Sum();
        Hal.Add(new FakeDevice(Odd, [], widths));
        Hal.Feed(Odd, Interleaved(4000, all), all);
        Renderer renderer = new(channels, 5000);
        CoreAudioBackend backend = NewRunning(new StreamRequest { Device = Odd, OutputChannels = 0, InputChannels = channels }, renderer);
        Assert.That(renderer.AwaitFrames(5000), Is.True);
        backend.Close();
        for (int channel = 0; channel < channels; channel++)
        {
            for (int i = 0; i < 4000; i++)
            {
                Assert.That(renderer.Inputs[channel][i], Is.EqualTo(Ramp.At(i, channel, all)));
            }

            Assert.That(Array.TrueForAll(renderer.Inputs[channel][4000..], sample => sample == 0), Is.True);
        }
    }

    [Test]
    public void Plays_and_records_at_once_on_one_device()
    {
        Hal.Feed(Interface, Interleaved(3000, 2), 2);
        Renderer renderer = new(2, 3000);
        CoreAudioBackend backend = NewRunning(new StreamRequest { Device = Interface, InputChannels = 2, OutputChannels = 4 }, renderer);
        Assert.That(renderer.AwaitFrames(3000), Is.True);
        backend.Close();
        Assert.That(Ramp.CountFollowing(renderer.Inputs, out _), Is.EqualTo(3000));
        Assert.That(Ramp.CountFollowing(Hal.TakePlayed(Interface, 4), out _), Is.EqualTo(renderer.Frames));
    }

    [Test]
    public void Cycles_of_varying_length_lose_nothing()
    {
        Hal.Add(new FakeDevice(Odd, [2], [3]) { BufferFrames = 100, VariableMax = 117 });
        Hal.Feed(Odd, Interleaved(5000, 3), 3);
        Renderer renderer = new(3, 5000);
        CoreAudioBackend backend = NewRunning(new StreamRequest { Device = Odd, InputChannels = 3 }, renderer);
        Assert.That(renderer.AwaitFrames(5000), Is.True);
        backend.Close();
        Assert.That(renderer.Blocks.Select(block => block.Frames).Distinct().Order(), Is.EqualTo(Enumerable.Range(100, 18)));
        Assert.That(Ramp.CountFollowing(renderer.Inputs, out _), Is.EqualTo(5000));
        Assert.That(Ramp.CountFollowing(Hal.TakePlayed(Odd, 2), out _), Is.EqualTo(renderer.Frames));
    }

    [Test]
    public void A_cycle_longer_than_any_block_comes_in_parts()
    {
        Hal.Add(new FakeDevice(Odd, [2, 1], [2]) { BufferFrames = 4096, BufferMax = 20_000, Rates = [192_000] });
        Hal.Feed(Odd, Interleaved(60_000, 2), 2);
        Renderer renderer = new(2, 60_000);
        CoreAudioBackend backend = NewRunning(new StreamRequest { Device = Odd, OutputChannels = 3, InputChannels = 2 }, renderer);
        Hal.ChangeBuffer(Odd, 20_000);
        Assert.That(renderer.AwaitFrames(60_000), Is.True);
        Assert.That(AwaitEvent(backend, DeviceEventKind.PeriodChanged).Value, Is.EqualTo(20_000));
        backend.Close();
        BlockRecord[] blocks = renderer.Blocks;
        int longest = Array.FindIndex(blocks, block => block.Frames == StreamRequest.MaxPeriodFrames);
        Assert.That(blocks[longest..(longest + 3)].Select(block => block.Frames), Is.EqualTo([8192, 8192, 20_000 - (2 * 8192)]));
        Assert.That(blocks[longest + 1].DeviceFrame, Is.EqualTo(blocks[longest].DeviceFrame + 8192));
        Assert.That(blocks[longest + 1].OutputTime - blocks[longest].OutputTime, Is.EqualTo(8192 * 1e9 / 192_000).Within(1));
        Assert.That(Ramp.CountFollowing(renderer.Inputs, out _), Is.EqualTo(60_000));
        Assert.That(Ramp.CountFollowing(Hal.TakePlayed(Odd, 3), out _), Is.EqualTo(renderer.Frames));
    }

    [TestCase(1, 1)]
    [TestCase(8, 8)]
    public void Another_layout_nobody_told_of_yet_is_silent_where_it_lacks_a_channel(int outputs, int inputs)
    {
        Hal.Add(new FakeDevice(Odd, [2], [2]));
        Renderer renderer = new(2, 20_000);
        CoreAudioBackend backend = NewRunning(new StreamRequest { Device = Odd, InputChannels = 2 }, renderer);
        Hal.HoldNotifications(true);
        Hal.ChangeLayout(Odd, outputs, inputs);
        Hal.Feed(Odd, Interleaved(2000, inputs), inputs);
        Assert.That(renderer.Await(20), Is.True);
        backend.Close();
        float[][] played = Hal.TakePlayed(Odd, outputs);
        Assert.That(Array.Exists(played[0], sample => sample != 0), Is.EqualTo(outputs == 1));
        Assert.That(Array.Exists(renderer.Inputs[0], sample => sample != 0), Is.EqualTo(inputs == 1));
        Assert.That(Array.Exists(renderer.Inputs[1], sample => sample != 0), Is.False);
    }

    [Test]
    public void Opening_takes_no_period_longer_than_a_block()
    {
        Hal.Add(new FakeDevice(Odd, [2], []) { BufferFrames = 10_000, BufferMax = 20_000 });
        Assert.That(New().Open(new StreamRequest { Device = Odd }, new Renderer()).PeriodFrames, Is.EqualTo(8192));
    }

    [Test]
    public void Block_times_are_mesh_time_and_as_far_apart_as_the_latencies_say()
    {
        Renderer renderer = new();
        CoreAudioBackend backend = NewRunning(new StreamRequest { Device = Interface, InputChannels = 2, PeriodFrames = 128 }, renderer);
        Assert.That(renderer.Await(100), Is.True);
        StreamInfo info = backend.Stream!;
        MeshTime now = MeshClock.Now;
        backend.Stop();
        double frameNs = 1e9 / info.Rate;
        foreach (BlockRecord block in renderer.Blocks)
        {
            // The host clock ticks every 42 ns.
            Assert.That((double)(block.OutputTime - block.PeriodTime), Is.EqualTo(info.OutputLatencyFrames * frameNs).Within(100));
            Assert.That((double)(block.PeriodTime - block.InputTime), Is.EqualTo(info.InputLatencyFrames * frameNs).Within(100));
            Assert.That(block.WakeTime - block.PeriodTime, Is.GreaterThan(-100), "woke before it was due");
            Assert.That(now - block.PeriodTime, Is.InRange(-1_000_000_000, 60_000_000_000));
        }
    }

    [Test]
    public void A_direction_that_is_not_open_has_no_times()
    {
        Renderer renderer = new(1, 10);
        CoreAudioBackend backend = NewRunning(new StreamRequest { Device = Mic, OutputChannels = 0, InputChannels = 1 }, renderer);
        Assert.That(renderer.Await(3), Is.True);
        backend.Stop();
        Assert.That(renderer.Blocks[0].OutputTime.IsKnown, Is.False);
        Assert.That(renderer.Blocks[0].InputTime.IsKnown, Is.True);
        Assert.That(backend.Stream!.OutputLatencyFrames, Is.Zero);
    }

    private static float[] Interleaved(int frames, int channels)
    {
        float[] samples = new float[frames * channels];
        for (int i = 0; i < samples.Length; i++)
        {
            samples[i] = Ramp.At(i / channels, i % channels, channels);
        }

        return samples;
    }
}
