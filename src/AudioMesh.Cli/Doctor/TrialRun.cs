// SPDX-License-Identifier: MIT
using AudioMesh.Cli.Reports;
using AudioMesh.Cli.Runs;

namespace AudioMesh.Cli.Doctor;

/// <summary>Plays a second of silence on the device that <c>play</c> would choose for the same words, and looks at how punctual it was.</summary>
internal static class TrialRun
{
    private const int TrialMs = 1000;
    private const int LongPeriodFrames = 1024;

    public static async Task<IReadOnlyList<Finding>> RunAsync(AudioMeshEngine engine, DeviceWish wish)
    {
        try
        {
            DeviceOpener opener = new(engine, wish, new DeviceNeed(IsRecording: false, 0, [2, 1]));
            DeviceInfo device = await opener.OpenAsync();
            await engine.PlayAsync();
            await Task.Delay(TrialMs);
            device = await engine.GetDeviceAsync() ?? device;
            EngineStats stats = await engine.GetStatsAsync();
            await engine.CloseDeviceAsync();
            return [Period(device), Punctuality(device, stats)];
        }
        catch (AudioMeshException error)
        {
            return [Finding.Bad("device", error.Message, "audiomesh devices shows what there is; --backend and --device choose")];
        }
    }

    private static Finding Period(DeviceInfo device)
    {
        double ms = device.PeriodFrames * 1000.0 / Math.Max(device.Rate, 1);
        string text = $"{Texts.Of(device)}: {device.PeriodFrames} frames at {device.Rate} Hz, {ms:0.0} ms.";
        return device.PeriodFrames <= LongPeriodFrames
            ? Finding.Ok("period", text)
            : Finding.Warn("period", text, device.Driver == "jack" ? "jack_bufsize 256" : "--period 256");
    }

    private static Finding Punctuality(DeviceInfo device, EngineStats stats)
    {
        long late = stats.Missed + stats.DeviceXruns;
        string text = $"{stats.Periods} periods in a second, {late} missed, "
            + $"99 % began within {stats.LatenessUs.P99:0} us, {(device.IsRealtime ? "with" : "without")} realtime priority.";
        return late == 0
            ? Finding.Ok("trial", text)
            : Finding.Warn("trial", text, "mend what is bad above, close what else is busy, or take a longer --period");
    }
}
