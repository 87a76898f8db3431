// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Backends.Tests;

public abstract partial class BackendConformance
{
    private const int SoundFrames = 48_000;
    private const int Attempts = 5;

    [Test]
    public void Plays_every_rendered_sample_once_and_unchanged()
    {
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            Renderer renderer = new();
            IAudioOutputBackend backend = New();
            backend.Open(Request(), renderer);
            using IOutputCapture capture = Capture(backend) ?? IgnoredCapture();
            backend.Start();
            Assert.That(renderer.AwaitFrames(SoundFrames), Is.True);
            StopAndHearOut(backend);
            if (HadXrun(backend))
            {
                continue;
            }

            Assert.That(Ramp.CountFollowing(capture.Take(), out _), Is.GreaterThan(SoundFrames / 2));
            return;
        }

        Assert.Inconclusive("the machine was too busy to play a second without an xrun");
    }

    [Test]
    public void Plays_pushed_samples_in_order()
    {
        IgnoreUnlessPaced();
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            IAudioOutputBackend backend = New();
            StreamInfo info = backend.Open(Request(), render: null);
            using IOutputCapture capture = Capture(backend) ?? IgnoredCapture();
            int channels = info.OutputChannels;
            float[] ramp = InterleavedRamp(SoundFrames, channels);
            int pushed = backend.PushAudio(ramp, Math.Min(SoundFrames, info.Rate / 8), MeshTime.Unknown);
            backend.Start();
            bool done = SpinWait.SpinUntil(
                () =>
                {
                    pushed += backend.PushAudio(ramp.AsSpan(pushed * channels), SoundFrames - pushed, MeshTime.Unknown);
                    return pushed == SoundFrames;
                },
                Patience.Ms);
            Assert.That(done, Is.True, "the device takes what is pushed");
            bool ranDry = AwaitEvent(backend, DeviceEventKind.PushUnderrun, out DeviceEvent underrun);
            StopAndHearOut(backend);
            Assert.That(ranDry, Is.True, "says that the frames ran out");
            Assert.That(underrun.Value, Is.InRange(1, StreamRequest.MaxPeriodFrames));
            float[][] played = capture.Take();
            if (HadXrun(backend))
            {
                continue;
            }

            Assert.That(Ramp.CountFollowing(played, out long first), Is.GreaterThan(SoundFrames / 2));
            return;
        }

        Assert.Inconclusive("the machine was too busy to play a second without an xrun");
    }

    [Test]
    public void Push_takes_what_fits_and_never_waits()
    {
        IgnoreUnlessPaced();
        IAudioOutputBackend backend = New();
        StreamInfo info = backend.Open(Request() with { PushFrames = 4096 }, render: null);
        float[] samples = new float[8192 * info.OutputChannels];
        int fits = Math.Max(4096, info.PeriodFrames);
        Assert.That(backend.PushAudio(samples, 1000, MeshTime.Unknown), Is.EqualTo(1000));
        Assert.That(backend.PushAudio(samples, Math.Min(8192, fits), MeshTime.Unknown), Is.EqualTo(fits - 1000));
        Assert.That(backend.PushAudio(samples, 1, MeshTime.Unknown), Is.Zero, "full");
        Throws(AudioErrorKind.InvalidArgument, () => backend.PushAudio(samples, 8193, MeshTime.Unknown));
        Throws(AudioErrorKind.InvalidArgument, () => backend.PushAudio(samples, -1, MeshTime.Unknown));
        backend.Start();
        bool hasRoom = SpinWait.SpinUntil(() => backend.PushAudio(samples, 1, MeshTime.Unknown) == 1, Patience.Ms);
        Assert.That(hasRoom, Is.True, "the device makes room");
        backend.Close();
        Throws(AudioErrorKind.InvalidState, () => backend.PushAudio(samples, 1, MeshTime.Unknown));
    }

    [Test]
    public void Push_to_a_stream_that_would_not_wait_is_refused()
    {
        AudioMeshException error = Throws(AudioErrorKind.InvalidArgument, () => New().Open(Request() with { Paced = false }, render: null));
        Assert.That(error.Field, Is.EqualTo("paced"));
    }

    /// <summary>The ramp as an app would push it.</summary>
    protected static float[] InterleavedRamp(int frames, int channels)
    {
        float[] ramp = new float[frames * channels];
        for (int i = 0; i < ramp.Length; i++)
        {
            ramp[i] = Ramp.At(i / channels, i % channels, channels);
        }

        return ramp;
    }

    /// <summary>Whether the events of an attempt tell of an xrun, those passed over and those not yet read; forgets them.</summary>
    private bool HadXrun(IAudioOutputBackend backend)
    {
        while (backend.TryReadEvent(out DeviceEvent deviceEvent))
        {
            _passedOver.Add(deviceEvent);
        }

        bool had = _passedOver.Exists(deviceEvent => deviceEvent.Kind == DeviceEventKind.Xrun);
        _passedOver.Clear();
        return had;
    }

    /// <summary>A device may tell of an xrun some time after it: closing at once would miss it.</summary>
    private static void StopAndHearOut(IAudioOutputBackend backend)
    {
        backend.Stop();
        Thread.Sleep(200);
        backend.Close();
    }

    private void IgnoreUnlessPaced()
    {
        if (!IsPaced)
        {
            Assert.Ignore("only a paced stream can be pushed to");
        }
    }

    private static IOutputCapture IgnoredCapture()
    {
        Assert.Ignore("nobody can hear this device");
        return null!;
    }
}
