// SPDX-License-Identifier: MIT
using System.Runtime.Versioning;
using AudioMesh.Backends.Alsa;

namespace AudioMesh.Backends.Tests.Alsa;

/// <summary>ALSA's PCM that takes all it is given at once: paced by our clock.</summary>
[TestFixture(true)]
[TestFixture(false)]
[SupportedOSPlatform("linux")]
internal sealed class AlsaNullConformance(bool mapped) : BackendConformance
{
    protected override string MissingDevice => "no-such-pcm";

    protected override IAudioOutputBackend Create() => new AlsaBackend();

    protected override StreamRequest Request() => new() { Device = "null", PeriodFrames = 128, UseMmap = mapped };
}

/// <summary>ALSA's PCM that writes a file.</summary>
[TestFixture(true)]
[TestFixture(false)]
[SupportedOSPlatform("linux")]
internal sealed class AlsaFileConformance(bool mapped) : BackendConformance
{
    private int _files;

    protected override string MissingDevice => "no-such-pcm";

    protected override IAudioOutputBackend Create() => new AlsaBackend();

    protected override StreamRequest Request() => new()
    {
        Device = RawFile.Device(AlsaTestSetup.PathOf($"conformance-{++_files}.raw")), PeriodFrames = 128, UseMmap = mapped,
    };

    protected override IOutputCapture Capture(IAudioOutputBackend open) =>
        new RawFile(AlsaTestSetup.PathOf($"conformance-{_files}.raw"), open.Stream!.OutputChannels);
}

/// <summary>A device with a clock of its own, one rate and one format.</summary>
[TestFixture("rwi", "S16_LE")]
[TestFixture("mmapn", "FLOAT_LE")]
[SupportedOSPlatform("linux")]
internal sealed class AlsaTimedConformance(string access, string format) : BackendConformance
{
    protected override string MissingDevice => "no-such-pcm";

    protected override int? RefusedRate => 44_100;

    protected override IAudioOutputBackend Create() => new AlsaBackend();

    protected override StreamRequest Request() => new()
    {
        Device = TimedPcm.Device($"ACCESS={access}", $"FORMAT={format}"), PeriodFrames = 128, Periods = 4,
    };
}
