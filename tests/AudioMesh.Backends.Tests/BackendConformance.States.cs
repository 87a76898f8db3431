// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Backends.Tests;

public abstract partial class BackendConformance
{
    [Test]
    public void Is_available_and_closed_before_anything_is_opened()
    {
        IAudioOutputBackend backend = New();
        Assert.That(backend.IsAvailable(out string reason), Is.True, reason);
        Assert.That(backend.State, Is.EqualTo(BackendState.Closed));
        Assert.That(backend.Stream, Is.Null);
        Assert.That(backend.LostReason, Is.Empty);
        Assert.That(backend.TryReadEvent(out _), Is.False);
    }

    [Test]
    public void Devices_it_enumerates_carry_its_name()
    {
        IAudioOutputBackend backend = New();
        foreach (AudioDevice device in backend.EnumerateDevices())
        {
            Assert.That(device.Driver, Is.EqualTo(backend.Driver));
            Assert.That(device.Description, Is.Not.Empty);
        }
    }

    [Test]
    public void Walks_through_its_states_and_back()
    {
        IAudioOutputBackend backend = New();
        Renderer renderer = new();
        StreamInfo info = backend.Open(Request(), renderer);
        Assert.That(backend.State, Is.EqualTo(BackendState.Open));
        Assert.That(backend.Stream, Is.Not.Null);
        Assert.That(renderer.Count, Is.Zero, "blocks before start");
        backend.Start();
        Assert.That(backend.State, Is.EqualTo(BackendState.Running));
        Assert.That(renderer.Count, Is.Positive, "blocks when start returned");
        backend.Stop();
        Assert.That(backend.State, Is.EqualTo(BackendState.Open));
        backend.Close();
        Assert.That(backend.State, Is.EqualTo(BackendState.Closed));
        Assert.That(backend.Stream, Is.Null);
        Assert.That(info.Driver, Is.EqualTo(backend.Driver));
    }

    [Test]
    public void Says_what_it_opened()
    {
        StreamRequest request = Request();
        StreamInfo info = New().Open(request, new Renderer());
        Assert.That(info.Device, Is.Not.Empty);
        Assert.That(info.Rate, Is.InRange(8000, 384_000));
        Assert.That(request.Rate, Is.Zero.Or.EqualTo(info.Rate));
        Assert.That(info.PeriodFrames, Is.InRange(1, StreamRequest.MaxPeriodFrames));
        Assert.That(info.BufferFrames, Is.GreaterThanOrEqualTo(info.PeriodFrames));
        Assert.That(info.OutputChannels, Is.EqualTo(request.OutputChannels));
        Assert.That(info.InputChannels, Is.EqualTo(request.InputChannels));
        Assert.That(info.Format, Is.Not.EqualTo(SampleFormat.Any));
        Assert.That(info.OutputLatencyFrames, Is.InRange(0, 20 * StreamRequest.MaxPeriodFrames));
        Assert.That(info.InputLatencyFrames, Is.InRange(0, 20 * StreamRequest.MaxPeriodFrames));
    }

    [Test]
    public void Calls_out_of_order_are_refused_and_change_nothing()
    {
        IAudioOutputBackend backend = New();
        Renderer renderer = new();
        Throws(AudioErrorKind.InvalidState, backend.Start);
        Throws(AudioErrorKind.InvalidState, backend.Stop);
        Throws(AudioErrorKind.InvalidState, () => backend.PushAudio(new float[2], 1, MeshTime.Unknown));
        backend.Open(Request(), renderer);
        Throws(AudioErrorKind.InvalidState, backend.Stop);
        Throws(AudioErrorKind.InvalidState, () => backend.Open(Request(), renderer));
        Throws(AudioErrorKind.InvalidState, () => backend.PushAudio(new float[2], 1, MeshTime.Unknown));
        Assert.That(backend.State, Is.EqualTo(BackendState.Open));
        backend.Start();
        Throws(AudioErrorKind.InvalidState, backend.Start);
        Throws(AudioErrorKind.InvalidState, () => backend.Open(Request(), renderer));
        Assert.That(backend.State, Is.EqualTo(BackendState.Running));
        Assert.That(renderer.Await(3), Is.True, "still runs");
    }

    [Test]
    public void Closes_and_disposes_in_every_state_as_often_as_one_likes()
    {
        IAudioOutputBackend backend = New();
        backend.Close();
        backend.Open(Request(), new Renderer());
        backend.Close();
        backend.Close();
        backend.Open(Request(), new Renderer());
        backend.Start();
        backend.Close();
        Assert.That(backend.State, Is.EqualTo(BackendState.Closed));
        backend.Open(Request(), new Renderer());
        backend.Start();
        backend.Dispose();
        backend.Dispose();
        Assert.That(backend.State, Is.EqualTo(BackendState.Closed));
        Throws(AudioErrorKind.InvalidState, () => backend.Open(Request(), new Renderer()));
    }

    [TestCase(7999, 2, 0, 0)]
    [TestCase(384_001, 2, 0, 0)]
    [TestCase(0, 257, 0, 0)]
    [TestCase(0, -1, 0, 0)]
    [TestCase(0, 0, 0, 0)]
    [TestCase(0, 2, 15, 0)]
    [TestCase(0, 2, 8193, 0)]
    [TestCase(0, 2, 0, 1)]
    [TestCase(0, 2, 0, 17)]
    public void A_request_out_of_range_is_refused_and_leaves_it_closed(int rate, int outputs, int period, int periods)
    {
        IAudioOutputBackend backend = New();
        StreamRequest request = Request() with
        {
            Rate = rate, OutputChannels = outputs, InputChannels = 0, PeriodFrames = period, Periods = periods,
        };
        AudioMeshException error = Throws(AudioErrorKind.InvalidArgument, () => backend.Open(request, new Renderer()));
        Assert.That(error.Field, Is.Not.Null.And.Not.Empty);
        Assert.That(error.Allowed, Is.Not.Null.And.Not.Empty);
        Assert.That(backend.State, Is.EqualTo(BackendState.Closed));
    }

    [Test]
    public void A_device_that_is_not_there_is_named_in_the_error()
    {
        IAudioOutputBackend backend = New();
        AudioMeshException error = Assert.Throws<AudioMeshException>(
            () => backend.Open(Request() with { Device = MissingDevice }, new Renderer()));
        Assert.That(error.Kind, Is.EqualTo(AudioErrorKind.NotFound).Or.EqualTo(AudioErrorKind.DeviceUnavailable));
        Assert.That(error.Message, Does.Contain(MissingDevice));
        Assert.That(backend.State, Is.EqualTo(BackendState.Closed));
        backend.Open(Request(), new Renderer());
        Assert.That(backend.State, Is.EqualTo(BackendState.Open), "opens after a failure");
    }

    [Test]
    public void A_rate_the_device_cannot_run_at_is_refused_by_name()
    {
        int rate = RefusedRate ?? Ignored("takes every rate");
        IAudioOutputBackend backend = New();
        AudioMeshException error = Throws(
            AudioErrorKind.FormatUnsupported, () => backend.Open(Request() with { Rate = rate }, new Renderer()));
        Assert.That(error.Message, Does.Contain($"{rate}"));
        Assert.That(backend.State, Is.EqualTo(BackendState.Closed));
    }

    [Test]
    public void A_renderer_that_throws_loses_the_stream_and_not_the_process()
    {
        Renderer renderer = new();
        IAudioOutputBackend backend = NewRunning(renderer);
        renderer.ThrowOnce = true;
        Assert.That(AwaitEvent(backend, DeviceEventKind.Lost, out DeviceEvent lost), Is.True);
        Assert.That((AudioErrorKind)lost.Value, Is.EqualTo(AudioErrorKind.Internal));
        Assert.That(backend.State, Is.EqualTo(BackendState.Lost));
        Assert.That(backend.LostReason, Does.Contain("asked to throw"));
        int blocks = renderer.Count;
        Throws(AudioErrorKind.InvalidState, backend.Start);
        backend.Stop();
        Assert.That(backend.State, Is.EqualTo(BackendState.Lost), "only close helps");
        Assert.That(renderer.Count, Is.EqualTo(blocks), "blocks after the loss");
        backend.Close();
        backend.Open(Request(), new Renderer());
        backend.Start();
        Assert.That(backend.State, Is.EqualTo(BackendState.Running));
    }

    private static int Ignored(string why)
    {
        Assert.Ignore(why);
        return 0;
    }
}
