// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Graph;
using AudioMesh.Testing;

namespace AudioMesh.Engine.Tests;

/// <summary>Parameters that are set at a mesh time, over a while.</summary>
internal sealed class TimedSetTests : TimedFixture
{
    [Test]
    public void A_set_at_a_mesh_time_is_heard_from_that_very_frame_on([Values(0, 1, 63, 64, 1000, 2047)] int frame)
    {
        int gain = Play("gain", ("db", 0));
        SetAt(gain, "db", -120, frame, rampMs: 0);
        float[] sound = Pull(4096);
        Assert.That(sound[..frame], Is.All.EqualTo(1f));
        Assert.That(sound[frame..], Is.All.EqualTo(0f));
    }

    [TestCase(100, 50)]
    [TestCase(77, 3)]
    [TestCase(1, 0.5)]
    [TestCase(640, 200)]
    public void A_ramp_is_a_straight_line_of_the_length_asked_for(int frame, double rampMs)
    {
        int gain = Play("gain", ("db", 0));
        SetAt(gain, "db", -6, frame, rampMs);
        float[] sound = Pull(16384);
        int length = (int)Math.Round(rampMs * Rate / 1000);
        double end = Math.Pow(10, -6 / 20.0);
        for (int i = 0; i < sound.Length; i++)
        {
            double share = Math.Clamp((i - frame) / (double)length, 0, 1);
            Assert.That(sound[i], Is.EqualTo(1 + ((end - 1) * share)).Within(2e-6), $"frame {i}");
        }

        Assert.That(sound[frame + length], Is.EqualTo((float)end));
    }

    [Test]
    public void Sets_of_one_parameter_are_heard_in_order_of_their_times_whatever_the_order_in_which_they_are_asked_for()
    {
        int gain = Play("gain", ("db", 0));
        SetAt(gain, "db", -120, 900, 0);
        SetAt(gain, "db", -6, 300, 0);
        SetAt(gain, "db", 6, 600, 0);
        SetAt(gain, "db", 0, 600, 0);
        Assert.That(Engine.FindNode(gain).WaitingMoves, Is.EqualTo(4));
        float[] sound = Pull(1024);
        Assert.That((sound[299], sound[300], sound[599], sound[600], sound[899], sound[900]),
            Is.EqualTo((1f, Decibels.ToGain(-6), Decibels.ToGain(-6), 1f, 1f, 0f)));
        Assert.That(Engine.FindNode(gain).WaitingMoves, Is.Zero);
    }

    [Test]
    public void A_set_that_comes_in_the_middle_of_a_ramp_goes_on_from_there_without_a_step()
    {
        int gain = Play("gain", ("db", 0));
        SetAt(gain, "db", -120, 0, 100);
        SetAt(gain, "db", 0, 2400, 50);
        float[] sound = Pull(9600);
        Assert.That(sound[2400], Is.EqualTo(0.5f).Within(1e-4));
        Assert.That(sound[4800..], Is.All.EqualTo(1f));
        Assert.That(LargestStep(sound), Is.LessThan(1f / 2400));
    }

    [Test]
    public void What_a_parameter_is_read_as_changes_when_its_time_has_come()
    {
        int gain = Play("gain", ("db", 0));
        SetAt(gain, "db", -20, 128, 10);
        Pull(128);
        Assert.That(Read(gain, "db"), Is.Zero);
        Pull(64);
        Assert.That(Read(gain, "db"), Is.EqualTo(-20));
    }

    [Test]
    public void What_is_set_last_holds_whether_it_ramps_or_not()
    {
        int gain = Play("gain", ("db", 0));
        Set(gain, "db", -120, new SetTiming(10, null));
        Set(gain, "db", -6);
        Assert.That(Read(gain, "db"), Is.EqualTo(-6));
        Assert.That(Pull(4096)[^1], Is.EqualTo(Decibels.ToGain(-6)));
        Set(gain, "db", 0);
        Set(gain, "db", -120, new SetTiming(10, null));
        Assert.That((Read(gain, "db"), Pull(480)[479] is > 0 and < 0.01f, Pull(1)[0]), Is.EqualTo((-120d, true, 0f)));
    }

    [Test]
    public void Sets_that_come_while_the_device_renders_are_heard_each_in_its_turn()
    {
        int gain = Play("gain", ("db", 0));
        Pull(64);
        (int accepted, double last) = (0, 0);
        WhilePulling(() =>
        {
            for (int i = 0; i < 2000; i++)
            {
                // The device runs ahead as fast as it can: what is past by then is refused.
                MeshTime at = Engine.GetTelemetry().Placement.OutputTime.Add(20_000_000);
                double db = -(i % 60) - 1;
                try
                {
                    Engine.SetParameters(gain, new Dictionary<string, ParameterValue> { ["db"] = db }, new SetTiming(i % 3, at));
                    (accepted, last) = (accepted + 1, db);
                }
                catch (AudioMeshException error) when (error.Kind is AudioErrorKind.LimitExceeded || error.Field == "at")
                {
                }
            }
        });
        Pull(96000);
        Assert.That(accepted, Is.Positive);
        Assert.That((Read(gain, "db"), Engine.FindNode(gain).WaitingMoves), Is.EqualTo((last, 0)));
        Assert.That(Pull(64)[^1], Is.EqualTo(Decibels.ToGain(last)));
    }

    [Test]
    public void A_pan_moves_at_its_time()
    {
        int pan = Play("pan", ("position", -1));
        SetAt(pan, "position", 1, 500, 0);
        Assert.That(Device.Pull(1024, [Ones(1024)])[1] is var right && right[499] == 0 && right[500] == 1, Is.True);
    }

    [Test]
    public void A_delay_fades_over_from_the_frame_that_was_asked_for()
    {
        int delay = Play("delay", ("ms", 0));
        SetAt(delay, "ms", 10, 1000, 0);
        float[] ramp = [.. Enumerable.Range(0, 4096).Select(i => (float)i)];
        float[] sound = Device.Pull(4096, [ramp])[0];
        Assert.That((sound[999], sound[1000], sound[4095]), Is.EqualTo((999f, 520f, 3615f)));
    }

    [Test]
    public void A_frequency_glides_without_a_jump_of_phase()
    {
        Open(outputChannels: 1);
        int tone = Add("tone", ("freq", 100), ("channels", 1));
        Chain(tone, Add("device_sink", ("channels", 1)));
        Begin();
        SetAt(tone, "freq", 1000, 1000, 100);
        float[] sound = Pull(48000);
        int rising = Enumerable.Range(24001, 23999).Count(i => sound[i - 1] < 0 && sound[i] >= 0);
        Assert.That(rising, Is.EqualTo(500).Within(1));
        Assert.That(LargestStep(sound), Is.LessThan(2 * Math.PI * 1000 / Rate * 1.01));

        // 1000 frames of 100 Hz and 4800 that climb to 1000 Hz on a line have this phase.
        double cycles = (100 * 1000 / (double)Rate) + (550 * 4800 / (double)Rate);
        Assert.That(sound[5800], Is.EqualTo(Math.Sin(2 * Math.PI * cycles)).Within(1e-3));
    }

    [Test]
    public void Every_numeric_live_parameter_of_every_type_can_be_set_at_a_time()
    {
        using TemporaryFolder folder = new();
        GraphTests.WriteWav(folder.PathOf("a.wav"), Rate, 1, new float[4800]);
        Open();
        Begin();
        int checkedCount = 0;
        foreach (NodeType type in Engine.Nodes.Types.Where(type => type.Parameters.Any(IsNumericAndLive)))
        {
            int node = type.Parameters.Any(parameter => parameter.Name == "path") ? Add(type.Name, ("path", folder.PathOf("a.wav")))
                : type.Name == "midi_clock" ? Add(type.Name, ("mode", "out")) : Add(type.Name);
            foreach (ParameterDescriptor parameter in Engine.FindNode(node).Type.Parameters.Where(IsNumericAndLive))
            {
                LiveParameter? live = Engine.FindNode(node).Live(parameter.Name);
                Assert.That(live, Is.Not.Null, $"{type.Name}.{parameter.Name} has nothing that the device thread could set");
                SetAt(node, parameter.Name, parameter.Min, 64, live!.Ramps ? 5 : 0);
                checkedCount++;
            }
        }

        Assert.That(checkedCount, Is.GreaterThanOrEqualTo(6));
        static bool IsNumericAndLive(ParameterDescriptor parameter) =>
            parameter.IsLive && parameter.Kind is ParameterKind.Number or ParameterKind.Integer && !parameter.IsReadOnly && parameter.IsLive;
    }

    [Test]
    public void Rendering_while_sets_wait_and_ramps_run_allocates_nothing()
    {
        int gain = Play("gain", ("db", 0));
        int pan = Add("pan", ("channels", 2));
        int tone = Add("tone");
        Chain(tone, pan, Engine.FindNode(Add("device_sink")).Id);
        Set(gain, "db", -20, new SetTiming(60_000, null));
        Set(pan, "position", 1, new SetTiming(60_000, null));
        Set(tone, "freq", 8000, new SetTiming(60_000, null));
        for (int i = 1; i < 200; i++)
        {
            Set(tone, "db", -i / 10.0, new SetTiming(3, MeshClock.Now.Add(i * 100_000)));
        }

        PeriodProbe probe = new(Device);
        AllocationGate.AssertNone(probe.Pull);
        Assert.That(Engine.GetTelemetry().AllocatedBytes, Is.Zero);
    }

    [Test]
    public void A_batch_sets_many_at_one_time_or_none()
    {
        int gain = Play("gain", ("db", 0));
        long at = TimeOf(256).Nanoseconds;
        Assert.That(
            Ask($$"""{"cmd":"batch","requests":[{"cmd":"set","id":{{gain}},"args":{"db":-120},"at":{{at}},"ramp_ms":0},{"cmd":"set","id":99,"args":{"db":0},"at":{{at}}}]}"""),
            Does.Contain("\"code\":\"not_found\""));
        Assert.That(Engine.FindNode(gain).WaitingMoves, Is.Zero);
        Assert.That(
            Ask($$"""{"cmd":"batch","requests":[{"cmd":"set","id":{{gain}},"args":{"db":-120},"at":{{at}},"ramp_ms":0}]}"""), Does.Contain("\"ok\":true"));
        Assert.That(Ask($$"""{"cmd":"get","id":{{gain}}}"""), Does.Contain("\"waiting\":1"));
        float[] sound = Pull(320);
        Assert.That((sound[255], sound[256]), Is.EqualTo((1f, 0f)));
    }

    [Test]
    public async Task The_client_sets_with_a_ramp_and_a_time()
    {
        await using AudioMeshEngine engine = await AudioMeshEngine.StartAsync(new EngineOptions { Hosting = EngineHosting.Managed });
        await engine.OpenDeviceAsync(new DeviceOptions { Driver = "null", PeriodFrames = 64, Rate = Rate });
        ToneHandle tone = await engine.AddToneAsync(440);
        await engine.ConnectAsync(tone, await engine.AddDeviceSinkAsync());
        await engine.PlayAsync();
        await tone.SetAsync("freq", 880, TimeSpan.FromMilliseconds(20), MeshClock.Now.Add(100_000_000));
        AudioMeshException error = (await Assert.ThrowsAsync<AudioMeshException>(() => tone.SetAsync("freq", 1, at: new MeshTime(5))))!;
        Assert.That(error.Field, Is.EqualTo("at"));
        for (int i = 0; i < 500 && !(await engine.RequestAsync($$"""{"cmd":"get","id":{{tone.Id}}}""")).Contains("\"freq\":880"); i++)
        {
            await Task.Delay(10);
        }

        Assert.That(await engine.RequestAsync($$"""{"cmd":"get","id":{{tone.Id}}}"""), Does.Contain("\"freq\":880").And.Not.Contain("waiting"));
    }
}
