// SPDX-License-Identifier: MIT
using AudioMesh.Cli.Reports;
using AudioMesh.Clock;

namespace AudioMesh.Cli.Runs;

/// <summary>Runs an engine whose graph is ready until its file is over, its time is over or a signal comes, and reports.</summary>
internal sealed class Run(AudioMeshEngine engine, IReadOnlyList<MeterHandle> meters, IReport report, Interruption interruption)
{
    /// <summary>What begins; its device is filled in when it runs.</summary>
    public required RunStart Start { get; init; }

    /// <summary>How long to run; null until the file is over or a signal comes.</summary>
    public double? LimitSeconds { get; init; }

    /// <summary>Where in the sound it is; the frames rendered where not given.</summary>
    public Func<Task<double>>? PositionSeconds { get; init; }

    /// <summary>What else to count; nothing where not given.</summary>
    public Func<Task<IReadOnlyList<RunCount>>>? Counts { get; init; }

    /// <summary>The way of the sound, hop by hop; not told where not given.</summary>
    public Func<Task<IReadOnlyList<RunHop>>>? Hops { get; init; }

    /// <summary>Whether it is over for another reason; never where not given.</summary>
    public Func<Task<bool>>? IsOver { get; init; }

    /// <summary>Starts, waits, stops with a fade. Throws what starting throws and what makes a node fail.</summary>
    public async Task<RunSummary> GoAsync()
    {
        await using EventWatch watch = new(engine, report);
        await engine.PlayAsync();
        DeviceInfo device = await engine.GetDeviceAsync() ?? Start.Device;
        report.Begin(Start with { Device = device });
        RunEnd end = RunEnd.Ended;
        EngineStats stats = await engine.GetStatsAsync();
        await report.AroundAsync(async () =>
        {
            end = await FollowAsync(watch);
            stats = await engine.GetStatsAsync();
        });
        if (end == RunEnd.Ended && device.Driver != "wav")
        {
            await WaitPlayedAsync(await watch.Ended, device);
        }

        IReadOnlyList<RunCount> counts = await CountAsync();
        IReadOnlyList<RunHop> hops = await HopsAsync();
        await engine.StopAsync();
        return new RunSummary
        {
            Action = Start.Action,
            Path = Start.Path,
            End = end,
            Frames = stats.Position,
            Stats = stats,
            Underruns = watch.Underruns,
            Counts = counts,
            Hops = hops,
        };
    }

    private async Task<RunEnd> FollowAsync(EventWatch watch)
    {
        long nextReport = Environment.TickCount64;
        while (true)
        {
            EngineStats stats = await engine.GetStatsAsync();
            double left = LimitSeconds is { } limit ? limit - ((double)stats.Position / Math.Max(stats.Rate, 1)) : double.MaxValue;
            if (left <= 0 || (IsOver is not null && await IsOver()))
            {
                return RunEnd.TimeOver;
            }

            if (Environment.TickCount64 >= nextReport)
            {
                nextReport += (long)report.Interval.TotalMilliseconds;
                report.Progress(await LookAsync(stats, watch.Underruns));
            }

            TimeSpan wait = TimeSpan.FromMilliseconds(Math.Clamp(left * 1000, 1, 100));
            await Task.WhenAny(watch.Ended, interruption.Signalled, Task.Delay(wait));
            if (watch.Ended.IsCompleted)
            {
                await watch.Ended;
                return RunEnd.Ended;
            }

            if (interruption.Signalled.IsCompleted)
            {
                return RunEnd.Interrupted;
            }
        }
    }

    private async Task<RunProgress> LookAsync(EngineStats stats, long underruns) => new()
    {
        PositionSeconds = PositionSeconds is null ? (double)stats.Position / Math.Max(stats.Rate, 1) : await PositionSeconds(),
        LengthSeconds = Start.LengthSeconds,
        PeakDb = await LevelsAsync(meter => meter.GetPeakDbAsync()),
        RmsDb = await LevelsAsync(meter => meter.GetRmsDbAsync()),
        Counts = await CountAsync(),
        Hops = await HopsAsync(),
        Stats = stats,
        Underruns = underruns,
    };

    private async Task<IReadOnlyList<double>> LevelsAsync(Func<MeterHandle, Task<double[]>> read)
    {
        List<double> levels = [];
        foreach (MeterHandle meter in meters)
        {
            levels.AddRange(await read(meter));
        }

        return levels;
    }

    private async Task<IReadOnlyList<RunCount>> CountAsync() => Counts is null ? [] : await Counts();

    private async Task<IReadOnlyList<RunHop>> HopsAsync() => Hops is null ? [] : await Hops();

    // The time of the end is that of its block's first frame. What waits longer than a second does not tell true times.
    private static async Task WaitPlayedAsync(MeshTime end, DeviceInfo device)
    {
        double periodMs = device.PeriodFrames * 1000.0 / device.Rate;
        double leftMs = ((end - MeshClock.Now) / 1e6) + periodMs;
        await Task.Delay(TimeSpan.FromMilliseconds(Math.Clamp(leftMs, 0, 1000 + periodMs)));
    }
}
