// SPDX-License-Identifier: MIT
using System.CommandLine;
using AudioMesh.Cli.Reports;
using AudioMesh.Cli.Runs;
using AudioMesh.Network.Session;

namespace AudioMesh.Cli.Commands;

/// <summary><c>audiomesh receive</c>: streams of other hosts, on the device.</summary>
internal sealed class ReceiveCommand : Command
{
    private readonly Option<string[]> _from = new("--from")
    {
        Description = "Whose stream, and which; the first of anyone when not given. Several are mixed.",
        HelpName = "NAME[/STREAM]",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string> _depth = DepthOption.Create();
    private readonly Option<bool> _noPredict = new("--no-predict") { Description = "Silence where packets are lost, instead of what the sound before them foretells." };
    private readonly Option<double?> _seconds = OptionOf.Number("--seconds", "How long; until Ctrl-C when not given.", "SECONDS", 0.001, 1e7);
    private readonly SessionOptionSet _session;
    private readonly DeviceOptionSet _device;

    public ReceiveCommand()
        : base("receive", "Plays streams of other hosts of a session as soon as the network allows; what is lost is predicted.")
    {
        Add(_from);
        _session = new SessionOptionSet(this);
        foreach (Option option in (Option[])[_depth, _noPredict, _seconds])
        {
            Add(option);
        }

        _device = new DeviceOptionSet(this, canWriteFile: true);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed)
    {
        ToastSettings settings = _session.Read(parsed);
        (double least, double most) = DepthOption.Parse(parsed.GetValue(_depth)!);
        DeviceWish wish = _device.Read(parsed);
        string[] wanted = parsed.GetValue(_from) is { Length: > 0 } given ? given : [""];
        using Interruption interruption = new();
        IReport report = Report.Create(parsed.GetValue(CommonOptions.Json));
        RunSummary summary;
        await using (ToastEngine composed = await ToastEngine.StartAsync(wish.Host, report))
        {
            AudioMeshEngine engine = composed.Engine;
            GraphRequests graph = new(engine);
            DeviceInfo device = await EngineStart.OpenAsync(engine, wish, new DeviceNeed(IsRecording: false, 0, [2, 1]), report);
            MeshNode mix = await engine.AddMixerAsync(device.OutputChannels);
            List<int> sources = [];
            foreach (string from in wanted)
            {
                int slash = from.IndexOf('/', StringComparison.Ordinal);
                int source = await graph.CreateAsync("toast_source", json =>
                {
                    SessionOptionSet.Write(json, settings);
                    json.WriteString("peer", slash < 0 ? from : from[..slash]);
                    json.WriteString("stream", slash < 0 ? "" : from[(slash + 1)..]);
                    json.WriteNumber("channels", device.OutputChannels);
                    json.WriteNumber("depth_min", least);
                    json.WriteNumber("depth_max", most);
                    json.WriteString("gaps", parsed.GetValue(_noPredict) ? "silence" : "predict");
                });
                await graph.ConnectAsync(source, mix.Id);
                sources.Add(source);
            }

            MeterHandle meter = await engine.AddMeterAsync(device.OutputChannels);
            await engine.ConnectAsync(mix, meter);
            await engine.ConnectAsync(meter, await engine.AddDeviceSinkAsync(device.OutputChannels));
            ReceivedStreams received = new(graph, sources, device, report);
            Run run = new(engine, [meter], report, interruption)
            {
                Start = new RunStart
                {
                    Action = "receive",
                    Text = $"Receiving {string.Join(", ", wanted.Select(from => from.Length > 0 ? from : "whatever is sent"))} at {await received.AddressAsync()}, {(device.Driver == "wav" ? "into" : "on")}",
                    LengthSeconds = parsed.GetValue(_seconds),
                    Device = device,
                    Hosting = composed.Hosting,
                },
                LimitSeconds = parsed.GetValue(_seconds),
                Counts = received.CountsAsync,
                Hops = received.HopsAsync,
            };
            summary = await run.GoAsync();
        }

        report.End(summary);
        return summary.End == RunEnd.Interrupted && parsed.GetValue(_seconds) is not null ? ExitCode.Of(await interruption.Signalled) : ExitCode.Done;
    }
}
