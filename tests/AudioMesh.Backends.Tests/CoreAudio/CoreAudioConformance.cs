// SPDX-License-Identifier: MIT
using AudioMesh.Backends.CoreAudio;

namespace AudioMesh.Backends.Tests.CoreAudio;

/// <summary>The conformance suite on a device of the fake HAL; afterwards nothing of the HAL may be left in use.</summary>
internal abstract class CoreAudioConformance(string uid, int outputs) : BackendConformance
{
    protected override string MissingDevice => "no-such-uid";

    protected override int? RefusedRate => 22_050;

    [OneTimeSetUp]
    public void ResetHal() => FakeHal.Instance.Reset();

    [OneTimeTearDown]
    public void Nothing_is_left()
    {
        FakeHal hal = FakeHal.Instance;
        Assert.That(hal.Misuse, Is.Empty);
        Assert.That(hal.LiveListeners, Is.Zero, "listeners");
        Assert.That(hal.LiveProcs, Is.Zero, "IOProcs");
        Assert.That(hal.LiveStrings, Is.Zero, "strings");
    }

    protected override IAudioOutputBackend Create() => new CoreAudioBackend(FakeHal.Instance.Path);

    protected override StreamRequest Request() => new() { Device = uid, PeriodFrames = 256 };

    protected override IOutputCapture? Capture(IAudioOutputBackend running) => new TapeCapture(uid, outputs);

    private sealed class TapeCapture : IOutputCapture
    {
        private readonly string _uid;
        private readonly int _outputs;

        public TapeCapture(string uid, int outputs)
        {
            (_uid, _outputs) = (uid, outputs);
            FakeHal.Instance.TakePlayed(uid, outputs);
        }

        public float[][] Take() => FakeHal.Instance.TakePlayed(_uid, _outputs)[..2];

        public void Dispose()
        {
        }
    }
}

/// <summary>A device with one interleaved stream that only plays.</summary>
[TestFixture]
internal sealed class CoreAudioSpeakersConformance() : CoreAudioConformance("fake-speakers", 2)
{
    protected override int InputChannels => 0;
}

/// <summary>A device with four streams of one channel that also records.</summary>
[TestFixture]
internal sealed class CoreAudioInterfaceConformance() : CoreAudioConformance("fake-interface", 4);
