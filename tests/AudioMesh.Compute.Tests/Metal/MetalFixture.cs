// SPDX-License-Identifier: MIT
using AudioMesh.Compute.Kernels;
using AudioMesh.Compute.Metal;

namespace AudioMesh.Compute.Tests.Metal;

/// <summary>A fresh fake Metal for every test; after it nothing may have been misused, and nothing may be left.</summary>
[NonParallelizable]
internal abstract class MetalFixture
{
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly Stack<IDisposable> _made = [];

    protected static FakeMetal Fake => FakeMetal.Instance;

    [SetUp]
    public void ResetFake() => Fake.Reset();

    [TearDown]
    public void CheckNothingIsLeft()
    {
        Fake.Hold(false);
        DisposeAll();
        Fake.Drain();
        Assert.That(Fake.Misuse, Is.Empty);
        Assert.That(Fake.OpenPools, Is.Zero, "open pools");
        Assert.That(Fake.LiveObjects, Is.Zero, $"objects left, of which one {Fake.LiveName}");
    }

    protected T Disposed<T>(T made)
        where T : IDisposable
    {
        _made.Push(made);
        return made;
    }

    /// <summary>What <see cref="Disposed{T}"/> was given, the last first.</summary>
    protected void DisposeAll()
    {
        while (_made.TryPop(out IDisposable? made))
        {
            made.Dispose();
        }
    }

    protected MetalDevice Open(string? id = null) => Disposed(MetalDevice.Open(id, Fake.Path));

    /// <summary>Mixes one source of 64 frames, all 1, at half its level.</summary>
    protected GainMixProgram Halve(IComputeDevice device)
    {
        GainMixProgram mix = Disposed(new GainMixProgram(device, 1, 64));
        mix.Source(0).Fill(1);
        mix.SetGain(0, 0.5f, 0.5f);
        return mix;
    }

    protected static AudioMeshException Throws(AudioErrorKind kind, Action call)
    {
        AudioMeshException error = Assert.Throws<AudioMeshException>(() => call())!;
        Assert.That(error.Kind, Is.EqualTo(kind), error.Message);
        return error;
    }
}
