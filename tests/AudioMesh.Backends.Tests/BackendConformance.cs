// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Backends.Tests;

/// <summary>
/// What every backend must hold to. A fixture per backend derives from it and says how to make one, what it can open and how
/// to hear what it plays. Spread over files by subject.
/// </summary>
[NonParallelizable]
public abstract partial class BackendConformance
{
    private readonly List<IAudioOutputBackend> _made = [];
    private readonly List<DeviceEvent> _passedOver = [];

    /// <summary>Makes a closed backend.</summary>
    protected abstract IAudioOutputBackend Create();

    /// <summary>Something this backend can open now, with two outputs; asked anew for every opening.</summary>
    protected abstract StreamRequest Request();

    /// <summary>A device that is not there.</summary>
    protected abstract string MissingDevice { get; }

    /// <summary>A legal rate the device refuses; null when it takes them all.</summary>
    protected virtual int? RefusedRate => null;

    /// <summary>Input channels the device of <see cref="Request"/> has; 0 when it has none.</summary>
    protected virtual int InputChannels => 2;

    /// <summary>What the inputs carry when nothing is connected: true for silence.</summary>
    protected virtual bool InputsAreSilent => true;

    /// <summary>Whether blocks come by the clock and a stall is an xrun.</summary>
    protected virtual bool IsPaced => true;

    /// <summary>Begins to listen to an open backend, which it may start and stop for that; null where nobody can.</summary>
    protected virtual IOutputCapture? Capture(IAudioOutputBackend open) => null;

    [TearDown]
    public void DisposeBackends()
    {
        foreach (IAudioOutputBackend backend in _made)
        {
            backend.Dispose();
        }

        _made.Clear();
        _passedOver.Clear();
    }

    /// <summary>Makes a backend that is disposed after the test.</summary>
    protected IAudioOutputBackend New()
    {
        IAudioOutputBackend backend = Create();
        _made.Add(backend);
        return backend;
    }

    private IAudioOutputBackend NewRunning(IRenderCallback? render)
    {
        IAudioOutputBackend backend = New();
        backend.Open(Request(), render);
        backend.Start();
        return backend;
    }

    private static AudioMeshException Throws(AudioErrorKind kind, Action call)
    {
        AudioMeshException error = Assert.Throws<AudioMeshException>(() => call());
        Assert.That(error.Kind, Is.EqualTo(kind), error.Message);
        return error;
    }

    /// <summary>Waits for an event; those that come before it are kept in <see cref="_passedOver"/>.</summary>
    private bool AwaitEvent(IAudioOutputBackend backend, DeviceEventKind kind, out DeviceEvent found, int timeoutMs = Patience.Ms)
    {
        DeviceEvent seen = default;
        bool came = SpinWait.SpinUntil(
            () =>
            {
                while (backend.TryReadEvent(out seen))
                {
                    if (seen.Kind == kind)
                    {
                        return true;
                    }

                    _passedOver.Add(seen);
                }

                return false;
            },
            timeoutMs);
        found = seen;
        return came;
    }
}
