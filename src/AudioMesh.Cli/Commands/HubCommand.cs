// SPDX-License-Identifier: MIT
using System.CommandLine;
using AudioMesh.Backends;
using AudioMesh.Backends.Jack;
using AudioMesh.Cli.Hub;
using AudioMesh.Cli.Runs;
using AudioMesh.Network.Hub;
using AudioMesh.Network.Session;

namespace AudioMesh.Cli.Commands;

/// <summary><c>audiomesh hub</c>: a mix of its own for everyone who joins.</summary>
internal sealed class HubCommand : Command
{
    private readonly Option<int> _clients = OptionOf.Whole("--max-clients", "Clients at once; 64 when not given.", "N", 1, 1024);
    private readonly Option<int> _channels = OptionOf.Whole("--max-channels", "Channels that one client may send, or hear; 2 when not given.", "N", 1, 64);
    private readonly Option<int> _period = OptionOf.Whole("--period", "Frames mixed at once; 128 when not given.", "FRAMES", 16, 512);
    private readonly Option<int> _rate = OptionOf.Whole("--rate", "Frames per second that it mixes at; 48000 when not given.", "HZ", 8000, 384000);
    private readonly Option<string> _depth = DepthOption.Create();
    private readonly Option<bool> _noPredict = new("--no-predict") { Description = "Silence where packets are lost, instead of what the sound before them foretells." };
    private readonly Option<string> _record = new("--record")
    {
        Description = "Record what every client sends, a WAV file each, in a new folder under this one.",
        HelpName = "FOLDER",
        DefaultValueFactory = _ => "",
    };

    private readonly Option<string> _mixer = OptionOf.Choice("--mixer", "Who mixes: a GPU where it is measured to be faster than the processor, or the one named.", "auto", "cpu", "compute");
    private readonly Option<bool> _jack = new("--jack") { Description = "Give each client's sound ports of its own on the JACK server, whose rate and period are the hub's then." };
    private readonly Option<double?> _keep = OptionOf.Number("--keep-seat", "For how long the seat of a client that is gone is kept; 30 when not given.", "SECONDS", 0, 86_400);
    private readonly Option<double?> _seconds = OptionOf.Number("--seconds", "How long; until Ctrl-C when not given.", "SECONDS", 0.001, 1e7);
    private readonly SessionOptionSet _session;

    public HubCommand()
        : base("hub", "Mixes for everyone who joins: each hears all others, as loud as he likes.")
    {
        _session = new SessionOptionSet(this);
        foreach (Option option in (Option[])[_clients, _channels, _period, _rate, _depth, _noPredict, _record, _mixer, _jack, _keep, _seconds])
        {
            Add(option);
        }

        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed)
    {
        ToastSettings settings = _session.Read(parsed);
        double? seconds = parsed.GetValue(_seconds);
        HubServerOptions options = OptionsOf(parsed);
        using HubDevice? device = parsed.GetValue(_jack) ? OpenJack(settings.Name, options) : null;
        if (device is not null)
        {
            options = options with { Device = device, Rate = device.Stream.Rate, Mix = options.Mix with { PeriodFrames = device.Stream.PeriodFrames } };
        }

        using Interruption interruption = new();
        IHubReport report = HubReport.Create(parsed.GetValue(CommonOptions.Json));
        using MixerChoice mixer = MixerChoice.Make(parsed.GetValue(_mixer)!, options.Mix);
        options = options with { Mix = options.Mix with { Mixer = mixer.Mixer } };
        using HubHost hub = new(settings.Read(), options);
        HubWatch watch = new(hub);
        report.Begin(settings.Name, hub, options, mixer.Text);
        bool isInterrupted = false;
        await report.AroundAsync(async () => isInterrupted = await FollowAsync(watch, report, interruption, seconds));
        HubLook last = watch.Look();
        hub.Dispose();
        report.End(last, isInterrupted);
        return isInterrupted && seconds is not null ? ExitCode.Of(await interruption.Signalled) : ExitCode.Done;
    }

    private static async Task<bool> FollowAsync(HubWatch watch, IHubReport report, Interruption interruption, double? seconds)
    {
        Task end = seconds is { } limit ? Task.Delay(TimeSpan.FromSeconds(limit)) : Task.Delay(Timeout.Infinite);
        while (true)
        {
            await Task.WhenAny(end, interruption.Signalled, Task.Delay(report.Interval));
            foreach (HubEvent happened in watch.Events())
            {
                report.Tell(happened);
            }

            if (end.IsCompleted || interruption.Signalled.IsCompleted)
            {
                return interruption.Signalled.IsCompleted;
            }

            report.Progress(watch.Look());
        }
    }

    // As many ports as clients may send channels, from the beginning: the backend adds none while it runs.
    private static HubDevice OpenJack(string name, HubServerOptions options)
    {
        int channels = Math.Min(options.Mix.MaxSendChannels, StreamRequest.MaxChannels);
        return new HubDevice(new JackBackend(), new StreamRequest
        {
            ClientName = name,
            OutputChannels = channels,
            OutputPorts = HubDevice.PortNames(channels),
            AutoConnect = false,
        });
    }

    private HubServerOptions OptionsOf(ParseResult parsed)
    {
        int clients = parsed.GetValue(_clients) is > 0 and int given ? given : 64;
        int channels = parsed.GetValue(_channels) is > 0 and int some ? some : 2;
        (double least, double most) = DepthOption.Parse(parsed.GetValue(_depth)!);
        return new HubServerOptions
        {
            Mix = new HubOptions
            {
                MaxClients = clients,
                MaxSendChannels = Math.Min(8192, clients * channels),
                MaxReceiveChannels = Math.Min(8192, clients * channels),
                PeriodFrames = parsed.GetValue(_period) is > 0 and int period ? period : 128,
            },
            Rate = parsed.GetValue(_rate) is > 0 and int rate ? rate : 48000,
            MaxChannels = channels,
            MinDepthMs = least,
            MaxDepthMs = most,
            Predicts = !parsed.GetValue(_noPredict),
            KeepSeat = TimeSpan.FromSeconds(parsed.GetValue(_keep) ?? 30),
            RecordFolder = FolderIn(parsed.GetValue(_record)!),
        };
    }

    private static string FolderIn(string folder)
    {
        if (folder.Length == 0)
        {
            return "";
        }

        try
        {
            string name = DateTime.Now.ToString("yyyy-MM-dd_HH-mm-ss", System.Globalization.CultureInfo.InvariantCulture);
            return Directory.CreateDirectory(Path.Combine(Path.GetFullPath(folder), name)).FullName;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new AudioMeshException(AudioErrorKind.FileUnreadable, $"--record {folder}: {error.Message}", error) { Field = "record" };
        }
    }
}
