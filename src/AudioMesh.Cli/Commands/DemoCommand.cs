// SPDX-License-Identifier: MIT
using System.CommandLine;
using AudioMesh.Cli.Demo;
using AudioMesh.Cli.Demo.Judging;
using AudioMesh.Cli.Demo.Live;
using AudioMesh.Cli.Demo.Output;
using AudioMesh.Cli.Demo.Page;
using AudioMesh.Cli.Eval.Report;
using AudioMesh.Cli.Runs;
using AudioMesh.Files;
using AudioMesh.Network.Impairment;

namespace AudioMesh.Cli.Commands;

/// <summary><c>audiomesh demo</c>: two nodes that play a recording to each other over a lossy link.</summary>
internal sealed class DemoCommand : Command
{
    private const double MostOfAFile = 30;
    private const double MostSeconds = 120;

    private readonly Argument<string?> _file = new("FILE")
    {
        Description = "The recording, its first two channels; a piece for piano that comes with the program when not given.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<double?> _seconds = OptionOf.Number(
        "--seconds", "For how long, over and over if need be; when not given the recording, but at most half a minute of it.", "SECONDS", 1, MostSeconds);

    private readonly Option<string> _preset = OptionOf.Choice(
        "--preset", "The network, both ways; wifi when not given.", ["wifi", .. ImpairmentPresets.Names.Where(name => name != "wifi")]);

    private readonly Option<int> _seed = OptionOf.Whole("--seed", "Another number, other losses; 1 when not given.", "N", 1, int.MaxValue);
    private readonly Option<string> _depth = DepthOption.Create("0..8");
    private readonly Option<string> _report = new("--report")
    {
        Description = "Where the page for a browser goes: what was heard, latency, losses, gaps to look at and to listen to.",
        HelpName = "FILE.html",
        DefaultValueFactory = _ => "audiomesh-demo.html",
    };

    private readonly DeviceOptionSet _device;

    public DemoCommand()
        : base("demo", "Shows two nodes that play a recording to each other over a lossy link, with what is lost predicted and without.")
    {
        OptionOf.RejectIn(_file);
        Add(_file);
        foreach (Option option in (Option[])[_seconds, _preset, _seed, _depth, _report])
        {
            Add(option);
        }

        _device = new DeviceOptionSet(this, canWriteFile: false, choosesHost: false);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed)
    {
        using Interruption interruption = new();
        DeviceWish device = _device.Read(parsed);
        if (device.Backend == "wav")
        {
            throw new AudioMeshException(AudioErrorKind.InvalidArgument, "--backend wav keeps no time: a demo needs a device that does.");
        }

        using DemoRecording recording = new(parsed.GetValue(_file));
        DemoPlan plan = PlanOf(parsed, recording, device);
        string page = parsed.GetValue(_report)!;
        using ReportFile file = new(page);
        IDemoReport report = DemoReport.Create(parsed.GetValue(CommonOptions.Json));
        DemoRecord record;
        using (DemoRun run = new(plan))
        {
            if (run.FallbackReason is { } reason)
            {
                report.Note("null_device", $"No sound device or server is there, so nobody hears this. {reason}".TrimEnd());
            }

            record = await run.GoAsync(report, interruption);
        }

        DemoResult result = DemoJudge.Judge(record);
        file.Write(DemoPage.Write(result));
        report.End(result, page);
        return interruption.Signalled.IsCompleted ? ExitCode.Of(await interruption.Signalled) : ExitCode.Done;
    }

    private DemoPlan PlanOf(ParseResult parsed, DemoRecording recording, DeviceWish device)
    {
        using IAudioFileReader reader = AudioFile.OpenRead(recording.Path);
        return new DemoPlan
        {
            Path = recording.Path,
            Name = recording.Name,
            Seconds = parsed.GetValue(_seconds) ?? Math.Min(MostOfAFile, (double)reader.Info.Frames / reader.Info.Rate),
            Preset = parsed.GetValue(_preset)!,
            Seed = Math.Max(1, parsed.GetValue(_seed)),
            Depth = DepthOption.Parse(parsed.GetValue(_depth)!),
            Device = device,
        };
    }
}
