// SPDX-License-Identifier: MIT
using System.Runtime;

namespace AudioMesh.Latency.Storm;

/// <summary>The app under test: it plays from its own ring while its other threads allocate.</summary>
internal sealed class Trial(StormSetup setup)
{
    private const int Rate = 48_000;

    public async Task<TrialResult> RunAsync()
    {
        EngineHosting hosting = Enum.Parse<EngineHosting>(setup.Host, ignoreCase: true);
        await using AudioMeshEngine engine = await AudioMeshEngine.StartAsync(new EngineOptions { Hosting = hosting });
        DeviceInfo device = await engine.OpenDeviceAsync(new DeviceOptions
        {
            Driver = setup.Backend,
            Name = setup.Device,
            ClientName = "audiomesh-storm",
            Rate = Rate,
            PeriodFrames = setup.Period,
        });
        AppSource source = await engine.AddAppSourceAsync(new AppSourceOptions { Depth = TimeSpan.FromMilliseconds(setup.DepthMs) });
        await engine.ConnectAsync(source, await engine.AddDeviceSinkAsync());
        await using XrunLog xruns = new(engine);
        using AppFeed feed = new(source);
        await engine.PlayAsync();
        return await StormAsync(engine, device, xruns);
    }

    private async Task<TrialResult> StormAsync(AudioMeshEngine engine, DeviceInfo device, XrunLog xruns)
    {
        using PauseListener pauses = new();
        EngineStats stats;
        AppFigures app;
        using (AllocationStorm storm = new(setup.Threads, setup.HeapMb))
        {
            storm.Start();
            await Task.Delay(TimeSpan.FromSeconds(setup.Seconds));
            stats = await engine.GetStatsAsync();
            app = AppNow(pauses);
        }

        return new TrialResult
        {
            Hosting = engine.Hosting.ToString().ToLowerInvariant(),
            Gc = new GcMode(GCSettings.IsServerGC, GCSettings.LatencyMode != GCLatencyMode.Batch).ToString(),
            Rate = device.Rate,
            Period = device.PeriodFrames,
            Periods = stats.Periods,
            Missed = stats.Missed,
            DeviceXruns = stats.DeviceXruns,
            Overruns = stats.Overruns,
            Underruns = stats.Underruns,
            UnderrunFrames = stats.UnderrunFrames,
            PredictedFrames = stats.PredictedFrames,
            GcUnderruns = stats.GcUnderruns,
            EventsDropped = stats.EventsDropped,
            LatenessUs = stats.LatenessUs,
            RenderUs = stats.RenderUs,
            App = app,
            Engine = new EngineFigures(stats.Collections, stats.AllocatedBytes, stats.IsRealtime),
            Xruns = xruns.Entries,
        };
    }

    private static AppFigures AppNow(PauseListener pauses) => new(
        [GC.CollectionCount(0), GC.CollectionCount(1), GC.CollectionCount(2)],
        pauses.LongestMs,
        GC.GetTotalPauseDuration().TotalMilliseconds,
        GC.GetTotalAllocatedBytes() / 1e6,
        GC.GetTotalMemory(forceFullCollection: false) / 1e6);
}
