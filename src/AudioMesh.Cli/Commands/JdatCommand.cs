// SPDX-License-Identifier: MIT
using System.CommandLine;
using System.Text.Json;
using AudioMesh.Cli.Reports;
using AudioMesh.Cli.Runs;
using AudioMesh.Network.Jdat;

namespace AudioMesh.Cli.Commands;

/// <summary><c>audiomesh jdat</c>: JDAT lines to the device, and the device's input to JDAT lines.</summary>
internal sealed class JdatCommand : Command
{
    private readonly Option<string> _in = Place("--in", "Play what comes here: - (standard input), unix:PATH or udp:HOST:PORT.");
    private readonly Option<string> _out = Place("--out", "Write what the device hears here: - (standard output), unix:PATH or udp:HOST:PORT.");
    private readonly Option<int> _depth = OptionOf.Whole("--depth", "Frames kept ready of what comes; 1024 when not given.", "FRAMES", 16, 1 << 20);
    private readonly Option<int> _block = OptionOf.Whole("--block", "Frames of a line that is written; 128 when not given.", "FRAMES", 1, 512);
    private readonly Option<string> _session = new("--session") { Description = "The session that lines say they belong to.", HelpName = "TEXT", DefaultValueFactory = _ => "" };
    private readonly Option<bool> _remote = new("--remote") { Description = "Allow UDP with other machines; JDAT neither encrypts nor authenticates." };
    private readonly Option<double?> _seconds = OptionOf.Number("--seconds", "How long; until the input ends or Ctrl-C when not given.", "SECONDS", 0.001, 1e7);
    private readonly DeviceOptionSet _device;

    public JdatCommand()
        : base("jdat", "Carries sound between JSON lines (JDAT) and the device: for tools and scripts.")
    {
        foreach (Option option in (Option[])[_in, _out, _depth, _block, _session, _remote, _seconds])
        {
            Add(option);
        }

        _device = new DeviceOptionSet(this, canWriteFile: true);
        SetAction(RunAsync);
    }

    private static Option<string> Place(string name, string help) => new(name) { Description = help, HelpName = "PLACE", DefaultValueFactory = _ => "" };

    private async Task<int> RunAsync(ParseResult parsed)
    {
        string from = parsed.GetValue(_in)!;
        string to = parsed.GetValue(_out)!;
        Check(from, to, parsed.GetValue(_remote));
        if (to == "-")
        {
            // Standard output carries nothing but JDAT.
            Console.SetOut(Console.Error);
        }

        using Interruption interruption = new();
        DeviceWish wish = _device.Read(parsed);
        IReport report = Report.Create(parsed.GetValue(CommonOptions.Json));
        RunSummary summary;
        await using (ComposedEngine composed = await ComposedEngine.StartAsync(wish.Host, [JdatSourceNode.NodeType, JdatSinkNode.NodeType], report))
        {
            summary = await CarryAsync(parsed, composed, from, to, wish, report, interruption);
        }

        report.End(summary);
        bool hasOwnEnd = from == "-" || parsed.GetValue(_seconds) is not null;
        return summary.End == RunEnd.Interrupted && hasOwnEnd ? ExitCode.Of(await interruption.Signalled) : ExitCode.Done;
    }

    // Before anything is opened; the nodes check again.
    private static void Check(string from, string to, bool allowsRemote)
    {
        if (from.Length == 0 && to.Length == 0)
        {
            throw new AudioMeshException(AudioErrorKind.InvalidArgument, "jdat needs --in, --out or both: -, unix:PATH or udp:HOST:PORT.");
        }

        foreach (string place in (string[])[from, to])
        {
            if (place.Length > 0)
            {
                JdatEndpoint.Parse(place, allowsRemote);
            }
        }

        if (from == to && from != "-")
        {
            throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"--in and --out are both {from}: each needs a place of its own.");
        }
    }

    private async Task<RunSummary> CarryAsync(
        ParseResult parsed, ComposedEngine composed, string from, string to, DeviceWish wish, IReport report, Interruption interruption)
    {
        AudioMeshEngine engine = composed.Engine;
        DeviceNeed need = new(IsRecording: from.Length == 0, 0, [2, 1], IsDuplex: from.Length > 0 && to.Length > 0);
        DeviceInfo device = await EngineStart.OpenAsync(engine, wish, need, report);
        GraphRequests graph = new(engine);
        List<MeterHandle> meters = [];
        int source = from.Length == 0 ? 0 : await PlayAsync(parsed, engine, graph, from, device, meters);
        int sink = to.Length == 0 ? 0 : await HearAsync(parsed, engine, graph, to, device, meters);
        string places = (from.Length, to.Length) switch
        {
            ( > 0, > 0) => $"from {from} and to {to}",
            ( > 0, _) => $"from {from}",
            _ => $"to {to}",
        };
        Run run = new(engine, meters, report, interruption)
        {
            Start = new RunStart
            {
                Action = "jdat",
                Text = $"JDAT {places}, with",
                LengthSeconds = parsed.GetValue(_seconds),
                Device = device,
                Hosting = composed.Hosting,
            },
            LimitSeconds = parsed.GetValue(_seconds),
            Counts = () => CountAsync(graph, source, sink),
            IsOver = () => IsClosedAsync(graph, sink),
        };
        return await run.GoAsync();
    }

    private async Task<int> PlayAsync(ParseResult parsed, AudioMeshEngine engine, GraphRequests graph, string from, DeviceInfo device, List<MeterHandle> meters)
    {
        int depth = parsed.GetValue(_depth) is > 0 and int given ? given : 1024;
        int source = await graph.CreateAsync("jdat_source", json =>
        {
            json.WriteString("from", from);
            json.WriteNumber("channels", device.OutputChannels);
            json.WriteNumber("rate", device.Rate);
            json.WriteNumber("depth", depth);
            json.WriteNumber("frames", Math.Max(depth, 16384));
            json.WriteBoolean("remote", parsed.GetValue(_remote));
        });
        MeterHandle meter = await engine.AddMeterAsync(device.OutputChannels);
        MeshNode output = await engine.AddDeviceSinkAsync(device.OutputChannels);
        await graph.ConnectAsync(source, meter.Id);
        await engine.ConnectAsync(meter, output);
        meters.Add(meter);
        return source;
    }

    private async Task<int> HearAsync(ParseResult parsed, AudioMeshEngine engine, GraphRequests graph, string to, DeviceInfo device, List<MeterHandle> meters)
    {
        int sink = await graph.CreateAsync("jdat_sink", json =>
        {
            json.WriteString("to", to);
            json.WriteNumber("channels", device.InputChannels);
            json.WriteNumber("rate", device.Rate);
            json.WriteNumber("block", parsed.GetValue(_block) is > 0 and int block ? block : 128);
            json.WriteString("session", parsed.GetValue(_session));
            json.WriteBoolean("remote", parsed.GetValue(_remote));
        });
        MeshNode input = await engine.AddDeviceSourceAsync(device.InputChannels);
        MeterHandle meter = await engine.AddMeterAsync(device.InputChannels);
        await engine.ConnectAsync(input, meter);
        await graph.ConnectAsync(meter.Id, sink);
        meters.Add(meter);
        return sink;
    }

    private static async Task<IReadOnlyList<RunCount>> CountAsync(GraphRequests graph, int source, int sink)
    {
        List<RunCount> counts = [];
        if (source != 0)
        {
            using JsonDocument reply = await graph.GetAsync(source);
            JsonElement args = reply.RootElement.GetProperty("args");
            counts.Add(Count(args, "lines", "in_lines", "lines in"));
            counts.Add(Count(args, "faults", "in_faults", "refused"));
            counts.Add(Count(args, "underruns", "in_gaps", "gaps"));
            counts.Add(Count(args, "predicted_frames", "in_predicted_frames", "frames predicted"));
            counts.Add(Count(args, "lost_frames", "in_lost_frames", "frames lost"));
        }

        if (sink != 0)
        {
            using JsonDocument reply = await graph.GetAsync(sink);
            JsonElement args = reply.RootElement.GetProperty("args");
            counts.Add(Count(args, "lines", "out_lines", "lines out"));
            counts.Add(Count(args, "dropped_lines", "out_dropped_lines", "dropped"));
            counts.Add(Count(args, "lost_frames", "out_lost_frames", "frames not taken"));
            counts.Add(Count(args, "clients", "out_clients", "listening"));
        }

        return counts;
    }

    private static RunCount Count(JsonElement args, string parameter, string field, string text) => new(field, text, args.GetProperty(parameter).GetInt64());

    private static async Task<bool> IsClosedAsync(GraphRequests graph, int sink)
    {
        if (sink == 0)
        {
            return false;
        }

        using JsonDocument reply = await graph.GetAsync(sink);
        return reply.RootElement.GetProperty("args").GetProperty("closed").GetBoolean();
    }
}
