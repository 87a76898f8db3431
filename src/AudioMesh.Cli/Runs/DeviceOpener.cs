// SPDX-License-Identifier: MIT
namespace AudioMesh.Cli.Runs;

/// <summary>Opens the device that a run wants, or the next best.</summary>
internal sealed class DeviceOpener(AudioMeshEngine engine, DeviceWish wish, DeviceNeed need)
{
    private readonly List<string> _reasons = [];

    /// <summary>Why it is the null device though the user did not ask for it; null when it is not.</summary>
    public string? FallbackReason { get; private set; }

    /// <summary>Why a driver was not taken.</summary>
    public static string Sentence(string driver, string reason)
    {
        string text = reason.StartsWith(driver, StringComparison.OrdinalIgnoreCase) ? reason : $"{driver}: {reason}";
        return text.EndsWith('.') ? text : $"{text}.";
    }

    /// <summary>Throws what the last device tried threw.</summary>
    public async Task<DeviceInfo> OpenAsync()
    {
        IReadOnlyList<string> drivers = await DriversAsync();
        for (int i = 0; ; i++)
        {
            try
            {
                DeviceInfo device = await OpenAsync(drivers[i]);
                FallbackReason = wish.Backend == "auto" && device.Driver == "null" ? string.Join(' ', _reasons) : null;
                return device;
            }
            catch (AudioMeshException error) when (i < drivers.Count - 1 && IsAbsence(error.Kind))
            {
                AddReason(drivers[i], error.Message);
            }
        }
    }

    // A device that is there but cannot do what was asked is an error, not a reason to play to nobody.
    private static bool IsAbsence(AudioErrorKind kind) => kind
        is AudioErrorKind.DeviceUnavailable or AudioErrorKind.DeviceBusy or AudioErrorKind.DeviceLost or AudioErrorKind.NotFound
        or AudioErrorKind.LibraryMissing or AudioErrorKind.PermissionDenied or AudioErrorKind.Timeout;

    private async Task<IReadOnlyList<string>> DriversAsync()
    {
        if (wish.Backend != "auto")
        {
            return [wish.Backend];
        }

        List<string> available = [];
        foreach (DriverListing driver in await engine.GetDriversAsync())
        {
            if (driver.Driver == "wav")
            {
                continue;
            }

            if (driver.IsAvailable)
            {
                available.Add(driver.Driver);
            }
            else
            {
                AddReason(driver.Driver, driver.Reason);
            }
        }

        // A device's name is of one driver: trying it on the next would say that null has no such device.
        return wish.Device.Length > 0 ? available[..1] : available;
    }

    private void AddReason(string driver, string reason) => _reasons.Add(Sentence(driver, reason));

    private async Task<DeviceInfo> OpenAsync(string driver)
    {
        DeviceOptions[] attempts = [.. Attempts(driver)];
        for (int i = 0; ; i++)
        {
            try
            {
                return await engine.OpenDeviceAsync(attempts[i]);
            }
            catch (AudioMeshException error) when (i < attempts.Length - 1 && error.Kind == AudioErrorKind.FormatUnsupported)
            {
            }
        }
    }

    private IEnumerable<DeviceOptions> Attempts(string driver)
    {
        // A JACK server has one rate for all.
        bool hasPreference = driver != "jack" && need.Rate is >= 8000 and <= 384000;
        IReadOnlyList<int> rates = wish.Rate > 0 ? [wish.Rate] : hasPreference ? [need.Rate, 0] : [0];
        IReadOnlyList<int> channelCounts = wish.Channels > 0 ? [wish.Channels] : need.Channels;
        foreach (int rate in rates)
        {
            foreach (int channels in channelCounts)
            {
                yield return Options(driver, rate, channels);
            }
        }
    }

    private DeviceOptions Options(string driver, int rate, int channels)
    {
        // A file that is written has nobody who waits for it: room for a third of a second of a busy machine.
        bool isFile = driver == "wav";
        return new DeviceOptions
        {
            Driver = driver,
            Name = wish.Device,
            Rate = rate,
            PeriodFrames = isFile && wish.PeriodFrames == 0 ? 1024 : wish.PeriodFrames,
            Periods = isFile ? 16 : 0,
            OutputChannels = need.IsRecording && !need.IsDuplex ? 0 : channels,
            InputChannels = need.IsRecording || need.IsDuplex ? channels : 0,
            AutoConnect = wish.AutoConnect,
        };
    }
}
