// SPDX-License-Identifier: MIT
using System.CommandLine;
using AudioMesh.Cli.Reports;
using AudioMesh.Cli.Runs;

namespace AudioMesh.Cli.Commands;

/// <summary><c>audiomesh tone</c>: a sine, to hear whether anything is heard.</summary>
internal sealed class ToneCommand : Command
{
    private readonly Option<double?> _frequency = OptionOf.Number("--freq", "Frequency; 440 when not given.", "HZ", 1, 96000);
    private readonly Option<double?> _level = OptionOf.Number("--level", "Peak level; -18 when not given, 0 is full scale.", "DB", -120, 0);
    private readonly Option<double?> _seconds = OptionOf.Number(
        "--seconds", "How long; until Ctrl-C when not given.", "SECONDS", 0.001, 1e7);
    private readonly DeviceOptionSet _device;

    public ToneCommand()
        : base("tone", "Plays a sine until Ctrl-C, or for a time.")
    {
        foreach (Option option in (Option[])[_frequency, _level, _seconds])
        {
            Add(option);
        }

        _device = new DeviceOptionSet(this, canWriteFile: true);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed)
    {
        double frequencyHz = parsed.GetValue(_frequency) ?? 440;
        double levelDb = parsed.GetValue(_level) ?? -18;
        double? seconds = parsed.GetValue(_seconds);
        using Interruption interruption = new();
        DeviceWish wish = _device.Read(parsed);
        IReport report = Report.Create(parsed.GetValue(CommonOptions.Json));
        await using AudioMeshEngine engine = await EngineStart.StartAsync(wish.Host, report);
        DeviceInfo device = await EngineStart.OpenAsync(engine, wish, new DeviceNeed(IsRecording: false, 0, [2, 1]), report);
        if (frequencyHz > device.Rate / 2.0)
        {
            throw new AudioMeshException(
                AudioErrorKind.InvalidArgument,
                FormattableString.Invariant($"--freq {frequencyHz} is above half of the device's {device.Rate} Hz."));
        }

        ToneHandle tone = await engine.AddToneAsync(frequencyHz, levelDb, device.OutputChannels);
        MeterHandle meter = await engine.AddMeterAsync(device.OutputChannels);
        MeshNode sink = await engine.AddDeviceSinkAsync(device.OutputChannels);
        await engine.ConnectAsync(tone, meter);
        await engine.ConnectAsync(meter, sink);
        Run run = new(engine, [meter], report, interruption)
        {
            Start = new RunStart
            {
                Action = "tone",
                Text = FormattableString.Invariant($"Playing {frequencyHz} Hz at {levelDb} dB {(device.Driver == "wav" ? "into" : "on")}"),
                LengthSeconds = seconds,
                Device = device,
                Hosting = engine.Hosting,
            },
            LimitSeconds = seconds,
        };
        RunSummary summary = await run.GoAsync();
        report.End(summary);
        return summary.End == RunEnd.Interrupted && seconds is not null ? ExitCode.Of(await interruption.Signalled) : ExitCode.Done;
    }
}
