// SPDX-License-Identifier: MIT
using AudioMesh.Backends;
using AudioMesh.Cli.Runs;
using AudioMesh.Engine;

namespace AudioMesh.Cli.Demo.Live;

/// <summary>The output that is listened to: the best there is, or the one that was asked for.</summary>
internal static class DemoDevice
{
    /// <summary>Opens it, and says why it is the null device where nobody asked for that. Throws what the last one tried threw.</summary>
    public static (StreamInfo Device, string? FallbackReason) Open(AudioEngine engine, DeviceWish wish, int fileRate, int channels)
    {
        string[] drivers = wish.Backend == "auto" ? [.. engine.Drivers.Where(driver => driver != "wav")] : [wish.Backend];
        List<string> reasons = [];
        for (int i = 0; ; i++)
        {
            if (wish.Backend == "auto" && !engine.IsAvailable(drivers[i], out string reason))
            {
                reasons.Add(DeviceOpener.Sentence(drivers[i], reason));
                continue;
            }

            try
            {
                StreamInfo device = Open(engine, drivers[i], wish, fileRate, channels);
                return (device, device.Driver == "null" && wish.Backend == "auto" ? string.Join(' ', reasons) : null);
            }
            catch (AudioMeshException error) when (i < drivers.Length - 1)
            {
                reasons.Add(DeviceOpener.Sentence(drivers[i], error.Message));
            }
        }
    }

    private static StreamInfo Open(AudioEngine engine, string driver, DeviceWish wish, int fileRate, int channels)
    {
        StreamRequest request = new()
        {
            Device = wish.Device,
            Rate = wish.Rate > 0 ? wish.Rate : driver == "jack" ? 0 : fileRate,
            PeriodFrames = wish.PeriodFrames,
            OutputChannels = wish.Channels > 0 ? wish.Channels : Math.Max(2, channels),
            AutoConnect = wish.AutoConnect,
        };
        try
        {
            return engine.OpenDevice(driver, request);
        }
        catch (AudioMeshException error) when (error.Kind == AudioErrorKind.FormatUnsupported && wish.Rate == 0)
        {
            return engine.OpenDevice(driver, request with { Rate = 0 });
        }
    }
}
