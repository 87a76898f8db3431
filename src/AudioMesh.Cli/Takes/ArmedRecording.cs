// SPDX-License-Identifier: MIT
using AudioMesh.Cli.Reports;
using AudioMesh.Cli.Runs;
using AudioMesh.Clock;
using AudioMesh.Files;
using AudioMesh.Network.Stems;

namespace AudioMesh.Cli.Takes;

/// <summary>Records a take that knows its place in mesh time.</summary>
internal sealed class ArmedRecording(string path, ArmWish wish, DeviceWish device, FileSampleFormat format, double? seconds, bool overwrite)
{
    // A length counts from where the take begins: the device needs a moment to run.
    private const long StartUpNs = 500_000_000;

    private static readonly TimeSpan Room = TimeSpan.FromSeconds(5);

    /// <summary>Waits for its time and records until its time is over or a signal comes.</summary>
    public async Task<RunSummary> GoAsync(IReport report, Interruption interruption)
    {
        using TakeTime time = new(wish.Mesh);
        await using AudioMeshEngine engine = await EngineStart.StartAsync(device.Host, report);
        DeviceInfo opened = await EngineStart.OpenAsync(engine, device, new DeviceNeed(IsRecording: true, 0, [2, 1]), report);
        AppSink sink = await engine.AddAppSinkAsync(new AppSinkOptions { Channels = opened.InputChannels, Rate = opened.Rate, Room = Room });
        MeshNode source = await engine.AddDeviceSourceAsync(opened.InputChannels);
        MeterHandle meter = await engine.AddMeterAsync(opened.InputChannels);
        await engine.ConnectAsync(source, meter);
        await engine.ConnectAsync(meter, sink);
        using TakeRecorder recorder = new(
            new TakeRecorderOptions
            {
                Host = time.Name,
                Rate = opened.Rate,
                Channels = opened.InputChannels,
                PeriodFrames = opened.PeriodFrames,
                Format = format,
            },
            time.Read);
        await time.WaitKnownAsync(wish, interruption.Signalled);
        MeshTime begin = time.BeginOf(wish);
        begin = seconds is not null && wish is { EpochSeconds: null, MeshSeconds: null } ? begin.Add(StartUpNs) : begin;
        recorder.Arm(new TakePlan
        {
            Path = path,
            At = begin,
            Until = seconds is { } length ? begin.Add((long)(length * 1e9)) : MeshTime.Unknown,
            Overwrite = overwrite,
        });
        report.Note("armed", FormattableString.Invariant($"Armed: {Path.GetFileName(path)} begins at mesh time {begin.Nanoseconds / 1e9:0.000000} s."));
        Run run = new(engine, [meter], report, interruption)
        {
            Start = new RunStart
            {
                Action = "record",
                Text = $"Recording {Path.GetFileName(path)} ({Texts.Count(opened.InputChannels, "channel")}) from",
                Path = path,
                LengthSeconds = seconds,
                Device = opened,
                Hosting = engine.Hosting,
            },
            PositionSeconds = () => Task.FromResult((double)recorder.Frames / opened.Rate),
            IsOver = () => Task.FromResult(recorder.State is TakeState.Finished or TakeState.Failed),
        };
        return await RunAsync(run, new TakePump(engine, sink, recorder, opened), recorder, report);
    }

    private async Task<RunSummary> RunAsync(Run run, TakePump pump, TakeRecorder recorder, IReport report)
    {
        using CancellationTokenSource end = new();
        Task pumping = Task.Run(() => pump.RunAsync(end.Token));
        RunSummary summary;
        try
        {
            summary = await run.GoAsync();
        }
        finally
        {
            await end.CancelAsync();
            await pumping;
        }

        recorder.Disarm();
        if (recorder.Failure is { } failure)
        {
            throw new AudioMeshException(failure.Kind, FormattableString.Invariant($"{failure.Message} {recorder.Frames} frames before are in {path}."), failure);
        }

        report.Note("take", recorder.First is { } first
            ? FormattableString.Invariant($"Frame 0 is at mesh time {first.MeshTime.Nanoseconds / 1e9:0.000000} s, to {first.ErrorNs / 1e3:0.0} us; {recorder.LostFrames} frames never came.")
            : "Nothing was recorded: its time had not come.");
        return summary with { Frames = recorder.Frames };
    }
}
