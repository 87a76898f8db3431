// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Graph;
using AudioMesh.Network.Bus;
using AudioMesh.Network.Parameters;
using AudioMesh.Network.Tests.Bus;
using AudioMesh.Testing;

namespace AudioMesh.Network.Tests.Parameters;

/// <summary>Parameters that hosts share, in virtual time.</summary>
internal sealed class SharedParametersTests
{
    private static readonly ParameterDescriptor Gain = new("db", ParameterKind.Number, "How loud.") { Min = -60, Max = 12, Default = 0.0, Unit = "dB" };
    private static readonly ParameterDescriptor Voices = new("voices", ParameterKind.Integer, "How many.") { Min = 1, Max = 64, Default = 8.0 };
    private static readonly ParameterDescriptor Shape = new("shape", ParameterKind.Choice, "Which.") { Choices = ["sine", "saw"], Default = "sine" };
    private static readonly ParameterDescriptor Mute = new("mute", ParameterKind.Flag, "Whether.") { Default = false };
    private static readonly ParameterDescriptor Title = new("title", ParameterKind.Text, "What.") { Default = "" };

    private LanMesh _mesh = null!;

    [SetUp]
    public void SetUpMesh()
    {
        _mesh = new LanMesh(3);
        _mesh.Run(5);
    }

    [TearDown]
    public void TearDownMesh() => _mesh.Dispose();

    [Test]
    public void What_one_sets_all_have_and_a_late_one_too()
    {
        SharedParameters a = Of(_mesh[0]);
        SharedParameters b = Of(_mesh[1]);
        foreach (ParameterDescriptor descriptor in (ParameterDescriptor[])[Gain, Voices, Shape, Mute, Title])
        {
            a.Declare("mixer.main", descriptor);
        }

        _mesh.Run(0.1);
        List<string> seen = [];
        b.Watch("mixer", null, parameter => seen.Add($"{parameter.Name}={parameter.Value.Text ?? $"{parameter.Value.Number}"}"));
        b.Set("mixer.main", "db", -12.5);
        b.Set("mixer.main", "voices", 12);
        b.Set("mixer.main", "shape", "saw");
        b.Set("mixer.main", "mute", true);
        b.Set("mixer.main", "title", "Zoë's");
        _mesh.Run(0.1);
        Assert.That(a.Get("mixer.main", "db").Value.Number, Is.EqualTo(-12.5));
        Assert.That(a.Get("mixer.main", "db").Stamp.Origin, Is.EqualTo("member1"));
        Assert.That(a.Get("mixer.main", "db").Descriptor.Unit, Is.EqualTo("dB"));
        Assert.That(seen, Is.SupersetOf((string[])["db=-12.5", "voices=12", "shape=saw", "mute=1", "title=Zoë's"]));
        _mesh[2].Host.Kill();
        _mesh.Run(1);
        SharedParameters late = Of(_mesh.Start(2));
        _mesh.Run(8);
        Assert.That(late.All.Select(parameter => parameter.Value), Is.EqualTo(a.All.Select(parameter => parameter.Value)));
        Assert.That(late.All, Has.Count.EqualTo(5));
    }

    [Test]
    public void What_is_not_allowed_is_a_named_error_and_changes_nothing()
    {
        SharedParameters a = Of(_mesh[0]);
        a.Declare("m", Gain);
        a.Declare("m", Shape);
        ulong before = _mesh[0].Bus.Table("parameters").Digest;
        MeshTime now = _mesh[0].Session.Timebase.ToMesh(_mesh[0].Host.Now);
        (string Field, Action Act)[] wrong =
        [
            ("args.db", () => a.Set("m", "db", 13)),
            ("value", () => a.Set("m", "db", double.NaN)),
            ("args.db", () => a.Set("m", "db", 1e308)),
            ("args.db", () => a.Set("m", "db", "loud")),
            ("args.shape", () => a.Set("m", "shape", "square")),
            ("name", () => a.Set("m", "none", 1)),
            ("ramp_ms", () => a.Set("m", "db", 1, rampMs: -1)),
            ("ramp_ms", () => a.Set("m", "shape", "saw", rampMs: 10)),
            ("at", () => a.Set("m", "db", 1, now.Add(-10_000_000_000))),
            ("at", () => a.Set("m", "db", 1, now.Add(31_536_000_000_000_000))),
            ("at", () => a.Set("m", "db", 1, new MeshTime(long.MaxValue))),
            ("default", () => a.Declare("m", Gain with { Default = null })),
            ("args.db", () => a.Declare("m", Gain with { Default = 100.0 })),
            ("subject", () => a.Declare("m..x", Gain)),
        ];
        foreach ((string field, Action act) in wrong)
        {
            Assert.That(() => act(), Throws.TypeOf<AudioMeshException>().With.Property("Field").EqualTo(field));
        }

        Assert.That(_mesh[0].Bus.Table("parameters").Digest, Is.EqualTo(before));
    }

    [Test]
    public void A_ramp_is_the_same_line_on_all_hosts_and_what_is_bound_follows_it()
    {
        SharedParameters a = Of(_mesh[0]);
        SharedParameters b = Of(_mesh[1]);
        a.Declare("m", Gain);
        _mesh.Run(0.1);
        List<(double Value, bool HasTime, int RampMs)> set = [];
        b.Bind("m", "db", (value, at, rampMs) => set.Add((value.Number, at.IsKnown, rampMs)));
        _mesh.Run(0.1);
        MeshTime now = _mesh[0].Session.Timebase.ToMesh(_mesh[0].Host.Now);
        a.Set("m", "db", -10, now.Add(1_000_000_000), 2000);
        _mesh.Run(0.1);
        Assert.That(set, Is.EqualTo([(0.0, false, 0), (0.0, false, 0), (-10.0, true, 2000)]));
        foreach (SharedParameters parameters in (SharedParameters[])[a, b])
        {
            SharedParameter gain = parameters.Get("m", "db");
            double[] values = [.. new[] { 0, 1.0, 2.0, 3.0, 9 }.Select(at => gain.ValueAt(now.Add((long)(at * 1e9))).Number)];
            Assert.That(values, Is.EqualTo(new[] { 0, 0, -5.0, -10, -10 }).Within(1e-9));
        }

        _mesh.Run(1.9);
        set.Clear();
        b.Bind("m", "db", (value, at, rampMs) => set.Add((value.Number, at.IsKnown, rampMs)));
        _mesh.Run(0.01);
        Assert.That(set[^2].Value, Is.EqualTo(-5).Within(0.2), "what it has reached");
        Assert.That((set[^1].Value, set[^1].HasTime), Is.EqualTo((-10, false)));
        Assert.That(set[^1].RampMs, Is.EqualTo(1000).Within(40), "the rest");

        a.Set("m", "db", 2, rampMs: 100);
        Assert.That(a.Get("m", "db").From.Number, Is.EqualTo(-5).Within(0.3), "a ramp begins where the one before has come to");
        Assert.That(a.History("m", "db").Select(parameter => parameter.Value.Number), Is.EqualTo([-10.0, 2]));
    }

    [Test]
    public void Three_writers_set_ten_thousand_a_second_and_all_have_the_same()
    {
        SharedParameters[] all = [.. _mesh.Members.Select(Of)];
        for (int i = 0; i < 100; i++)
        {
            all[0].Declare("m", Gain with { Name = $"db{i}" });
        }

        _mesh.Run(0.5);
        int set = 0;
        foreach (int writer in Enumerable.Range(0, 3))
        {
            _mesh[writer].Host.Every(TimeSpan.FromMilliseconds(3), () =>
            {
                for (int i = 0; i < 10 && set < 10_000; i++)
                {
                    set++;
                    all[writer].Set("m", $"db{set % 100}", -(set % 600) / 10.0);
                }
            });
        }

        _mesh.Run(1.01);
        Assert.That(set, Is.EqualTo(10_000));
        _mesh.Run(8);
        string[] held = [.. all.Select(parameters => string.Join(' ', parameters.All.Select(parameter => $"{parameter.Name}={parameter.Value.Number}")))];
        Assert.That(held.Distinct().Count(), Is.EqualTo(1));
        Assert.That(_mesh.Members.Select(member => member.Bus.Statistics.Lost + member.Bus.Statistics.Faults), Has.All.Zero);
    }

    [Test]
    public void They_are_kept_in_a_file_from_run_to_run_and_what_is_newer_wins()
    {
        string path = Path.Combine(Path.GetTempPath(), $"am-parameters-{Guid.NewGuid():N}.json");
        try
        {
            using (SharedParameters a = new(_mesh[0].Bus, new SharedParametersOptions { MeshClock = () => default, File = path }))
            {
                a.Declare("m", Gain);
                a.Declare("m", Voices);
                a.Set("m", "db", -3);
                a.Set("m", "voices", 4);
                a.Remove("m", "voices");
                _mesh.Run(0.1);
            }

            Assert.That(File.Exists($"{path}.new"), Is.False);
            using LanMesh other = new(2);
            other.Run(5);
            using SharedParameters read = new(other[0].Bus, new SharedParametersOptions { MeshClock = () => default, File = path });
            Assert.That(read.All.Select(parameter => (parameter.Name, parameter.Value.Number)), Is.EqualTo([("db", -3.0)]));
            other.Run(1);
            Assert.That(Of(other[1]).Get("m", "db").Stamp.Origin, Is.EqualTo("member0"));
            read.Set("m", "db", 5);
            using SharedParameters again = new(other[0].Bus, new SharedParametersOptions { MeshClock = () => default, File = path });
            Assert.That(again.Get("m", "db").Value.Number, Is.EqualTo(5));
            File.WriteAllText(path, "{\"parameters\":[{}]}");
            Assert.That(
                () => new SharedParameters(other[0].Bus, new SharedParametersOptions { MeshClock = () => default, File = path }),
                Throws.TypeOf<AudioMeshException>().With.Property("Kind").EqualTo(AudioErrorKind.FileInvalid));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Test]
    public void What_others_wrote_and_is_none_of_a_parameter_is_taken_for_the_default([Values(1UL, 2UL)] ulong seed)
    {
        SharedParameters a = Of(_mesh[0]);
        a.Declare("m", Gain);
        IBusTable values = _mesh[1].Bus.Table("parameters");
        IBusTable types = _mesh[1].Bus.Table("parameter-types");
        byte[] sound = "{\"value\":-4,\"from\":0,\"at\":1000,\"ramp_ms\":5}"u8.ToArray();
        byte[] type = "{\"kind\":\"number\",\"description\":\"x\",\"unit\":\"\",\"default\":1,\"min\":0,\"max\":2,\"choices\":[\"a\"]}"u8.ToArray();
        RepeatableRandom random = new(seed);
        int read = 0;
        for (int i = 0; i < 3000; i++)
        {
            values.Put("m.db", Bend(sound, ref random));
            types.Put("m.other", Bend(type, ref random));
            if (i % 100 == 0)
            {
                _mesh.Run(0.01);
            }

            SharedParameter gain = Of(_mesh[1]).Find("m", "db")!;
            Assert.That(gain.Value.Number, Is.InRange(-60, 12));
            Assert.That(double.IsNaN(gain.ValueAt(new MeshTime(5)).Number), Is.False);
            read += Of(_mesh[1]).Find("m", "other") is null ? 0 : 1;
        }

        Assert.That(read, Is.Positive);
        Assert.That(_mesh[0].Bus.Statistics.Faults, Is.Zero);
    }

    private static byte[] Bend(byte[] json, ref RepeatableRandom random)
    {
        byte[] bent = [.. json];
        for (int i = random.Next(4); i > 0; i--)
        {
            bent[random.Next(bent.Length)] = random.Next(3) == 0 ? (byte)random.NextBits() : json[random.Next(json.Length)];
        }

        return random.Next(10) == 0 ? bent[..random.Next(bent.Length)] : bent;
    }

    private static SharedParameters Of(LanMember member) => new(
        member.Bus, new SharedParametersOptions { MeshClock = () => member.Session.Timebase.ToMesh(member.Host.Now) });
}
