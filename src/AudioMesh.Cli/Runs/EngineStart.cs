// SPDX-License-Identifier: MIT
using AudioMesh.Cli.Reports;

namespace AudioMesh.Cli.Runs;

/// <summary>Starts an engine and opens its device, saying where it had to make do with less.</summary>
internal static class EngineStart
{
    public static async Task<AudioMeshEngine> StartAsync(EngineHosting hosting, IReport report)
    {
        AudioMeshEngine engine = await AudioMeshEngine.StartAsync(new EngineOptions { Hosting = hosting });
        if (engine.FallbackReason is { } reason)
        {
            report.Note("managed_engine", $"The engine runs in this process, where a garbage collection may be heard: {reason}");
        }

        return engine;
    }

    public static async Task<DeviceInfo> OpenAsync(AudioMeshEngine engine, DeviceWish wish, DeviceNeed need, IReport report)
    {
        DeviceOpener opener = new(engine, wish, need);
        DeviceInfo device = await opener.OpenAsync();
        if (opener.FallbackReason is { } reason)
        {
            string what = need.IsRecording ? "only silence is recorded" : "nobody hears this";
            report.Note("null_device", $"No sound device or server is there, so {what}. {reason}".TrimEnd());
        }

        return device;
    }
}
