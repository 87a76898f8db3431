// SPDX-License-Identifier: MIT
using AudioMesh.Graph;
using AudioMesh.Testing;

namespace AudioMesh.Engine.Tests;

internal sealed class FileNodeTests : EngineFixture
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void SetUpFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void TearDownFolder() => _folder.Dispose();

    [Test]
    public void A_file_at_the_devices_rate_is_played_bit_for_bit_and_its_end_reported()
    {
        float[] ramp = Ramp(10_000);
        int source = Play(48000, ramp);
        float[] sound = Device.Pull(10_240)[0];
        Assert.That(sound[..10_000], Is.EqualTo(ramp));
        Assert.That(sound[10_000..], Is.All.Zero);
        EngineEvent end = Await(e => e.Kind == EngineEventKind.Node);
        Assert.That((end.Value, end.NodeId), Is.EqualTo(("ended", source)));
        Assert.That(Engine.FindNode(source).Get("ended")!.Value.Number, Is.EqualTo(1));
    }

    [Test]
    public void A_file_at_another_rate_keeps_its_pitch_and_level()
    {
        float[] tone = [.. Enumerable.Range(0, 44100).Select(i => MathF.Sin(i * MathF.Tau * 1000 / 44100))];
        Play(44100, tone);
        float[] sound = Device.Pull(48000)[0];
        double error = 0;
        for (int i = 2000; i < 46000; i++)
        {
            error = Math.Max(error, Math.Abs(sound[i] - Math.Sin(i * Math.Tau * 1000 / 48000)));
        }

        Assert.That(error, Is.LessThan(2e-3));
    }

    [Test]
    public void A_loop_joins_its_ends_without_a_missing_frame()
    {
        float[] ramp = Ramp(1000);
        Play(48000, ramp, loop: true);
        float[] sound = Device.Pull(5000)[0];
        Assert.That(sound, Is.EqualTo(Enumerable.Range(0, 5000).Select(i => ramp[i % 1000])));
    }

    [Test]
    public void A_seek_is_heard_from_the_frame_asked_for()
    {
        float[] ramp = Ramp(40_000);
        int source = Play(48000, ramp);
        Device.Pull(1024);
        Set(source, "position", 30_000);
        float[] sound = PullUntil(block => block[^1] > ramp[30_000]);
        int joined = Array.FindIndex(sound, Declicker.DecayFrames, x => x > ramp[29_000]);
        Assert.That(joined, Is.GreaterThan(0));
        Assert.That(Engine.FindNode(source).Get("position")!.Value.Number, Is.InRange(30_000, 40_000));
    }

    [Test]
    public void A_seek_after_the_end_plays_again()
    {
        float[] ramp = Ramp(1000);
        int source = Play(48000, ramp);
        Device.Pull(2048);
        Await(e => e.Kind == EngineEventKind.Node);
        Set(source, "position", 0);
        float[] sound = PullUntil(block => block[^1] != 0);
        Assert.That(sound[^1], Is.GreaterThan(0));
    }

    [Test]
    public void A_recording_holds_what_was_rendered_bit_for_bit()
    {
        string path = _folder.PathOf("take.wav");
        Open(inputChannels: 1);
        int sink = Add("file_sink", ("path", path), ("channels", 1));
        Chain(Add("device_source", ("channels", 1)), sink);
        Engine.Start();
        float[] ramp = Ramp(8192);
        Device.Pull(8192, [ramp]);
        Engine.Stop();
        Engine.DestroyNode(sink);
        using Files.IAudioFileReader file = Files.AudioFile.OpenRead(path);
        float[] read = new float[8192];
        Assert.That(file.Read(read), Is.EqualTo(8192));
        Assert.That(read, Is.EqualTo(ramp));
    }

    [Test]
    public void A_file_that_is_there_is_not_overwritten_unasked()
    {
        string path = _folder.PathOf("take.wav");
        File.WriteAllText(path, "precious");
        AudioMeshException error = Assert.Throws<AudioMeshException>(() => Add("file_sink", ("path", path)))!;
        Assert.That(error.Message, Does.Contain(path));
        Assert.That(File.ReadAllText(path), Is.EqualTo("precious"));
    }

    [Test]
    public void A_missing_file_is_an_error_that_names_it()
    {
        AudioMeshException error = Assert.Throws<AudioMeshException>(() => Add("file_source", ("path", "/nowhere/at/all.wav")))!;
        Assert.That(error.Kind, Is.EqualTo(AudioErrorKind.NotFound));
        Assert.That(error.Message, Does.Contain("/nowhere/at/all.wav"));
    }

    private static float[] Ramp(int frames) => [.. Enumerable.Range(0, frames).Select(i => (i + 1) / (float)frames)];

    private int Play(int rate, float[] samples, bool loop = false)
    {
        string path = _folder.PathOf("in.wav");
        GraphTests.WriteWav(path, rate, 1, samples);
        Open();
        int source = Add("file_source", ("path", path), ("loop", loop));
        Chain(source, Add("device_sink"));
        Engine.Start();
        return source;
    }

    private float[] PullUntil(Predicate<float[]> isThere)
    {
        for (int i = 0; i < 2000; i++)
        {
            float[] block = Device.Pull(256)[0];
            if (isThere(block))
            {
                return block;
            }

            Thread.Sleep(2);
        }

        throw new AssertionException("Not heard within 2000 blocks.");
    }
}
