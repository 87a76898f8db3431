// SPDX-License-Identifier: MIT
using AudioMesh.Backends;
using AudioMesh.Clock;
using AudioMesh.Graph;
using AudioMesh.Graph.Nodes;
using AudioMesh.Network.Time;
using AudioMesh.Network.Transport;
using AudioMesh.Realtime;

namespace AudioMesh.Network.Tests.Transport;

/// <summary>Tempo, and the click that is made of it.</summary>
internal sealed class TempoTests
{
    private const int Rate = 48_000;

    [TestCase(0.0, 0, 0, 0.0)]
    [TestCase(0.3, 0, 1, 0.5)]
    [TestCase(1.9, 1, 0, 2.0)]
    [TestCase(3.6, 2, 0, 4.0)]
    [TestCase(4.1, 2, 1, 5.0)]
    [TestCase(6.5, 3, 0, 7.0)]
    [TestCase(-0.6, -1, 3, -0.5)]
    public void Beats_follow_tempo_and_meter(double seconds, int bar, int beat, double at)
    {
        TempoMap tempo = new([new TempoSegment(0, 120, 4, 4), new TempoSegment(2, 60, 3, 4)]);
        TempoPoint point = tempo.BeatFrom(seconds);
        Assert.That((point.Bar, point.Beat), Is.EqualTo((bar, beat)));
        Assert.That(point.Seconds, Is.EqualTo(at).Within(1e-9));
    }

    [TestCase(0.0, 0, 0, 0.0, 0)]
    [TestCase(0.75, 0, 1, 0.5, 0)]
    [TestCase(3.999, 1, 3, 0.998, 4)]
    [TestCase(4.0, 2, 0, 0.0, 8)]
    [TestCase(7.5, 3, 0, 0.5, 11)]
    [TestCase(-0.25, -1, 3, 0.5, -4)]
    public void A_moment_lies_in_a_beat_of_a_bar_and_the_bar_begins_after_so_many_beats(double seconds, int bar, int beat, double passed, double barStart)
    {
        TempoMap tempo = new([new TempoSegment(0, 120, 4, 4), new TempoSegment(2, 60, 3, 8)]);
        BeatPosition at = tempo.At(seconds);
        Assert.That((at.Bar, at.Beat, at.BarStartBeats), Is.EqualTo((bar, beat, barStart)));
        Assert.That(at.Passed, Is.EqualTo(passed).Within(1e-9));
        Assert.That((at.BeatsPerMinute, at.BeatsPerBar, at.BeatUnit), Is.EqualTo(seconds < 4 ? (120, 4, 4) : (60, 3, 8)));
    }

    [TestCase(1, 120, 4, 4)]
    [TestCase(0, 0, 4, 4)]
    [TestCase(0, double.NaN, 4, 4)]
    [TestCase(0, 120, 0, 4)]
    [TestCase(0, 120, 4, 3)]
    public void A_tempo_that_makes_no_sense_is_refused(int bar, double bpm, int beats, int unit) =>
        Assert.That(() => new TempoMap([new TempoSegment(bar, bpm, beats, unit)]), Throws.TypeOf<AudioMeshException>().With.Property("Kind").EqualTo(AudioErrorKind.InvalidArgument));

    [TestCase(64, 0)]
    [TestCase(256, 777)]
    [TestCase(333, 12_345)]
    public void The_click_leaves_the_device_on_the_beat_whatever_its_latency_from_the_count_in_to_the_stop(int block, long latencyNs)
    {
        MeshTimebase timebase = new TimeService(1, new MeshTime(0), new TimeOptions()).Timebase;
        ClickTrack track = new(timebase);
        MeshTime at = new(3_000_000_123);
        track.Expect(new TransportOrder(1, TransportAction.LocateStart, at, 96_000), 4, Rate, TempoMap.Default);
        track.Expect(new TransportOrder(2, TransportAction.Stop, at.Add(2_100_000_000)), 0, Rate, TempoMap.Default);
        NodeType type = ClickNode.Add(NodeCatalogue.CreateDefault(), track).Find("click");
        using GraphNode node = type.Create(new NodeArguments(type, new Dictionary<string, ParameterValue> { ["db"] = 0 }));
        node.Prepare(new GraphFormat(Rate, block));
        List<double> beats = Onsets(node, block, latencyNs);
        double[] expected = [.. Enumerable.Range(-4, 9).Select(beat => 3.000000123 + (beat * 0.5))];
        Assert.That(beats, Has.Count.EqualTo(expected.Length));
        Assert.That(beats.Zip(expected, (heard, wanted) => Math.Abs(heard - wanted) * Rate), Is.All.LessThanOrEqualTo(0.51), "half a frame at most");
    }

    private static unsafe List<double> Onsets(GraphNode node, int block, long latencyNs)
    {
        DevicePorts ports = new();
        EventQueue<RenderEvent> events = new(2);
        float[] sound = new float[block];
        List<double> onsets = [];
        double quietSince = 0;
        fixed (float* channel = sound)
        {
            float* channels = channel;
            for (long position = 0; position < 6L * Rate; position += block)
            {
                MeshTime output = new(new FrameCount(position).ToNanoseconds(Rate) + latencyNs);
                node.Process(new RenderContext(block, new FrameCount(position), output, ports, events, Rate, long.MaxValue), default, new BlockView(&channels, 1, block, FrameFlags.None));
                for (int i = 0; i < block; i++)
                {
                    double now = (output.Nanoseconds * 1e-9) + ((double)i / Rate);
                    if (sound[i] > 0.99 && now - quietSince > 0.05)
                    {
                        onsets.Add(now);
                        quietSince = now;
                    }
                }
            }
        }

        return onsets;
    }
}
