// SPDX-License-Identifier: MIT
using System.Text;
using AudioMesh.Network.Stems;
using AudioMesh.Network.Tests.Wire;
using AudioMesh.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace AudioMesh.Network.Tests.Stems;

public sealed class TakeSidecarTests
{
    private const string Head = """{"take":1,"name":"song","host":"anna","file":"a.wav","rate":48000,"channels":2,"mesh":"0000000000000007"}""";
    private const string Zero = """{"frame":0,"mesh_ns":1000,"error_ns":10}""";

    [Test]
    public void It_holds_what_was_written()
    {
        TakeSidecar take = Parse(
            Head,
            Zero,
            """{"frame":48000,"mesh_ns":1000050000,"error_ns":20.5}""",
            """{"dropout":100,"frames":50,"cause":"lost"}""",
            """{"step":48000,"by_ns":-2000,"mesh":"00000000000000ff"}""",
            """{"frame":96000,"mesh_ns":2000048000,"error_ns":20}""",
            """{"end":96100,"cut":false}""");
        Assert.That(take.Points.Select(point => point.MeshTime.Nanoseconds), Is.EqualTo([-1000L, 1_000_048_000, 2_000_048_000]), "what was before a step was moved by it");
        Assert.That(take.Dropouts, Is.EqualTo([new TakeDropout(100, 50, TakeDropoutCause.Lost)]));
        Assert.That((take.MeshId, take.Frames, take.Rate, take.Channels), Is.EqualTo((255UL, (long?)96100, 48000, 2)));
    }

    [TestCase("no JSON", "line 1 is no JSON")]
    [TestCase("[]", "line 1 is no JSON object")]
    [TestCase("""{"take":2}""", "take 2")]
    [TestCase("""{"take":1,"file":"../a.wav"}""", "no name in its own folder")]
    [TestCase("""{"take":1,"file":"..","name":"a"}""", "no name in its own folder")]
    [TestCase("""{"take":1,"file":"a.wav","name":"\ud800"}""", "no text")]
    [TestCase(Head + "\n", "line 2 is no JSON")]
    [TestCase(Head, "no point")]
    [TestCase(Head + "\n{}", "neither frame")]
    [TestCase(Head + "\n" + """{"frame":5,"mesh_ns":0,"error_ns":1}""", "frame 5")]
    [TestCase(Head + "\n" + """{"frame":0,"mesh_ns":1e30,"error_ns":1}""", "mesh_ns")]
    [TestCase(Head + "\n" + """{"frame":0,"mesh_ns":9223372036854775807,"error_ns":1}""", "mesh_ns")]
    [TestCase(Head + "\n" + """{"frame":0,"mesh_ns":0,"error_ns":-1}""", "error_ns -1")]
    [TestCase(Head + "\n" + """{"frame":0,"mesh_ns":0,"error_ns":1e308}""", "error_ns")]
    [TestCase(Head + "\n" + """{"frame":0,"mesh_ns":0,"error_ns":"NaN"}""", "error_ns")]
    [TestCase(Head + "\n" + Zero + "\n" + Zero, "frame 0")]
    [TestCase(Head + "\n" + Zero + "\n" + """{"frame":48000,"mesh_ns":1000,"error_ns":1}""", "which no device does")]
    [TestCase(Head + "\n" + Zero + "\n" + """{"frame":48000,"mesh_ns":1600001000,"error_ns":1}""", "which no device does")]
    [TestCase(Head + "\n" + Zero + "\n" + """{"dropout":0,"frames":0,"cause":"lost"}""", "frames 0")]
    [TestCase(Head + "\n" + Zero + "\n" + """{"dropout":0,"frames":5,"cause":"magic"}""", "magic")]
    [TestCase(Head + "\n" + Zero + "\n" + """{"dropout":0,"frames":9,"cause":"lost"}""" + "\n" + """{"end":8}""", "dropout of 9 frames")]
    [TestCase(Head + "\n" + Zero + "\n" + """{"end":8}""" + "\n" + """{"end":8}""", "after the end")]
    [TestCase(Head + "\n" + Zero + "\n" + """{"step":0,"by_ns":2305843009213693951,"mesh":"1"}""" + "\n" + """{"end":1}""", "beyond mesh time")]
    public void What_no_recorder_writes_is_named(string text, string message)
    {
        AudioMeshException error = Assert.Throws<AudioMeshException>(() => Parse(text));
        Assert.That(error.Kind, Is.EqualTo(AudioErrorKind.FileInvalid));
        Assert.That(error.Message, Does.StartWith("x.take.json: ").And.Contain(message));
    }

    [Test]
    public void Whatever_is_in_it_it_is_read_or_named()
    {
        byte[] sound = Encoding.UTF8.GetBytes(string.Join('\n', Head, Zero, """{"frame":48000,"mesh_ns":1000050000,"error_ns":20.5}""", """{"dropout":100,"frames":50,"cause":"lost"}""", """{"step":48000,"by_ns":-2000,"mesh":"ff"}""", """{"end":96100,"cut":true}""") + "\n");
        RepeatableRandom random = new(5);
        byte[] buffer = new byte[4 * sound.Length];
        int read = 0;
        for (int i = 0; i < 30_000; i++)
        {
            byte[] bent = Mutation.Of(sound, buffer, ref random).ToArray();
            try
            {
                TakeSidecar take = TakeSidecar.Parse(bent, "x.take.json");
                read++;
                Assert.That(take.Points[0].Frame, Is.Zero);
                Assert.That(take.Points.Zip(take.Points.Skip(1)), Is.All.Matches<(TakePoint, TakePoint)>(pair => pair.Item1.Frame < pair.Item2.Frame && pair.Item1.MeshTime < pair.Item2.MeshTime));
                Assert.That(take.FileName, Does.Not.Contain("/"));
            }
            catch (AudioMeshException error)
            {
                Assert.That(error.Kind, Is.EqualTo(AudioErrorKind.FileInvalid));
            }
        }

        Assert.That(read, Is.InRange(1, 29_999));
    }

    [Test]
    public void Any_clock_a_device_may_have_is_read_back() => Prop.ForAll(
        ArbMap.Default.ArbFor<int[]>(),
        steps =>
        {
            List<string> lines = [Head, Zero];
            List<long> times = [1000];
            for (int i = 0; i < steps.Length; i++)
            {
                times.Add(times[^1] + 1_000_000_000 + (steps[i] % 10_000 * 1000L));
                lines.Add(FormattableString.Invariant($"{{\"frame\":{(i + 1) * 48000},\"mesh_ns\":{times[^1]},\"error_ns\":1}}"));
            }

            TakeSidecar take = Parse([.. lines]);
            return take.Frames is null && take.Points.Select(point => point.MeshTime.Nanoseconds).SequenceEqual(times);
        }).QuickCheckThrowOnFailure();

    private static TakeSidecar Parse(params string[] lines) => TakeSidecar.Parse(Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n"), "x.take.json");
}
