// SPDX-License-Identifier: MIT
using AudioMesh.Concealment;
using AudioMesh.Graph;
using AudioMesh.Graph.Nodes;
using AudioMesh.Realtime;
using AudioMesh.Testing;

namespace AudioMesh.Engine.Tests;

/// <summary>What an app source plays when its app is late: on a device that waits for models, so that the test decides what is trained.</summary>
internal sealed class AppGapTests : EngineFixture
{
    private const int Period = 64;
    private const int Rate = 48000;
    private const int Audible = Rate * 120 / 1000;

    private readonly List<float> _heard = [];
    private readonly List<FrameFlags> _flags = [];
    private AppSourceNode _source = null!;
    private FrameRing _sink = null!;
    private int _written;

    [SetUp]
    public void Forget()
    {
        _heard.Clear();
        _flags.Clear();
        _written = 0;
    }

    [Test]
    public void A_gap_is_filled_with_what_the_sound_before_foretells()
    {
        Begin();
        Play(8192);
        Miss(128);
        Play(4096);
        double error = 0;
        double power = 0;
        for (int i = 8192; i < 8192 + 128; i++)
        {
            error += Math.Pow(_heard[i] - Sound(i), 2);
            power += Math.Pow(Sound(i), 2);
        }

        Assert.That(10 * Math.Log10(error / power), Is.LessThan(-30), "dB");
        Assert.That(_heard[..8192], Is.EqualTo(Enumerable.Range(0, 8192).Select(Sound)));
        Assert.That(_heard[(8192 + 128 + 128)..], Is.EqualTo(Enumerable.Range(8192 + 128, 4096 - 128).Select(Sound)));
    }

    [Test]
    public void A_gap_begins_and_ends_without_a_step([Values(128, 1024, 9600)] int frames)
    {
        Begin();
        Play(8192);
        Miss(frames);
        Play(4096, from: 8192 + frames);
        Assert.That(LargestStep([.. _heard]), Is.LessThan(1.2 * LargestStep([.. Enumerable.Range(0, Rate).Select(Sound)])));
    }

    [Test]
    public void What_is_predicted_is_flagged_and_counted_while_it_is_heard()
    {
        Begin();
        Play(8192);
        Miss(Audible + Rate);
        Play(1024);
        EngineEvent open = Await(e => e.Value == "underrun");
        EngineEvent whole = Await(e => e.Value == "underrun");
        Assert.That((open.PredictedFrames, whole.PredictedFrames), Is.EqualTo(((long)Audible, (long)Audible)));
        Assert.That((whole.Frames, whole.NodeId), Is.EqualTo(((long)Audible + Rate, _source.Id)));
        Assert.That(_source.Get("predicted_frames")!.Value.Number, Is.EqualTo(Audible));
        Assert.That(Engine.GetTelemetry().PredictedFrames, Is.EqualTo(Audible));
        int gapAt = 8192 / Period;
        Assert.That(_flags[..gapAt], Is.All.EqualTo(FrameFlags.None));
        Assert.That(_flags[gapAt..(gapAt + (Audible / Period))], Is.All.EqualTo(FrameFlags.Predicted | FrameFlags.Dropout));
        Assert.That(_flags[(gapAt + (Audible / Period))..^16], Is.All.EqualTo(FrameFlags.Dropout));
        Assert.That(_flags[^16..], Is.All.EqualTo(FrameFlags.None));
        Assert.That(_heard[(8192 + Audible)..^1024], Is.All.Zero);
    }

    [Test]
    public void What_a_destroyed_source_counted_stays_in_the_engines_sums()
    {
        Begin();
        Play(8192);
        Miss(1024);
        Play(1024);
        Assert.That(Counted(), Is.EqualTo((1L, 1024L, 1024L)));
        Engine.DestroyNode(_source.Id);
        Assert.That(Counted(), Is.EqualTo((1L, 1024L, 1024L)), "while the device may still play it");
        Pull(Period);
        Add("tone");
        Assert.That(Counted(), Is.EqualTo((1L, 1024L, 1024L)), "when it is freed");
    }

    [Test]
    public void With_gaps_of_silence_nothing_is_predicted()
    {
        Begin(("gaps", "silence"));
        Play(8192);
        Miss(1024);
        Play(1024);
        EngineEvent gap = Await(e => e.Value == "underrun");
        Assert.That((gap.Frames, gap.PredictedFrames), Is.EqualTo((1024L, 0L)));
        Assert.That(_heard[(8192 + Declicker.DecayFrames)..(8192 + 1024)], Is.All.Zero);
        Assert.That(_flags, Has.None.Matches<FrameFlags>(flags => flags.HasFlag(FrameFlags.Predicted)));
        Assert.That((_source.Get("gaps")!.Value.Text, _source.Get("profile")!.Value.Text), Is.EqualTo(("silence", "")));
    }

    [Test]
    public void The_end_is_the_end_and_nothing_rings_on()
    {
        Begin();
        Play(8192 - 100);
        _source.Ring.Writer.Complete();
        Pull(4096);
        Assert.That(_heard[8191 - 100], Is.Not.Zero);
        Assert.That(_heard[(8192 - 100)..], Is.All.Zero);
        Assert.That((_source.Underruns, _source.Get("predicted_frames")!.Value.Number), Is.EqualTo((0L, 0.0)));
    }

    [Test]
    public void An_end_that_comes_late_fades_what_was_predicted_until_then()
    {
        Begin();
        Play(8192);
        Miss(256);
        _source.Ring.Writer.Complete();
        Pull(4096);
        Assert.That(LargestStep([.. _heard]), Is.LessThan(1.2 * LargestStep([.. Enumerable.Range(0, Rate).Select(Sound)])));
        Assert.That(_heard[(8192 + 256 + 128)..], Is.All.Zero);
        Assert.That(Await(e => e.Kind == EngineEventKind.Node).Frames, Is.EqualTo(8192));
    }

    [Test]
    public void Nothing_is_trained_while_the_ring_is_full_and_no_gap_can_be_near()
    {
        Begin(("frames", 1 << 15), ("depth", 9600));
        StreamConcealer concealer = _source.Gaps.Concealer!;
        Write(9600);
        for (int done = 0; done < Rate + Period; done += Period)
        {
            Pull(Period);
            Write(Period);
        }

        Assert.That(concealer.IsArmed, Is.False, "a second played, and the ring is full");
        long trained = concealer.Statistics.Trainings;
        Assert.That(trained, Is.GreaterThan(300));
        Pull(4800 + Period);
        Assert.That(concealer.IsArmed, Is.True, "less than half of its depth is left");
        Pull(4800);
        Assert.That(concealer.Statistics.Trainings - trained, Is.InRange(36, 41));
        Assert.That((concealer.Statistics.StaleFrames, concealer.Statistics.UnmodelledFrames, concealer.Statistics.SkippedTrainings), Is.EqualTo((0L, 0L, 0L)));
        Assert.That(concealer.Statistics.PredictedFrames, Is.Positive);
    }

    [Test]
    public void Confidence_tells_a_tone_from_noise([Values] bool isNoise)
    {
        Begin();
        RepeatableRandom random = new(1);
        float[] noise = new float[2 * 8192];
        random.Fill(noise);
        if (isNoise)
        {
            for (int i = 0; i < 8192; i += 1024)
            {
                _source.Ring.Writer.Write(noise.AsSpan(2 * i, 2 * 1024), Clock.MeshTime.Unknown, FrameFlags.None);
                Pull(1024);
            }
        }
        else
        {
            Play(8192);
        }

        Assert.That(_source.Get("confidence")!.Value.Number, isNoise ? Is.LessThan(0.3) : Is.GreaterThan(0.95));
        Assert.That(_source.Get("profile")!.Value.Text, Is.EqualTo("hq"), "what does not keep time trains with the best");
    }

    [Test]
    public void The_same_gaps_sound_the_same_to_the_bit()
    {
        Begin();
        float[] first = PlayWithGaps();
        TearDownEngine();
        SetUpEngine();
        Forget();
        Begin();
        Assert.That(PlayWithGaps(), Is.EqualTo(first));
    }

    [Test]
    public void A_gap_allocates_nothing_on_the_device_thread()
    {
        Begin();
        Device.Freewheels = false;
        PeriodProbe probe = new(Device);
        float[] block = new float[2 * 1024];
        AllocationGate.AssertNone(() =>
        {
            _source.Ring.Writer.Write(block, Clock.MeshTime.Unknown, FrameFlags.None);
            for (int i = 0; i < 20; i++)
            {
                probe.Pull();
            }
        });
        Assert.That(Engine.GetTelemetry().AllocatedBytes, Is.Zero);
        Assert.That(Engine.GetTelemetry().PredictedFrames, Is.GreaterThan(1000));
    }

    private static float Sound(int frame) =>
        (float)((0.4 * Math.Sin(frame * 0.0576)) + (0.2 * Math.Sin(frame * 0.0931)) + (0.1 * Math.Sin(frame * 0.211)));

    private void Begin(params (string Name, ParameterValue Value)[] arguments)
    {
        Device.Freewheels = true;
        Open(Period);
        (string Name, ParameterValue Value)[] small = [("frames", 1024), ("depth", 1024)];
        int source = Add("app_source", [.. small.Where(one => !arguments.Any(other => other.Name == one.Name)), .. arguments]);
        int sink = Add("app_sink", ("frames", 1 << 17));
        Chain(source, Add("device_sink"));
        Engine.Connect(source, sink);
        _source = (AppSourceNode)Engine.FindNode(source);
        _sink = ((IRingNode)Engine.FindNode(sink)).Ring;
        Engine.Start();
    }

    private (long Underruns, long Frames, long Predicted) Counted()
    {
        EngineTelemetry telemetry = Engine.GetTelemetry();
        return (telemetry.Underruns, telemetry.UnderrunFrames, telemetry.PredictedFrames);
    }

    private float[] PlayWithGaps()
    {
        for (int i = 0; i < 20; i++)
        {
            Play(1024);
            Miss(64 * (1 + (i % 5)));
        }

        return [.. _heard];
    }

    private void Play(int frames, int from = -1)
    {
        _written = from < 0 ? _written : from;
        for (int done = 0; done < frames; done += Math.Min(1024, frames - done))
        {
            int count = Math.Min(1024, frames - done);
            Write(count);
            Pull(count - (count % Period));
        }
    }

    private void Miss(int frames) => Pull(frames);

    private void Write(int frames)
    {
        float[] samples = [.. Enumerable.Range(0, 2 * frames).Select(i => Sound(_written + (i / 2)))];
        Assert.That(_source.Ring.Writer.Write(samples, Clock.MeshTime.Unknown, FrameFlags.None), Is.EqualTo(frames));
        _written += frames;
    }

    private void Pull(int frames)
    {
        float[] block = new float[2 * Period];
        for (int done = 0; done < frames; done += Period)
        {
            _heard.AddRange(Device.Pull(Period)[0]);
            while (_sink.Reader.Read(block, out JamAudioFrame frame) > 0)
            {
                _flags.Add(frame.Flags & ~FrameFlags.Discontinuity);
            }
        }
    }
}
