// SPDX-License-Identifier: MIT
using AudioMesh.Backends;
using AudioMesh.Clock;
using AudioMesh.Engine;
using AudioMesh.Files;
using AudioMesh.Graph;
using AudioMesh.Network.Time;
using AudioMesh.Network.Transport;
using AudioMesh.Testing;

namespace AudioMesh.Network.Tests.Transport;

/// <summary>An engine with a transport and a file on it, from order to sound.</summary>
internal sealed class ClipTests
{
    private const int Rate = 48_000;
    private const int Impulse = 12_000;

    [Test]
    public void A_file_is_heard_from_the_frame_that_the_transport_was_located_to_and_until_it_stops()
    {
        using TemporaryFolder folder = new();
        string file = folder.PathOf("clip.wav"), heard = folder.PathOf("heard.wav");
        WriteClip(file);
        TransportClock clock = new(new TimeService(1, MeshClock.Now, new TimeOptions()).Timebase);
        using (AudioEngine engine = new(new AudioEngineOptions { Nodes = ClipNode.Add(NodeCatalogue.CreateDefault(), clock), BlockClock = clock }))
        {
            engine.OpenDevice("wav", new StreamRequest { Device = heard, Rate = Rate, PeriodFrames = 256, OutputChannels = 1, Format = SampleFormat.Float32 });
            GraphNode clip = engine.CreateNode("clip", new Dictionary<string, ParameterValue> { ["path"] = file, ["start"] = 1000 });
            GraphNode sink = engine.CreateNode("device_sink", new Dictionary<string, ParameterValue> { ["channels"] = 1 });
            engine.Connect(clip.Id, sink.Id);
            engine.Start();
            Await(() => clock.Read().At.IsKnown);
            MeshTime at = clock.Read().At.Add(500_000_000);
            Assert.That(clock.Schedule(new TransportOrder(1, TransportAction.LocateStart, at, 1000 + 10_000)), Is.EqualTo(default(TransportRefusal)));
            Assert.That(clock.Schedule(new TransportOrder(2, TransportAction.Stop, at.Add(500_000_000))), Is.EqualTo(default(TransportRefusal)));
            Await(() => clock.TryTakeOutcome(out TransportOutcome outcome) && outcome.Id == 2);
        }

        float[] sound = Read(heard);
        int begin = Array.FindIndex(sound, sample => sample != 0), impulse = Array.FindIndex(sound, sample => sample == 1), end = Array.FindLastIndex(sound, sample => sample != 0);
        Assert.That(impulse - begin, Is.EqualTo(Impulse - 10_000));
        Assert.That(end - begin, Is.InRange(24_000 - 2, 24_000 + 64), "half a second, and what takes the click away");
    }

    [Test]
    public void A_file_of_another_rate_or_none_is_refused_by_name()
    {
        using TemporaryFolder folder = new();
        TransportClock clock = new(new TimeService(1, MeshClock.Now, new TimeOptions()).Timebase);
        using AudioEngine engine = new(new AudioEngineOptions { Nodes = ClipNode.Add(NodeCatalogue.CreateDefault(), clock), BlockClock = clock });
        engine.OpenDevice("null", new StreamRequest { Rate = 44_100, OutputChannels = 1 });
        WriteClip(folder.PathOf("clip.wav"));
        Assert.That(
            () => engine.CreateNode("clip", new Dictionary<string, ParameterValue> { ["path"] = folder.PathOf("clip.wav") }),
            Throws.TypeOf<AudioMeshException>().With.Property("Kind").EqualTo(AudioErrorKind.FormatUnsupported));
        Assert.That(
            () => engine.CreateNode("clip", new Dictionary<string, ParameterValue> { ["path"] = folder.PathOf("none.wav") }), Throws.TypeOf<AudioMeshException>());
    }

    private static void Await(Func<bool> holds) => Assert.That(SpinWait.SpinUntil(holds, 20_000), Is.True);

    private static void WriteClip(string path)
    {
        float[] samples = [.. Enumerable.Repeat(0.25f, 3 * Rate)];
        samples[Impulse] = 1;
        using IAudioFileWriter writer = AudioFile.Create(path, new AudioFileOptions { Rate = Rate, Channels = 1, Format = FileSampleFormat.Float32 });
        writer.Write(samples);
    }

    private static float[] Read(string path)
    {
        using IAudioFileReader reader = AudioFile.OpenRead(path);
        float[] samples = new float[reader.Info.Frames * reader.Info.Channels];
        reader.Read(samples);
        return samples;
    }
}
