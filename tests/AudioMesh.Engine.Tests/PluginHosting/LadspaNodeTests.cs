// SPDX-License-Identifier: MIT
using System.Buffers;
using System.Text;
using System.Text.Json;
using AudioMesh.Control;
using AudioMesh.Graph;
using AudioMesh.Plugins;
using AudioMesh.Testing;

namespace AudioMesh.Engine.Tests.PluginHosting;

[NonParallelizable]
internal sealed class LadspaNodeTests : EngineFixture
{
    private static TestPlugins _plugins = null!;
    private LadspaHost? _host;

    protected override LadspaHost? Ladspa => _host = new LadspaHost(_plugins.Options);

    [OneTimeSetUp]
    public static void CompilePlugins() => _plugins = new TestPlugins();

    [OneTimeTearDown]
    public static void RemovePlugins() => _plugins?.Dispose();

    [Test]
    public void An_engine_allows_no_plugin_unless_it_is_told_which()
    {
        using AudioEngine engine = new();
        AudioMeshException error = Refusal(() => engine.CreateNode("ladspa", Arguments("amp:amp_mono")));
        Assert.That(error.Kind, Is.EqualTo(AudioErrorKind.PermissionDenied));
        Assert.That((error.Field, error.Allowed), Is.EqualTo(("args.plugin", "none: this engine allows no plug-in")));
    }

    [TestCase("known:other", AudioErrorKind.PermissionDenied)]
    [TestCase("../known:level", AudioErrorKind.PermissionDenied)]
    [TestCase("", AudioErrorKind.PermissionDenied)]
    [TestCase("known:soft", AudioErrorKind.PermissionDenied)]
    [TestCase("known:missing", AudioErrorKind.NotFound)]
    [TestCase("unknown:level", AudioErrorKind.NotFound)]
    [TestCase("known:deaf", AudioErrorKind.FormatUnsupported)]
    [TestCase("known:broken", AudioErrorKind.FormatUnsupported)]
    [TestCase("known:refuses", AudioErrorKind.DeviceUnavailable)]
    public void A_plugin_that_cannot_be_had_is_a_named_error_and_changes_nothing(string plugin, AudioErrorKind kind)
    {
        Open();
        Assert.That(Refusal(() => Add("ladspa", ("plugin", plugin))).Kind, Is.EqualTo(kind));
        Assert.That(Engine.GetGraph().Nodes, Is.Empty);
    }

    [Test]
    public void An_error_names_what_is_allowed() => Assert.That(
        Refusal(() => Add("ladspa", ("plugin", "known:other"))).Allowed, Does.StartWith("known:level, known:poison, "));

    [Test]
    public void A_label_that_the_library_lacks_is_an_error_that_names_those_it_has() => Assert.That(
        Refusal(() => Add("ladspa", ("plugin", "known:missing"))).Allowed, Does.StartWith("level, poison, "));

    [TestCase("amp")]
    [TestCase("amp:")]
    [TestCase(":amp")]
    [TestCase("/usr/lib/ladspa/amp:amp_mono")]
    [TestCase("amp:a:b")]
    [TestCase(".:a")]
    public void An_entry_that_allows_no_plugin_is_refused(string entry) => Assert.That(
        Refusal(() => _ = new LadspaHost(new LadspaOptions { Allowed = [entry] })).Kind, Is.EqualTo(AudioErrorKind.InvalidArgument));

    [Test]
    public void Plugins_not_fit_for_realtime_run_where_the_options_say_so()
    {
        _host!.Options = _plugins.Options with { AllowsNotRealtime = true };
        Assert.That(Add("ladspa", ("plugin", "known:soft")), Is.Positive);
    }

    [Test]
    public void What_is_allowed_is_replaced_while_the_engine_runs()
    {
        int there = Add("ladspa", ("plugin", "known:swap"));
        _host!.Options = new LadspaOptions();
        Assert.That(Refusal(() => Add("ladspa", ("plugin", "known:swap"))).Kind, Is.EqualTo(AudioErrorKind.PermissionDenied));
        Assert.That(Engine.FindNode(there).Get("plugin")?.Text, Is.EqualTo("known:swap"));
    }

    [Test]
    public void Control_ports_are_arguments_with_the_ranges_and_defaults_that_the_header_defines()
    {
        NodeType type = Engine.FindNode(Add("ladspa", ("plugin", "known:level"))).Type;
        Assert.That(
            type.Parameters.Where(parameter => parameter.IsLive).Select(p => (p.Name, p.Kind, p.Min, p.Max, p.Default!.Value.Number, p.Unit, p.IsLogarithmic)),
            Is.EqualTo(new (string, ParameterKind, double, double, double, string, bool)[]
            {
                ("level", ParameterKind.Number, 0, 4, 1, "", false),
                ("cutoff", ParameterKind.Number, 8, 153_600, Math.Exp((Math.Log(48) + Math.Log(19_200)) / 2), "Hz", true),
                ("steps", ParameterKind.Integer, 0, 3, 3, "", false),
                ("switch", ParameterKind.Flag, double.NegativeInfinity, double.PositiveInfinity, 1, "", false),
                ("level_2", ParameterKind.Number, 5, 1e6, (5 * 0.75) + (1e6 * 0.25), "", false),
            }));
    }

    [TestCase("level", 4.5)]
    [TestCase("steps", 1.5)]
    [TestCase("switch", 2)]
    [TestCase("seen_cutoff", 1)]
    [TestCase("plugin", 1)]
    public void A_control_takes_nothing_outside_its_range(string control, double value)
    {
        int node = Add("ladspa", ("plugin", "known:level"));
        Assert.That(Refusal(() => Set(node, control, value)).Field, Is.EqualTo($"args.{control}"));
    }

    [Test]
    public void Every_channel_has_a_mono_plugin_of_its_own_and_nobody_else_hears_what_it_does_to_its_input()
    {
        Open(inputChannels: 2);
        int source = Add("device_source");
        Chain(source, Add("ladspa", ("plugin", "known:level"), ("level", 0.5)), Add("device_sink"));
        Engine.Connect(source, Engine.CreateNode("device_sink", new Dictionary<string, ParameterValue>()).Id);
        Engine.Start();
        float[][] sound = Device.Pull(256, [Constant(256, 0.2f), Constant(256, -0.4f)]);
        Assert.That(sound[0], Is.All.EqualTo(0.2f + 0.1f));
        Assert.That(sound[1], Is.All.EqualTo(-0.4f - 0.2f));
    }

    [Test]
    public void A_plugin_that_knows_stereo_has_its_own_channels()
    {
        Open(inputChannels: 2);
        int node = Add("ladspa", ("plugin", "known:swap"));
        Chain(Add("device_source"), node, Add("device_sink"));
        Engine.Start();
        float[][] sound = Device.Pull(64, [Constant(64, 0.2f), Constant(64, -0.4f)]);
        Assert.That((sound[0][63], sound[1][63]), Is.EqualTo((-0.4f, 0.2f)));
        Assert.That(Refusal(() => Add("ladspa", ("plugin", "known:swap"), ("channels", 2))).Field, Is.EqualTo("args.channels"));
    }

    [Test]
    public void A_control_that_is_set_arrives_within_10_ms_without_a_step()
    {
        Open(inputChannels: 1);
        int node = Add("ladspa", ("plugin", "known:level"), ("channels", 1), ("level", 0));
        Chain(Add("device_source", ("channels", 1)), node, Add("device_sink", ("channels", 1)));
        Engine.Start();
        Device.Pull(64, [Constant(64, 1)]);
        Set(node, "level", 1);
        float[][] sound = Device.Pull(512, [Constant(512, 1)]);
        Assert.That(LargestStep(sound[0]), Is.LessThan(0.07f));
        Assert.That(sound[0][480], Is.EqualTo(1f));
        Assert.That(Engine.FindNode(node).Get("level")!.Value.Number, Is.EqualTo(1));
    }

    [Test]
    public void Bounds_that_follow_the_rate_are_held_at_the_rate_of_the_device()
    {
        Open(inputChannels: 1);
        int node = Add("ladspa", ("plugin", "known:level"), ("cutoff", 100_000));
        Chain(Add("device_source", ("channels", 1)), node);
        Engine.Start();
        Device.Pull(64, [Constant(64, 1)]);
        Assert.That(Engine.FindNode(node).Get("seen_cutoff")!.Value.Number, Is.EqualTo(19_200).Within(0.01));
        Assert.That(Engine.FindNode(node).Get("cutoff")!.Value.Number, Is.EqualTo(100_000));
    }

    [Test]
    public void A_device_of_another_rate_has_the_plugin_made_for_it_with_what_was_set()
    {
        int node = Add("ladspa", ("plugin", "known:level"), ("channels", 1), ("level", 0.5));
        Chain(Add("device_source", ("channels", 1)), node, Add("device_sink", ("channels", 1)));
        foreach (int rate in (int[])[48_000, 44_100])
        {
            Engine.OpenDevice("auto", new Backends.StreamRequest { Rate = rate, PeriodFrames = 64, InputChannels = 1 });
            Set(node, "cutoff", 100_000);
            Engine.Start();
            float[] sound = Device.Pull(512, [Constant(512, 1)])[0];
            Assert.That(sound[511], Is.EqualTo(0.5f));
            Assert.That(Engine.FindNode(node).Get("seen_cutoff")!.Value.Number, Is.EqualTo(0.4 * rate).Within(0.01));
            Device.Stop();
            Engine.CloseDevice();
        }
    }

    [Test]
    public void Without_folders_of_its_own_a_host_searches_those_of_the_environment()
    {
        Environment.SetEnvironmentVariable("LADSPA_PATH", $"/nowhere:{_plugins.Options.Folders[0]}");
        try
        {
            _host!.Options = _plugins.Options with { Folders = [] };
            Assert.That(Add("ladspa", ("plugin", "known:level")), Is.Positive);
        }
        finally
        {
            Environment.SetEnvironmentVariable("LADSPA_PATH", null);
        }
    }

    [Test]
    public void What_is_no_number_is_silence_and_counted()
    {
        Open(inputChannels: 1);
        int node = Add("ladspa", ("plugin", "known:poison"), ("channels", 1));
        Chain(Add("device_source", ("channels", 1)), node, Add("device_sink", ("channels", 1)));
        Engine.Start();
        Assert.That(Device.Pull(64, [Constant(64, 1)])[0], Is.All.EqualTo(1f));
        Set(node, "poison", true);
        Assert.That(Device.Pull(100, [Constant(100, 1)])[0], Is.All.Zero);
        Assert.That(Engine.FindNode(node).Get("bad_samples")!.Value.Number, Is.EqualTo(100));
        Set(node, "poison", false);
        Assert.That(Device.Pull(64, [Constant(64, 1)])[0], Is.All.EqualTo(1f));
    }

    [Test]
    public void A_plugins_latency_is_known_before_it_plays_and_counts_in_the_ledger()
    {
        Open();
        int source = Add("app_source", ("frames", 256));
        int node = Add("ladspa", ("plugin", "known:late"));
        Chain(source, node, Add("device_sink"));
        Assert.That(Engine.GetLatency(source).Hops, Does.Contain(new LatencyHop("ladspa", 37)));
        Assert.That(Engine.FindNode(node).Get("latency")!.Value.Number, Is.EqualTo(37));
    }

    [Test]
    public void A_rehearsal_for_the_latency_leaves_no_trace_in_the_sound()
    {
        Open(inputChannels: 1);
        Chain(Add("device_source", ("channels", 1)), Add("ladspa", ("plugin", "known:late"), ("channels", 1)), Add("device_sink", ("channels", 1)));
        Engine.Start();
        float[] sound = Device.Pull(64, [[.. Enumerable.Range(1, 64).Select(i => (float)i)]])[0];
        Assert.That(sound, Is.EqualTo(Enumerable.Range(1, 64).Select(i => (float)Math.Max(0, i - 37))));
    }

    [Test]
    public void A_plugin_that_only_listens_is_read()
    {
        Open(inputChannels: 1);
        int node = Add("ladspa", ("plugin", "known:peak"), ("channels", 1));
        Chain(Add("device_source", ("channels", 1)), node);
        Engine.Start();
        Device.Pull(64, [Constant(64, 0.25f)]);
        Assert.That(Engine.FindNode(node).Get("peak")!.Value.Number, Is.EqualTo(0.25));
    }

    [Test]
    public void Running_a_plugin_allocates_nothing()
    {
        Open(inputChannels: 2);
        int node = Add("ladspa", ("plugin", "known:level"));
        Chain(Add("device_source"), node, Add("ladspa", ("plugin", "known:late")), Add("ladspa", ("plugin", "known:poison"), ("poison", true)), Add("device_sink"));
        Engine.Start();
        PeriodProbe probe = new(Device);
        Set(node, "level", 0.1);
        AllocationGate.AssertNone(probe.Pull);
    }

    [Test]
    public void The_protocol_describes_a_plugin_before_and_after_it_is_made()
    {
        using ControlSession session = new(Engine);
        string generic = Ask(session, """{"cmd":"describe","type":"ladspa"}""");
        string before = Ask(session, """{"cmd":"describe","type":"ladspa","args":{"plugin":"known:level"}}""");
        int node = Add("ladspa", ("plugin", "known:level"));
        string after = Ask(session, $$"""{"cmd":"describe","node":{{node}}}""");
        Assert.That(generic, Does.Not.Contain("cutoff"));
        Assert.That(before, Does.Contain("""{"name":"cutoff","kind":"number","description":"Cutoff (Hz)","unit":"Hz","min":8,"max":153600,"logarithmic":true,"""));
        Assert.That(after, Is.EqualTo(before));
    }

    [Test]
    public void A_graph_with_plugins_is_applied_twice_and_changes_nothing_the_second_time()
    {
        using ControlSession session = new(Engine);
        Add("ladspa", ("plugin", "known:level"), ("level", 0.5), ("switch", false));
        using JsonDocument graph = JsonDocument.Parse(Ask(session, """{"cmd":"graph"}"""));
        string document = graph.RootElement.GetProperty("graph").GetRawText();
        Assert.That(Ask(session, $$"""{"cmd":"apply","graph":{{document}}}"""), Does.Contain("\"created\":[],\"changed\":[],\"removed\":[]"));
        Assert.That(
            Ask(session, $$"""{"cmd":"apply","graph":{{document.Replace("0.5", "0.75")}}}"""), Does.Contain("\"created\":[],\"changed\":[\"ladspa-1\"],\"removed\":[]"));
        string other = """{"nodes":[{"name":"ladspa-1","type":"ladspa","args":{"plugin":"known:swap"}}]}""";
        Assert.That(Ask(session, $$"""{"cmd":"apply","graph":{{other}}}"""), Does.Contain("\"created\":[\"ladspa-1\"],\"changed\":[],\"removed\":[\"ladspa-1\"]"));
    }

    private static string Ask(ControlSession session, string request)
    {
        ArrayBufferWriter<byte> reply = new();
        session.Handle(Encoding.UTF8.GetBytes(request), reply);
        return Encoding.UTF8.GetString(reply.WrittenSpan);
    }

    private static Dictionary<string, ParameterValue> Arguments(string plugin) => new() { ["plugin"] = plugin };

    private static AudioMeshException Refusal(Action action) => Assert.Throws<AudioMeshException>(() => action())!;

    private static float[] Constant(int frames, float value) => [.. Enumerable.Repeat(value, frames)];
}
