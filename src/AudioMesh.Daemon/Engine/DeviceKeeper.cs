// SPDX-License-Identifier: MIT
using AudioMesh.Daemon.Config;
using AudioMesh.Daemon.Logs;
using AudioMesh.Engine;
using Microsoft.Extensions.Logging;

namespace AudioMesh.Daemon.Engine;

/// <summary>
/// Opens the device that the configuration names and starts it; where it is not there yet, again and again until it is. What becomes of it later is the engine's care. One thread.
/// </summary>
internal sealed class DeviceKeeper(AudioEngine engine, DeviceConfig config, ILogger log)
{
    private readonly List<string> _reasons = [];
    private string _lastReason = "";

    /// <summary>Whether the device is still to be opened.</summary>
    public bool IsWaiting { get; private set; } = true;

    /// <summary>Tries once. Throws what is wrong with the device, as opposed to its not being there.</summary>
    public void TryOpen()
    {
        // A client with the right to do so was quicker.
        if (engine.Stream is not null)
        {
            IsWaiting = false;
            return;
        }

        string name = config.Name.Length > 0 ? $"{config.Backend}:{config.Name}" : config.Backend;
        try
        {
            Open();
            engine.StartOnDemand();
            IsWaiting = false;
            TellPlaying();
        }
        catch (AudioMeshException error) when (IsAbsence(error.Kind))
        {
            if (error.Message != _lastReason)
            {
                _lastReason = error.Message;
                log.WaitingForDevice(name, error.Message);
            }
        }
    }

    private void TellPlaying()
    {
        if (engine.Stream is not { } stream)
        {
            return;
        }

        if (config.Backend == "auto" && stream.Driver == "null")
        {
            log.PlaysToNobody(string.Join(' ', _reasons));
        }

        log.Playing($"{stream.Driver}:{stream.Device}", stream.Rate, stream.PeriodFrames, stream.OutputChannels, stream.InputChannels, stream.IsRealtime);
    }

    private void Open()
    {
        _reasons.Clear();
        List<string> drivers = Drivers();
        for (int i = 0; ; i++)
        {
            try
            {
                engine.OpenDevice(drivers[i], config.Request);
                return;
            }
            catch (AudioMeshException error) when (i < drivers.Count - 1 && IsAbsence(error.Kind))
            {
                _reasons.Add($"{drivers[i]}: {error.Message}");
            }
        }
    }

    private List<string> Drivers()
    {
        if (config.Backend != "auto")
        {
            return [config.Backend];
        }

        List<string> available = [];
        foreach (string driver in engine.Drivers.Where(driver => driver != "wav"))
        {
            if (engine.IsAvailable(driver, out string reason))
            {
                available.Add(driver);
            }
            else
            {
                _reasons.Add($"{driver}: {reason}");
            }
        }

        // A device's name is of one driver.
        return config.Name.Length > 0 ? available[..1] : available;
    }

    private static bool IsAbsence(AudioErrorKind kind) => kind
        is AudioErrorKind.DeviceUnavailable or AudioErrorKind.DeviceBusy or AudioErrorKind.DeviceLost or AudioErrorKind.NotFound
        or AudioErrorKind.LibraryMissing or AudioErrorKind.PermissionDenied or AudioErrorKind.Timeout;
}
