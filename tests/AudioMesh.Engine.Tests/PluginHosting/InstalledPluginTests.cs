// SPDX-License-Identifier: MIT
using AudioMesh.Graph;
using AudioMesh.Plugins;
using AudioMesh.Testing;

namespace AudioMesh.Engine.Tests.PluginHosting;

/// <summary>Plug-ins that people use: those of Debian's ladspa-sdk and swh-plugins, where they are installed.</summary>
internal sealed class InstalledPluginTests : EngineFixture
{
    private const string Folder = "/usr/lib/ladspa";

    protected override LadspaHost Ladspa => new(new LadspaOptions
    {
        Allowed =
        [
            "amp:amp_mono", "amp:amp_stereo", "filter:lpf", "fast_lookahead_limiter_1913:fastLookaheadLimiter", "plate_1423:plate", "xfade_1915:xfade",
            "mbeq_1197:mbeq", "sc4_1882:sc4", "delay_1898:delay_n",
        ],
        Folders = [Folder],
    });

    [Test]
    public void The_sdks_amplifier_halves_a_sine()
    {
        Require("amp");
        Open();
        Chain(Add("tone"), Add("ladspa", ("plugin", "amp:amp_mono"), ("gain", 0.5)), Add("device_sink"));
        Engine.Start();
        float[] sound = Device.Pull(4800)[0];
        SineFit fit = new(sound.AsSpan(), 440 / 48_000.0);
        Assert.That(fit.Amplitude(), Is.EqualTo(0.5).Within(1e-6));
    }

    [Test]
    public void The_sdks_filter_takes_away_what_lies_above_it()
    {
        Require("filter");
        Open();
        Chain(Add("tone", ("freq", 10_000)), Add("ladspa", ("plugin", "filter:lpf"), ("cutoff_frequency", 100)), Add("device_sink"));
        Engine.Start();
        Device.Pull(4800);
        Assert.That(Device.Pull(4800)[0].Max(), Is.InRange(1e-4f, 0.05f));
    }

    [TestCase("amp:amp_stereo", 2, 2)]
    [TestCase("fast_lookahead_limiter_1913:fastLookaheadLimiter", 2, 2)]
    [TestCase("plate_1423:plate", 1, 2)]
    [TestCase("xfade_1915:xfade", 4, 2)]
    [TestCase("mbeq_1197:mbeq", 2, 2)]
    [TestCase("sc4_1882:sc4", 2, 2)]
    [TestCase("delay_1898:delay_n", 2, 2)]
    public void A_plugin_plays_for_a_second_and_all_of_it_is_numbers(string plugin, int inputs, int outputs)
    {
        Require(plugin.Split(':')[0]);
        Open();
        int node = Add("ladspa", ("plugin", plugin));
        Chain(Add("tone", ("db", -12)), node, Add("device_sink"));
        Engine.Start();
        float[][] sound = Device.Pull(48_000);
        GraphNode made = Engine.FindNode(node);
        Assert.That((made.InputChannels, made.OutputChannels), Is.EqualTo((inputs, outputs)));
        Assert.That(sound[0], Is.All.InRange(-10f, 10f));
        Assert.That(made.Get("bad_samples")!.Value.Number, Is.Zero);
    }

    [Test]
    public void The_limiters_latency_is_in_the_ledger()
    {
        Require("fast_lookahead_limiter_1913");
        Open();
        int source = Add("app_source");
        Chain(source, Add("ladspa", ("plugin", "fast_lookahead_limiter_1913:fastLookaheadLimiter")), Add("device_sink"));
        Assert.That(Engine.GetLatency(source).Hops.Single(hop => hop.Name == "ladspa").Frames, Is.InRange(100, 1000));
    }

    private static void Require(string library)
    {
        if (!File.Exists($"{Folder}/{library}.so"))
        {
            Assert.Ignore($"{library}.so is not installed (Debian: ladspa-sdk, swh-plugins).");
        }
    }
}
