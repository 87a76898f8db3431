// SPDX-License-Identifier: MIT
using System.CommandLine;
using AudioMesh.Cli.Reports;
using AudioMesh.Cli.Runs;
using AudioMesh.Network.Session;

namespace AudioMesh.Cli.Commands;

/// <summary><c>audiomesh send</c>: a file, or what the device hears, to other hosts.</summary>
internal sealed class SendCommand : Command
{
    private const int LookMs = 50;

    private readonly Argument<string?> _file = new("FILE") { Description = "What to send: WAV, and what libsndfile reads.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<bool> _capture = new("--capture") { Description = "Send what the device hears." };
    private readonly Option<bool> _loop = new("--loop") { Description = "Begin the file again at the end, until Ctrl-C." };
    private readonly Option<bool> _wait = new("--wait") { Description = "Begin when somebody listens." };
    private readonly Option<double?> _seconds = OptionOf.Number("--seconds", "How long; until the file's end or Ctrl-C when not given.", "SECONDS", 0.001, 1e7);
    private readonly Option<string> _stream = new("--stream") { Description = "What others know it by.", HelpName = "NAME", DefaultValueFactory = _ => "main" };
    private readonly Option<string> _encoding = OptionOf.Choice("--encoding", "How samples travel.", "f32", "s24", "s16", "opus");
    private readonly Option<string> _redundancy = RedundancyOption.Create();
    private readonly SessionOptionSet _session;
    private readonly DeviceOptionSet _device;

    public SendCommand()
        : base("send", "Sends a file, or what the device hears, to other hosts of a session, encrypted.")
    {
        OptionOf.RejectIn(_file);
        Add(_file);
        Add(_capture);
        _session = new SessionOptionSet(this);
        foreach (Option option in (Option[])[_stream, _encoding, _redundancy, _wait, _loop, _seconds])
        {
            Add(option);
        }

        _device = new DeviceOptionSet(this, canWriteFile: false);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed)
    {
        string? path = parsed.GetValue(_file);
        if ((path is null) != parsed.GetValue(_capture))
        {
            throw new AudioMeshException(AudioErrorKind.InvalidArgument, "send needs either a FILE or --capture.");
        }

        ToastSettings settings = _session.Read(parsed);
        (int repeat, int parity) = RedundancyOption.Parse(parsed.GetValue(_redundancy)!);
        DeviceWish wish = _device.Read(parsed);
        using Interruption interruption = new();
        IReport report = Report.Create(parsed.GetValue(CommonOptions.Json));
        RunSummary? summary;
        await using (ToastEngine composed = await ToastEngine.StartAsync(wish.Host, report))
        {
            AudioMeshEngine engine = composed.Engine;
            GraphRequests graph = new(engine);
            (MeshNode source, DeviceInfo device, int channels, double? length) = path is null
                ? await CaptureAsync(engine, wish, report)
                : await ReadAsync(engine, path, parsed.GetValue(_loop), wish, report);
            int sink = await graph.CreateAsync("toast_sink", json =>
            {
                SessionOptionSet.Write(json, settings);
                json.WriteString("stream", parsed.GetValue(_stream));
                json.WriteString("encoding", parsed.GetValue(_encoding));
                json.WriteNumber("channels", channels);
                json.WriteNumber("repeat", repeat);
                json.WriteNumber("parity", parity);
            });
            MeterHandle meter = await engine.AddMeterAsync(channels);
            await engine.ConnectAsync(source, meter);
            await graph.ConnectAsync(meter.Id, sink);
            SentStream sent = new(graph, sink, device, path is null);
            Run run = new(engine, [meter], report, interruption)
            {
                Start = new RunStart
                {
                    Action = "send",
                    Text = $"Sending {Path.GetFileName(path) ?? "what is heard"} as {settings.Name}/{parsed.GetValue(_stream)} from {await sent.AddressAsync()}, by",
                    Path = path,
                    LengthSeconds = parsed.GetValue(_seconds) ?? (parsed.GetValue(_loop) ? null : length),
                    Device = device,
                    Hosting = composed.Hosting,
                },
                LimitSeconds = parsed.GetValue(_seconds),
                Counts = sent.CountsAsync,
                Hops = sent.HopsAsync,
            };
            if (parsed.GetValue(_wait) && !await WaitForListenersAsync(sent, report, interruption))
            {
                return ExitCode.Of(await interruption.Signalled);
            }

            summary = await run.GoAsync();
        }

        report.End(summary);
        bool hasOwnEnd = parsed.GetValue(_seconds) is not null || (path is not null && !parsed.GetValue(_loop));
        return summary.End == RunEnd.Interrupted && hasOwnEnd ? ExitCode.Of(await interruption.Signalled) : ExitCode.Done;
    }

    private static async Task<(MeshNode Source, DeviceInfo Device, int Channels, double? Length)> CaptureAsync(AudioMeshEngine engine, DeviceWish wish, IReport report)
    {
        DeviceInfo device = await EngineStart.OpenAsync(engine, wish, new DeviceNeed(IsRecording: true, 0, [2, 1]), report);
        return (await engine.AddDeviceSourceAsync(device.InputChannels), device, device.InputChannels, null);
    }

    // Nobody hears a file here: without another wish the null device gives it its pace.
    private static async Task<(MeshNode Source, DeviceInfo Device, int Channels, double? Length)> ReadAsync(
        AudioMeshEngine engine, string path, bool loops, DeviceWish wish, IReport report)
    {
        FileSourceHandle source = await engine.AddFileSourceAsync(path, loops);
        FileFacts file = await FileFacts.ReadAsync(source, path);
        DeviceWish paced = wish is { Backend: "auto", Device: "" } ? wish with { Backend = "null" } : wish;
        DeviceInfo device = await EngineStart.OpenAsync(engine, paced, new DeviceNeed(IsRecording: false, file.Rate, [2, 1]), report);
        return (source, device, file.Channels, file.Seconds);
    }

    private static async Task<bool> WaitForListenersAsync(SentStream sent, IReport report, Interruption interruption)
    {
        report.Note("waiting", $"Waiting at {await sent.AddressAsync()} for somebody to listen.");
        while (!interruption.Signalled.IsCompleted && await sent.ListenersAsync() == 0)
        {
            await Task.WhenAny(interruption.Signalled, Task.Delay(LookMs));
        }

        return !interruption.Signalled.IsCompleted;
    }
}
