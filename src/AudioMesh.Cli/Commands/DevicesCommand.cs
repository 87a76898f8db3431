// SPDX-License-Identifier: MIT
using System.CommandLine;
using AudioMesh.Cli.Reports;
using Spectre.Console;

namespace AudioMesh.Cli.Commands;

/// <summary><c>audiomesh devices</c>: drivers and what they see.</summary>
internal sealed class DevicesCommand : Command
{
    private readonly Option<string> _backend = OptionOf.Choice(
        "--backend", "Only this driver.", "auto", "jack", "alsa", "coreaudio", "null", "wav");

    private readonly Option<string> _host = CommonOptions.Host();

    public DevicesCommand()
        : base("devices", "Lists drivers and devices, and why a driver is not available.")
    {
        Add(_backend);
        Add(_host);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed)
    {
        string backend = parsed.GetValue(_backend)!;
        EngineOptions options = new() { Hosting = CommonOptions.HostingOf(parsed.GetValue(_host)!) };
        await using AudioMeshEngine engine = await AudioMeshEngine.StartAsync(options);
        IReadOnlyList<DriverListing> drivers = await engine.GetDriversAsync();
        if (backend != "auto")
        {
            drivers = [.. drivers.Where(driver => driver.Driver == backend)];
            if (drivers.Count == 0)
            {
                throw new AudioMeshException(AudioErrorKind.NotFound, $"This engine has no driver '{backend}'.");
            }
        }

        IReadOnlyList<DeviceListing> devices = await engine.GetDevicesAsync(backend == "auto" ? "" : backend);
        if (parsed.GetValue(CommonOptions.Json))
        {
            WriteJson(drivers, devices);
        }
        else
        {
            Screen.WriteTable(["DRIVER", "DEVICE", "OUT", "IN", "RATE", "WHAT"], drivers.SelectMany(driver => Rows(driver, devices)));
        }

        return ExitCode.Done;
    }

    private static string[][] Rows(DriverListing driver, IReadOnlyList<DeviceListing> devices)
    {
        string name = Markup.Escape(driver.Driver);
        if (!driver.IsAvailable)
        {
            return [[name, "-", "", "", "", $"[yellow]not available: {Markup.Escape(driver.Reason)}[/]"]];
        }

        string[][] rows = [.. devices.Where(device => device.Driver == driver.Driver).Select(device => (string[])
        [
            name,
            device.IsDefault ? $"[green]{Markup.Escape(device.Name)} *[/]" : Markup.Escape(device.Name),
            Channels(device.OutputChannels),
            Channels(device.InputChannels),
            device.Rate > 0 ? $"{device.Rate} Hz" : "any",
            Markup.Escape(device.Description),
        ])];
        return rows.Length > 0 ? rows : [[name, "-", "", "", "", "no devices"]];
    }

    private static string Channels(int channels) => channels < 0 ? "?" : $"{channels}";

    private static void WriteJson(IReadOnlyList<DriverListing> drivers, IReadOnlyList<DeviceListing> devices) => JsonLine.Write(json =>
    {
        json.WriteBoolean("ok", true);
        json.WriteStartArray("drivers");
        foreach (DriverListing driver in drivers)
        {
            json.WriteStartObject();
            json.WriteString("driver", driver.Driver);
            json.WriteBoolean("available", driver.IsAvailable);
            json.WriteString("reason", driver.Reason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("devices");
        foreach (DeviceListing device in devices)
        {
            json.WriteStartObject();
            json.WriteString("driver", device.Driver);
            json.WriteString("name", device.Name);
            json.WriteString("description", device.Description);
            json.WriteNumber("channels", device.OutputChannels);
            json.WriteNumber("input_channels", device.InputChannels);
            json.WriteNumber("rate", device.Rate);
            json.WriteBoolean("default", device.IsDefault);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });
}
