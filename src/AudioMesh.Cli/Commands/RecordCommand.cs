// SPDX-License-Identifier: MIT
using System.CommandLine;
using AudioMesh.Cli.Reports;
using AudioMesh.Cli.Runs;
using AudioMesh.Cli.Takes;

namespace AudioMesh.Cli.Commands;

/// <summary><c>audiomesh record</c>: the device's input into a file.</summary>
internal sealed class RecordCommand : Command
{
    private const int SettleMs = 50;
    private const int SettleTries = 40;

    private readonly Argument<string> _file = new("FILE")
    {
        Description = "The file to make: WAV, or what libsndfile writes where it is installed (.flac, .ogg, .aiff, ...).",
    };

    private readonly Option<double?> _seconds = OptionOf.Number(
        "--seconds", "How long; until Ctrl-C when not given.", "SECONDS", 0.001, 1e7);
    private readonly Option<string> _format = OptionOf.Choice("--format", "Sample format of the file.", "s24", "s16", "s32", "f32");
    private readonly Option<bool> _overwrite = new("--overwrite") { Description = "Replace a file that is there already." };
    private readonly DeviceOptionSet _device;
    private readonly ArmOptionSet _arm;

    public RecordCommand()
        : base("record", "Records the device's input until Ctrl-C, or for a time.")
    {
        OptionOf.RejectIn(_file);
        Add(_file);
        foreach (Option option in (Option[])[_seconds, _format, _overwrite])
        {
            Add(option);
        }

        _device = new DeviceOptionSet(this, canWriteFile: false);
        _arm = new ArmOptionSet(this);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed)
    {
        string path = parsed.GetValue(_file)!;
        bool overwrite = parsed.GetValue(_overwrite);
        if (File.Exists(path) && !overwrite)
        {
            throw new AudioMeshException(AudioErrorKind.FileUnreadable, $"{path} exists already; --overwrite replaces it.");
        }

        using Interruption interruption = new();
        DeviceWish wish = _device.Read(parsed);
        IReport report = Report.Create(parsed.GetValue(CommonOptions.Json));
        if (_arm.Read(parsed) is { } armed)
        {
            ArmedRecording recording = new(path, armed, wish, FileFormats.Of(parsed.GetValue(_format)!), parsed.GetValue(_seconds), overwrite);
            return await EndAsync(await recording.GoAsync(report, interruption), report, parsed, interruption);
        }

        await using AudioMeshEngine engine = await EngineStart.StartAsync(wish.Host, report);
        DeviceInfo device = await EngineStart.OpenAsync(engine, wish, new DeviceNeed(IsRecording: true, 0, [2, 1]), report);
        string format = parsed.GetValue(_format)!;
        FileSinkHandle sink = await engine.AddFileSinkAsync(path, device.InputChannels, format, overwrite);
        MeshNode source = await engine.AddDeviceSourceAsync(device.InputChannels);
        MeterHandle meter = await engine.AddMeterAsync(device.InputChannels);
        await engine.ConnectAsync(source, meter);
        await engine.ConnectAsync(meter, sink);
        double? seconds = parsed.GetValue(_seconds);
        Run run = new(engine, [meter], report, interruption)
        {
            Start = new RunStart
            {
                Action = "record",
                Text = $"Recording {Path.GetFileName(path)} ({format}, {Texts.Count(device.InputChannels, "channel")}) from",
                Path = path,
                LengthSeconds = seconds,
                Device = device,
                Hosting = engine.Hosting,
            },
            LimitSeconds = seconds,
        };
        return await EndAsync(await RecordAsync(run, sink, path, device.Rate), report, parsed, interruption);
    }

    private async Task<int> EndAsync(RunSummary summary, IReport report, ParseResult parsed, Interruption interruption)
    {
        report.End(summary);
        bool hasOwnEnd = parsed.GetValue(_seconds) is not null;
        return summary.End == RunEnd.Interrupted && hasOwnEnd ? ExitCode.Of(await interruption.Signalled) : ExitCode.Done;
    }

    private static async Task<RunSummary> RecordAsync(Run run, FileSinkHandle sink, string path, int rate)
    {
        try
        {
            RunSummary summary = await run.GoAsync();
            return summary with { Frames = await FinishAsync(sink), LostFrames = await sink.GetLostFramesAsync() };
        }
        catch (AudioMeshException error)
        {
            double seconds = await sink.GetPositionAsync() / (double)rate;
            string kept = FormattableString.Invariant($"The {seconds:0.0} s before are in {path}.");
            throw new AudioMeshException(error.Kind, $"{error.Message} {kept}", error);
        }
    }

    // What the device gave last is on its way to the disk for a moment longer.
    private static async Task<long> FinishAsync(FileSinkHandle sink)
    {
        long frames = -1;
        for (int i = 0; i < SettleTries; i++)
        {
            long before = frames;
            frames = await sink.GetPositionAsync();
            if (frames == before)
            {
                break;
            }

            await Task.Delay(SettleMs);
        }

        return frames;
    }
}
