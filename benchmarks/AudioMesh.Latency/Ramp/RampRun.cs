// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Latency.Canary;
using AudioMesh.Latency.Reports;

namespace AudioMesh.Latency.Ramp;

/// <summary><c>audiomesh play</c> plays a ramp, through JACK or through ALSA's plugin for it, and another client of the server compares.</summary>
internal sealed class RampRun(string backend, bool synchronous, int period, int seconds) : IDisposable
{
    private const int SilenceSeconds = 3;
    private const string AlsaDefinition = """
        pcm.am_ramp {
            type jack name am_ramp
            playback_ports { 0 "system:playback_1" 1 "system:playback_2" }
        }

        """;

    private static readonly TimeSpan PortLimit = TimeSpan.FromSeconds(SilenceSeconds + 10);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("audiomesh-ramp-");

    private string RampFile => Path.Combine(_folder.FullName, "ramp.wav");

    private string AlsaFile => Path.Combine(_folder.FullName, "asound.conf");

    private string[] Ports => backend == "alsa" ? ["am_ramp:out_000", "am_ramp:out_001"] : ["audiomesh:out_1", "audiomesh:out_2"];

    public async Task<RampReport> RunAsync()
    {
        int frames = seconds * RampSignal.Rate;
        RampSignal.WriteTo(RampFile, SilenceSeconds * RampSignal.Rate, frames);
        using DummyJack jack = new(period, synchronous);
        await File.WriteAllTextAsync(AlsaFile, AlsaDefinition);
        using CanaryProcess canary = new();
        using RampCapture capture = new(jack.Name, (seconds + (2 * SilenceSeconds) + 10) * RampSignal.Rate);
        Task playing = PlayProcess.RunAsync(Words(jack.Name), variables =>
        {
            variables["ALSA_CONFIG_PATH"] = AlsaFile;
            variables["JACK_DEFAULT_SERVER"] = jack.Name;
        });
        Task listening = Task.Run(() => capture.Listen(Ports, PortLimit));
        await Task.WhenAll(playing, listening);
        RampHeard heard = capture.Stop();
        CanaryReport stalls = canary.Stop();
        (List<RampBreak> breaks, long count) = heard.Compare(frames);
        long periodNs = new FrameCount(period).ToNanoseconds(RampSignal.Rate);
        breaks = breaks.ConvertAll(one => one with { Cause = RampCause.Of(one.Time, periodNs, stalls, jack.Said) });
        return new RampReport(backend, synchronous, period, frames, count, breaks, CanaryFigures.Of(stalls));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string[] Words(string server) => backend == "alsa"
        ? [RampFile, "--backend", "alsa", "--device", "am_ramp"]
        : [RampFile, "--backend", "jack", "--device", server, "--no-autoconnect"];
}
