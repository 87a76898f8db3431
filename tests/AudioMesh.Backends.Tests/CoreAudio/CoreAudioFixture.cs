// SPDX-License-Identifier: MIT
using AudioMesh.Backends.CoreAudio;

namespace AudioMesh.Backends.Tests.CoreAudio;

/// <summary>A fresh fake HAL for every test; after it nothing may have been misused.</summary>
[NonParallelizable]
internal abstract class CoreAudioFixture
{
    protected const string Speakers = "fake-speakers";
    protected const string Mic = "fake-mic";
    protected const string Interface = "fake-interface";

    private readonly List<CoreAudioBackend> _made = [];

    protected static FakeHal Hal => FakeHal.Instance;

    [SetUp]
    public void ResetHal() => Hal.Reset();

    [TearDown]
    public void CloseAndCheck()
    {
        Hal.Hang(false);
        foreach (CoreAudioBackend backend in _made)
        {
            backend.Dispose();
        }

        _made.Clear();
        Assert.That(Hal.Misuse, Is.Empty);
    }

    protected CoreAudioBackend New()
    {
        CoreAudioBackend backend = new(Hal.Path);
        _made.Add(backend);
        return backend;
    }

    protected CoreAudioBackend NewRunning(StreamRequest request, Renderer renderer)
    {
        CoreAudioBackend backend = New();
        backend.Open(request, renderer);
        backend.Start();
        return backend;
    }

    protected static AudioMeshException Throws(AudioErrorKind kind, Action call)
    {
        AudioMeshException error = Assert.Throws<AudioMeshException>(() => call());
        Assert.That(error.Kind, Is.EqualTo(kind), error.Message);
        return error;
    }

    protected static DeviceEvent AwaitEvent(CoreAudioBackend backend, DeviceEventKind kind)
    {
        DeviceEvent seen = default;
        bool came = SpinWait.SpinUntil(() => backend.TryReadEvent(out seen) && seen.Kind == kind, Patience.Ms);
        Assert.That(came, Is.True, $"no {kind}");
        return seen;
    }

    protected static void AwaitLost(CoreAudioBackend backend, string reason)
    {
        Assert.That(AwaitEvent(backend, DeviceEventKind.Lost).Value, Is.EqualTo((long)AudioErrorKind.DeviceLost));
        Assert.That(backend.State, Is.EqualTo(BackendState.Lost));
        Assert.That(backend.LostReason, Does.Contain(reason));
    }

    protected static void AssertNothingIsLeft()
    {
        Hal.FlushNotifications();
        Assert.That(Hal.LiveListeners, Is.Zero, "listeners");
        Assert.That(Hal.LiveProcs, Is.Zero, "IOProcs");

        // A call that was given up comes back by itself, and then frees what it held.
        Assert.That(() => Hal.LiveStrings, Is.Zero.After(5000, 10), "strings");
    }
}
