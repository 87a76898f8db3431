// SPDX-License-Identifier: MIT
using System.CommandLine;
using AudioMesh.Cli.Reports;
using AudioMesh.Cli.Runs;

namespace AudioMesh.Cli.Commands;

/// <summary><c>audiomesh play</c>: files, one after the other.</summary>
internal sealed class PlayCommand : Command
{
    private readonly Argument<string[]> _files = new("FILE")
    {
        Description = "The files: WAV, and what libsndfile reads where it is installed (FLAC, Ogg, AIFF, ...).",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<bool> _loop = new("--loop") { Description = "Begin again at the end, until Ctrl-C." };
    private readonly Option<double?> _gain = OptionOf.Number("--gain", "Louder or softer.", "DB", -120, 24);
    private readonly Option<double?> _start = OptionOf.Number("--start", "Begin here in the file.", "SECONDS", 0, 1e7);
    private readonly Option<double?> _seconds = OptionOf.Number("--seconds", "Play for this long at most.", "SECONDS", 0.001, 1e7);
    private readonly DeviceOptionSet _device;

    public PlayCommand()
        : base("play", "Plays files of any rate on the best device there is, or the one asked for.")
    {
        OptionOf.RejectIn(_files);
        Add(_files);
        foreach (Option option in (Option[])[_loop, _gain, _start, _seconds])
        {
            Add(option);
        }

        _device = new DeviceOptionSet(this, canWriteFile: true);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed)
    {
        using Interruption interruption = new();
        DeviceWish wish = _device.Read(parsed);
        IReport report = Report.Create(parsed.GetValue(CommonOptions.Json));
        foreach (string path in parsed.GetValue(_files)!)
        {
            RunSummary summary = await PlayAsync(parsed, path, wish, report, interruption);
            report.End(summary);
            if (summary.End == RunEnd.Interrupted)
            {
                return parsed.GetValue(_loop) ? ExitCode.Done : ExitCode.Of(await interruption.Signalled);
            }
        }

        return ExitCode.Done;
    }

    private async Task<RunSummary> PlayAsync(ParseResult parsed, string path, DeviceWish wish, IReport report, Interruption interruption)
    {
        bool loops = parsed.GetValue(_loop);
        await using AudioMeshEngine engine = await EngineStart.StartAsync(wish.Host, report);
        FileSourceHandle source = await engine.AddFileSourceAsync(path, loops);
        FileFacts file = await FileFacts.ReadAsync(source, path);
        await SeekAsync(source, file, parsed.GetValue(_start));

        DeviceInfo device = await EngineStart.OpenAsync(engine, wish, NeedOf(file, wish), report);
        MeterHandle meter = await BuildAsync(engine, source, file, device, parsed.GetValue(_gain));
        double? limit = parsed.GetValue(_seconds);
        Run run = new(engine, [meter], report, interruption)
        {
            Start = new RunStart
            {
                Action = "play",
                Text = $"Playing {file} {(device.Driver == "wav" ? "into" : "on")}",
                Path = path,
                LengthSeconds = file.Seconds,
                Device = device,
                Hosting = engine.Hosting,
            },
            LimitSeconds = limit,
            PositionSeconds = async () => await source.GetPositionAsync() / (double)file.Rate,
        };
        return await run.GoAsync();
    }

    // A file is written as it is; a device plays at least stereo, and most play no more.
    private static DeviceNeed NeedOf(FileFacts file, DeviceWish wish) => new(
        IsRecording: false,
        file.Rate,
        wish.Backend == "wav" ? [file.Channels] : file.Channels <= 2 ? [2, 1] : [file.Channels, 2, 1]);

    private static async Task SeekAsync(FileSourceHandle source, FileFacts file, double? startSeconds)
    {
        if (startSeconds is not { } start)
        {
            return;
        }

        if (start >= file.Seconds)
        {
            throw new AudioMeshException(
                AudioErrorKind.InvalidArgument,
                FormattableString.Invariant($"--start {start} is beyond the end of {file.Path}, which is {file.Seconds:0.000} s long."));
        }

        await source.SeekAsync((long)(start * file.Rate));
    }

    private static async Task<MeterHandle> BuildAsync(
        AudioMeshEngine engine, FileSourceHandle source, FileFacts file, DeviceInfo device, double? gainDb)
    {
        MeterHandle meter = await engine.AddMeterAsync(file.Channels);
        MeshNode sink = await engine.AddDeviceSinkAsync(device.OutputChannels);
        if (gainDb is { } db)
        {
            GainHandle gain = await engine.AddGainAsync(db, file.Channels);
            await engine.ConnectAsync(source, gain);
            await engine.ConnectAsync(gain, meter);
        }
        else
        {
            await engine.ConnectAsync(source, meter);
        }

        await engine.ConnectAsync(meter, sink);
        return meter;
    }
}
