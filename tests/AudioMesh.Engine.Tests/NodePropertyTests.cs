// SPDX-License-Identifier: MIT
using AudioMesh.Graph;
using AudioMesh.Testing;

namespace AudioMesh.Engine.Tests;

/// <summary>What holds for every type of node, whatever its parameters and however long the device's periods are.</summary>
internal sealed class NodePropertyTests : EngineFixture
{
    private const int MostPeriod = 8192;

    /// <summary>Types whose parameters depend on what they are made with: a plug-in, a mode.</summary>
    private static readonly string[] OfManyKinds = ["ladspa", "midi_clock"];

    private TemporaryFolder _folder = null!;
    private int _files;

    public static IEnumerable<string> Types => NodeCatalogue.CreateDefault().Types.Select(type => type.Name);

    public static IEnumerable<string> PlainTypes => Types.Except(OfManyKinds);

    [SetUp]
    public void SetUpFolder()
    {
        _folder = new TemporaryFolder();
        GraphTests.WriteWav(_folder.PathOf("in.wav"), 44100, 1, [.. Enumerable.Range(0, 3 * 44100).Select(i => (float)Math.Sin(i * 0.03))]);
    }

    [TearDown]
    public void TearDownFolder() => _folder.Dispose();

    [TestCaseSource(nameof(Types))]
    public void Its_description_is_whole(string name)
    {
        NodeType type = Engine.Nodes.Find(name);
        Assert.That(type.Description, Is.Not.Empty);
        foreach (ParameterDescriptor parameter in type.Parameters)
        {
            bool isNumber = parameter.Kind is ParameterKind.Number or ParameterKind.Integer;
            Assert.That(parameter.Description, Does.EndWith("."), parameter.Name);
            Assert.That(isNumber && !parameter.IsReadOnly, Is.EqualTo(double.IsFinite(parameter.Min) && double.IsFinite(parameter.Max)), $"{parameter.Name}: range");
            Assert.That(parameter.Kind == ParameterKind.Choice, Is.EqualTo(parameter.Choices.Count > 0), parameter.Name);
            if (parameter.Default is { } fallback)
            {
                Assert.That(() => parameter.Check(fallback), Throws.Nothing, parameter.Name);
            }
        }
    }

    [TestCaseSource(nameof(PlainTypes))]
    public void It_can_be_asked_for_all_it_describes(string name)
    {
        Open(inputChannels: 2);
        GraphNode node = Engine.FindNode(Make(name, new Random(1)));
        foreach (ParameterDescriptor parameter in node.Type.Parameters.Where(parameter => parameter.IsLive || parameter.IsReadOnly))
        {
            Assert.That(node.Get(parameter.Name), Is.Not.Null, parameter.Name);
        }

        foreach (ParameterDescriptor parameter in node.Type.Parameters.Where(parameter => parameter.IsLive && parameter.Kind == ParameterKind.Number))
        {
            Assert.That(node.Live(parameter.Name), Is.Not.Null, $"{parameter.Name} can be set at a time");
        }
    }

    [TestCaseSource(nameof(PlainTypes))]
    public void Whatever_it_is_set_to_it_makes_numbers(string name)
    {
        for (int seed = 0; seed < 6; seed++)
        {
            Random random = new(seed);
            int node = Begin(name, random, random.Next(16, MostPeriod));
            NodeType type = Engine.FindNode(node).Type;
            for (int block = 0; block < 10; block++)
            {
                ParameterDescriptor[] live = [.. type.Parameters.Where(parameter => parameter.IsLive)];
                if (live.Length > 0)
                {
                    ParameterDescriptor parameter = live[random.Next(live.Length)];
                    TrySet(node, parameter, ValueOf(parameter, random));
                }

                float[][] sound = Pull(1);
                Assert.That(sound.SelectMany(channel => channel).All(float.IsFinite), $"seed {seed}, block {block}");
            }

            Again();
        }
    }

    [TestCaseSource(nameof(PlainTypes))]
    public void However_long_the_periods_it_sounds_the_same(string name)
    {
        for (int seed = 100; seed < 103; seed++)
        {
            float[][] Render(int period)
            {
                Begin(name, new Random(seed), period);
                float[][] sound = Pull((2 * MostPeriod / period) + 1);
                Again();
                return [.. sound.Select(channel => channel[..(2 * MostPeriod)])];
            }

            float[][] first = Render(512);
            foreach (int period in new[] { 16, new Random(seed).Next(17, 2000), MostPeriod })
            {
                float[][] other = Render(period);
                for (int channel = 0; channel < first.Length; channel++)
                {
                    int differs = Enumerable.Range(0, 2 * MostPeriod).FirstOrDefault(i => Math.Abs(first[channel][i] - other[channel][i]) > 1e-4 * (1 + Math.Abs(first[channel][i])), -1);
                    Assert.That(differs, Is.EqualTo(-1), $"seed {seed}, period {period}, channel {channel}");
                }
            }
        }
    }

    private int Begin(string name, Random random, int period)
    {
        Device.Freewheels = true;
        Open(period, inputChannels: 2);
        int node = Make(name, random);
        GraphNode made = Engine.FindNode(node);
        if (made.InputChannels > 0)
        {
            Chain(Add("device_source"), node);
        }

        if (made.OutputChannels > 0)
        {
            int sink = Add("device_sink");
            if (name != "tap")
            {
                Chain(node, sink);
            }
        }

        Engine.Start();
        return node;
    }

    private int Make(string name, Random random)
    {
        List<(string, ParameterValue)> arguments = [];
        foreach (ParameterDescriptor parameter in Engine.Nodes.Find(name).Parameters.Where(parameter => !parameter.IsReadOnly))
        {
            if (parameter.Name == "path")
            {
                arguments.Add(("path", name == "file_source" ? _folder.PathOf("in.wav") : _folder.PathOf($"out{_files++}.wav")));
            }
            else if (parameter.Kind != ParameterKind.Text && parameter.Name is not ("memfd" or "shared" or "position" or "ms" or "depth") && !name.StartsWith("app_"))
            {
                arguments.Add((parameter.Name, ValueOf(parameter, random)));
            }
        }

        return Add(name, [.. arguments]);
    }

    private static ParameterValue ValueOf(ParameterDescriptor parameter, Random random)
    {
        // Large counts and times are only memory.
        double max = parameter.Name switch { "channels" or "inputs" => Math.Min(parameter.Max, 6), "longest" or "ms" => 1000, "position" => Math.Min(parameter.Max, 100_000), _ => parameter.Max };
        double min = parameter.Name == "longest" ? 1000 : parameter.Min;
        double number = random.Next(8) switch { 0 => min, 1 => max, _ => min + (random.NextDouble() * (max - min)) };
        return parameter.Kind switch
        {
            ParameterKind.Flag => random.Next(2) == 1,
            ParameterKind.Choice => parameter.Choices[random.Next(parameter.Choices.Count)],
            ParameterKind.Integer => Math.Round(number),
            _ => number,
        };
    }

    private void TrySet(int node, ParameterDescriptor parameter, ParameterValue value)
    {
        if (parameter.Kind == ParameterKind.Number)
        {
            Engine.SetParameters(node, new Dictionary<string, ParameterValue> { [parameter.Name] = value }, new SetTiming(Engine.FindNode(node).Live(parameter.Name)!.Ramps && value.Number % 3 < 1 ? 20 : 0, null));
        }
        else
        {
            Set(node, parameter.Name, value);
        }
    }

    private float[][] Pull(int periods)
    {
        int frames = periods * Device.Stream!.PeriodFrames;
        float[] tone = [.. Enumerable.Range((int)Device.DeviceFrame, frames).Select(i => (float)(0.5 * Math.Sin(i * 0.03)))];
        return Device.Pull(frames, [tone, [.. tone.Select(x => -x)]]);
    }

    private void Again()
    {
        TearDownEngine();
        SetUpEngine();
    }
}
