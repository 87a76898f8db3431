// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Compute.Cpu;
using AudioMesh.Compute.Rendering;
using AudioMesh.Engine;
using AudioMesh.Graph;
using AudioMesh.Realtime;
using AudioMesh.Testing;

namespace AudioMesh.Compute.Tests.Rendering;

internal sealed class GpuMatrixNodeTests
{
    private const int Period = 128;
    private const int Latency = 4 * Period;

    [TestCaseSource(typeof(TestDevices), nameof(TestDevices.All))]
    public void It_mixes_by_its_gains_four_periods_later_to_the_bit(TestDevice device)
    {
        using NodeBench bench = new(GpuMatrixNode.CreateType(device.Open), Period, ("inputs", 3), ("channels", 2), ("gains", "1,0.5,-2;0,0.25,0.125"));
        float[,] gains = { { 1, 0.5f, -2 }, { 0, 0.25f, 0.125f } };
        (List<float>[] played, List<float>[] heard) = Run(bench, 100, _ => Period);
        for (int i = 0; i < heard[0].Count; i++)
        {
            for (int output = 0; output < 2; output++)
            {
                float expected = 0;
                for (int input = 0; input < 3 && i >= Latency; input++)
                {
                    expected += played[input][i - Latency] * gains[output, input];
                }

                Assert.That(BitConverter.SingleToInt32Bits(heard[output][i]), Is.EqualTo(BitConverter.SingleToInt32Bits(expected)), $"output {output}, frame {i}");
            }
        }
    }

    [Test]
    public void Blocks_of_any_length_up_to_a_period_keep_the_same_delay()
    {
        using NodeBench bench = new(OnGpu(new FaultyGpu()), Period, ("inputs", 1), ("channels", 1));
        RepeatableRandom random = new(3);
        (List<float>[] played, List<float>[] heard) = Run(bench, 300, _ => 1 + random.Next(Period));
        Assert.That(heard[0].Skip(Latency), Is.EqualTo(played[0].SkipLast(Latency)));
        Assert.That(heard[0].Take(Latency), Is.All.Zero);
    }

    [Test]
    public void New_gains_arrive_within_10_ms_without_a_click()
    {
        using NodeBench bench = new(OnGpu(new FaultyGpu()), 64, ("inputs", 1), ("channels", 1), ("gains", "0"));
        (_, List<float>[] heard) = Run(bench, 60, _ => 64, block =>
        {
            bench.Input(0).Fill(1);
            if (block == 30)
            {
                bench.Node.Set("gains", "0.5");
            }
        });
        float steepest = heard[0].Zip(heard[0].Skip(1), (a, b) => Math.Abs(b - a)).Max();
        int begin = heard[0].FindIndex(sample => sample > 0), end = heard[0].FindIndex(sample => sample == 0.5f);
        Assert.That(steepest, Is.LessThan(0.5 / 100));
        Assert.That(end - begin, Is.InRange(100, 480));
        Assert.That(heard[0].Skip(end), Is.All.EqualTo(0.5f));
    }

    [Test]
    public void Gaps_are_reported_to_the_frame_and_the_sound_goes_on_in_its_place()
    {
        FaultyGpu gpu = new();
        using NodeBench bench = new(OnGpu(gpu), Period, ("inputs", 1), ("channels", 1));
        gpu.Stall(60_000);
        List<float> played = [], heard = [];
        long missing = 0;
        for (int block = 0; block < 800; block++)
        {
            bool isRushed = block < 100;
            for (int i = 0; i < Period; i++)
            {
                bench.Input(0)[i] = played.Count + 1;
                played.Add(played.Count + 1);
            }

            missing += bench.Process(Period).HasFlag(FrameFlags.Dropout) ? 1 : 0;
            heard.AddRange(bench.Output(0)[..Period]);
            if (!isRushed)
            {
                bench.Node.Background!.Work();
            }
        }

        Assert.That(missing, Is.GreaterThan(0), "Nobody renders as fast as that.");
        Assert.That(heard.Skip(200 * Period), Is.EqualTo(played.Skip((200 * Period) - Latency).Take(600 * Period)));
        (long replaced, long missed) = bench.CountFrames();
        Assert.That(missed, Is.LessThanOrEqualTo(missing * Period).And.GreaterThan((missing - 1) * Period));
        Assert.That(replaced, Is.LessThanOrEqualTo(bench.Node.Get("late_periods")!.Value.Number * Period).And.GreaterThan(0));
        gpu.Stall(0);
    }

    [Test]
    public void Every_period_the_gpu_was_late_for_is_flagged_so_and_no_other()
    {
        FaultyGpu gpu = new();
        using NodeBench bench = new(OnGpu(gpu), Period, ("inputs", 1), ("channels", 1));
        List<FrameFlags> flags = [];
        for (int block = 0; block < 200; block++)
        {
            flags.Add(bench.Process(Period));
            bench.Node.Background!.Work();
            gpu.Stall(block is > 50 and < 100 ? 60_000 : 0);
        }

        Assert.That(flags, Is.All.EqualTo(FrameFlags.None).Or.EqualTo(FrameFlags.GpuLate));
        Assert.That(flags[..50], Is.All.EqualTo(FrameFlags.None));

        // The last four periods rendered have not come out yet.
        int late = flags.Count(f => f == FrameFlags.GpuLate);
        Assert.That(late, Is.GreaterThan(45));
        Assert.That(bench.Node.Get("late_periods")!.Value.Number, Is.InRange(late, late + 4));
    }

    [Test]
    public void What_nobody_rendered_in_time_is_predicted()
    {
        FaultyGpu gpu = new();
        using NodeBench bench = new(OnGpu(gpu), Period, ("inputs", 1), ("channels", 1));
        gpu.Stall(60_000);
        for (int block = 0; block < 200; block++)
        {
            PlaySine(bench, block);
            bench.Node.Background!.Work();
        }

        // Nobody waits any more, most of the time not even for training, until the ring is empty.
        int gapAt = 200;
        while (!PlaySine(bench, gapAt, trains: gapAt % 16 == 0).HasFlag(FrameFlags.Dropout))
        {
            Assert.That(gapAt, Is.LessThan(20_000), "Nobody renders as fast as that.");
            gapAt++;
        }

        FrameFlags flags = FrameFlags.None;
        long before = bench.Node.Gaps!.PredictedFrames;
        float worst = 0;
        for (int i = 0; i < Period; i++)
        {
            worst = Math.Max(worst, Math.Abs(bench.Output(0)[i] - SineAt((gapAt * Period) - Latency + i)));
        }

        Assert.That(worst, Is.LessThan(0.05f));
        Assert.That(before, Is.InRange(1, Period));
        for (int block = gapAt + 1; block < gapAt + 60; block++)
        {
            flags |= PlaySine(bench, block);
            bench.Node.Background!.Work();
        }

        Assert.That(bench.Output(0)[..Period].ToArray(), Is.EqualTo(Enumerable.Range(0, Period).Select(i => SineAt(((gapAt + 59) * Period) - Latency + i))));
        Assert.That(bench.Node.Get("predicted_frames")!.Value.Number, Is.EqualTo(bench.Node.Gaps.PredictedFrames));
        gpu.Stall(0);
    }

    [Test]
    public void Its_delay_is_a_hop_of_the_latency()
    {
        NodeCatalogue nodes = NodeCatalogue.CreateDefault().Add(OnGpu(new FaultyGpu()));
        using AudioEngine engine = new(new AudioEngineOptions { Nodes = nodes });
        engine.OpenDevice("null", new Backends.StreamRequest { PeriodFrames = Period, OutputChannels = 2 });
        int source = engine.CreateNode("app_source", new Dictionary<string, ParameterValue>()).Id;
        int matrix = engine.CreateNode("gpu_matrix", new Dictionary<string, ParameterValue>()).Id;
        int sink = engine.CreateNode("device_sink", new Dictionary<string, ParameterValue>()).Id;
        engine.Connect(source, matrix);
        Assert.That(engine.GetLatency(source).Hops.Select(hop => hop.Name), Is.EqualTo(new[] { "ring", "period", "device" }), "not on the way to the device");
        engine.Connect(matrix, sink);
        engine.Connect(source, sink);
        LatencyLedger ledger = engine.GetLatency(source);
        Assert.That(ledger.Hops.Select(hop => hop.Name), Is.EqualTo(new[] { "ring", "gpu_matrix", "period", "device" }));
        Assert.That(ledger.Hops[1].Frames, Is.EqualTo(Latency));
    }

    [Test]
    public void Process_allocates_nothing()
    {
        using NodeBench bench = new(OnGpu(new FaultyGpu()), Period);
        AllocationGate.AssertNone(() => bench.Process(Period));
    }

    [Test]
    public void It_says_how_it_is()
    {
        using NodeBench bench = new(OnGpu(new FaultyGpu()), Period, ("gains", "1,0;0.5,0.5"), ("ahead", 2));
        using NodeBench without = new(GpuMatrixNode.CreateType(() => new CpuDevice()), Period);
        Assert.That(bench.Node.Get("device")!.Value.Text, Is.EqualTo("Faulty GPU"));
        Assert.That(bench.Node.Get("state")!.Value.Text, Is.EqualTo("gpu"));
        Assert.That(without.Node.Get("state")!.Value.Text, Is.EqualTo("cpu"));
        Assert.That(bench.Node.Get("latency")!.Value.Number, Is.EqualTo(2 * Period));
        Assert.That(bench.Node.Get("gains")!.Value.Text, Is.EqualTo("1,0;0.5,0.5"));
        Assert.That(bench.Node.Type.Parameters.Where(p => bench.Node.Get(p.Name) is null), Is.Empty);
    }

    [TestCase("1,0")]
    [TestCase("1,0;0")]
    [TestCase("1,0;0,x")]
    [TestCase("1,0;0,NaN")]
    [TestCase("1,0;0,1;")]
    public void Gains_that_make_no_sense_are_refused_and_change_nothing(string gains)
    {
        using NodeBench bench = new(OnGpu(new FaultyGpu()), Period, ("gains", "1,2;3,4"));
        AudioMeshException? error = Assert.Throws<AudioMeshException>(() => bench.Node.Set("gains", gains));
        Assert.That((error!.Kind, error.Field), Is.EqualTo((AudioErrorKind.InvalidArgument, "args.gains")));
        Assert.That(bench.Node.Get("gains")!.Value.Text, Is.EqualTo("1,2;3,4"));
    }

    [Test]
    public async Task An_engine_plays_on_while_the_gpu_stalls_and_says_why()
    {
        FaultyGpu gpu = new();
        NodeCatalogue nodes = NodeCatalogue.CreateDefault().Add(OnGpu(gpu));
        using AudioEngine engine = new(new AudioEngineOptions { Nodes = nodes });
        using EventSubscription events = engine.Subscribe();
        events.Select([EngineEventKind.Xrun]);
        engine.OpenDevice("null", new Backends.StreamRequest { PeriodFrames = Period, OutputChannels = 2 });
        int tone = engine.CreateNode("tone", new Dictionary<string, ParameterValue>()).Id;
        int matrix = engine.CreateNode("gpu_matrix", new Dictionary<string, ParameterValue>()).Id;
        int sink = engine.CreateNode("device_sink", new Dictionary<string, ParameterValue>()).Id;
        engine.Connect(tone, matrix);
        engine.Connect(matrix, sink);
        engine.Start();
        await Task.Delay(200);
        gpu.Stall(200);
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(60));
        EngineEvent replaced;
        do
        {
            replaced = await events.Events.ReadAsync(limit.Token);
        }
        while (replaced.Value != "replaced");

        Assert.That((replaced.Cause, replaced.NodeId), Is.EqualTo((RenderCause.GpuLate, matrix)));
        Assert.That(replaced.Frames, Is.GreaterThan(0).And.Matches<long>(frames => frames % Period == 0));
        engine.Stop();
    }

    private static float SineAt(int frame) => 0.5f * MathF.Sin(frame * 0.05f);

    /// <summary>Plays a block, and trains what is due before the next.</summary>
    private static FrameFlags PlaySine(NodeBench bench, int block, bool trains = true)
    {
        for (int i = 0; i < Period; i++)
        {
            bench.Input(0)[i] = SineAt((block * Period) + i);
        }

        FrameFlags flags = bench.Process(Period);
        while (trains && bench.Node.Gaps!.Concealer!.Work())
        {
        }

        return flags;
    }

    private static NodeType OnGpu(FaultyGpu gpu) => GpuMatrixNode.CreateType(gpu.Open);

    /// <summary>Plays noise, or what <paramref name="fill"/> writes, through a node that does not have to keep time.</summary>
    private static (List<float>[] Played, List<float>[] Heard) Run(NodeBench bench, int blocks, Func<int, int> framesOf, Action<int>? fill = null)
    {
        RepeatableRandom random = new(1);
        List<float>[] played = [.. Enumerable.Range(0, bench.Node.InputChannels).Select(_ => new List<float>())];
        List<float>[] heard = [.. Enumerable.Range(0, bench.Node.OutputChannels).Select(_ => new List<float>())];
        for (int block = 0; block < blocks; block++)
        {
            int frames = framesOf(block);
            for (int channel = 0; channel < played.Length; channel++)
            {
                random.Fill(bench.Input(channel)[..frames]);
            }

            fill?.Invoke(block);
            for (int channel = 0; channel < played.Length; channel++)
            {
                played[channel].AddRange(bench.Input(channel)[..frames]);
            }

            bench.Process(frames);
            bench.Node.Background!.Work();
            for (int channel = 0; channel < heard.Length; channel++)
            {
                heard[channel].AddRange(bench.Output(channel)[..frames]);
            }
        }

        return (played, heard);
    }
}
