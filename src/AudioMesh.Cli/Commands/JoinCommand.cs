// SPDX-License-Identifier: MIT
using System.CommandLine;
using AudioMesh.Cli.Hub;
using AudioMesh.Cli.Reports;
using AudioMesh.Cli.Runs;
using AudioMesh.Graph;
using AudioMesh.Network.Hub;
using AudioMesh.Network.Media.Nodes;
using AudioMesh.Network.Session;

namespace AudioMesh.Cli.Commands;

/// <summary><c>audiomesh join</c>: plays with others in a hub.</summary>
internal sealed class JoinCommand : Command
{
    private readonly Argument<string> _hub = new("HUB") { Description = "The hub's name; - for any that is there." };
    private readonly Argument<string?> _file = new("FILE") { Description = "What to play to the others; without it and --capture, you only listen.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<bool> _capture = new("--capture") { Description = "Play what the device hears to the others." };
    private readonly Option<bool> _loop = new("--loop") { Description = "Begin the file again at the end." };
    private readonly Option<string[]> _level = LevelOption.Create();
    private readonly Option<string> _encoding = OptionOf.Choice("--encoding", "How samples travel, both ways.", "f32", "s24", "s16", "opus");
    private readonly Option<string> _redundancy = RedundancyOption.Create();
    private readonly Option<string> _depth = DepthOption.Create();
    private readonly Option<bool> _noPredict = new("--no-predict") { Description = "Silence where packets are lost, instead of what the sound before them foretells." };
    private readonly Option<double?> _seconds = OptionOf.Number("--seconds", "How long; until Ctrl-C when not given.", "SECONDS", 0.001, 1e7);
    private readonly SessionOptionSet _session;
    private readonly DeviceOptionSet _device;

    public JoinCommand()
        : base("join", "Plays with others in a hub, and hears a mix of them: each as loud as you like.")
    {
        OptionOf.RejectIn(_file);
        Add(_hub);
        Add(_file);
        foreach (Option option in (Option[])[_capture, _loop, _level])
        {
            Add(option);
        }

        _session = new SessionOptionSet(this);
        foreach (Option option in (Option[])[_encoding, _redundancy, _depth, _noPredict, _seconds])
        {
            Add(option);
        }

        _device = new DeviceOptionSet(this, canWriteFile: true);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed)
    {
        if (parsed.GetValue(_file) is not null && parsed.GetValue(_capture))
        {
            throw new AudioMeshException(AudioErrorKind.InvalidArgument, "join plays either a FILE or what it captures, not both.");
        }

        ToastSettings settings = _session.Read(parsed);
        DeviceWish wish = _device.Read(parsed);
        if (wish.Host == EngineHosting.Isolated)
        {
            throw new AudioMeshException(AudioErrorKind.InvalidArgument, "join has its engine in this process: --host isolated does not go with it.");
        }

        (string Source, HubLevel Level)[] levels = [.. parsed.GetValue(_level)!.Select(LevelOption.Parse)];
        (int repeat, int parity) = RedundancyOption.Parse(parsed.GetValue(_redundancy)!);
        (double least, double most) = DepthOption.Parse(parsed.GetValue(_depth)!);
        JoinPlan plan = new()
        {
            Hub = parsed.GetValue(_hub) is "-" ? "" : parsed.GetValue(_hub)!,
            Path = parsed.GetValue(_file),
            Captures = parsed.GetValue(_capture),
            Loops = parsed.GetValue(_loop),
            Settings = settings,
            Encoding = parsed.GetValue(_encoding)!,
            Repeat = repeat,
            Parity = parity,
            LeastDepthMs = least,
            MostDepthMs = most,
            Predicts = !parsed.GetValue(_noPredict),
            Levels = levels,
        };
        using Interruption interruption = new();
        IReport report = Report.Create(parsed.GetValue(CommonOptions.Json));
        RunSummary summary = await JoinAsync(plan, wish, report, interruption, parsed.GetValue(_seconds));
        report.End(summary);
        return summary.End == RunEnd.Interrupted && parsed.GetValue(_seconds) is not null ? ExitCode.Of(await interruption.Signalled) : ExitCode.Done;
    }

    private static async Task<RunSummary> JoinAsync(JoinPlan plan, DeviceWish wish, IReport report, Interruption interruption, double? seconds)
    {
        JoinExchanges exchanges = new();
        NodeType[] types = [ToastSinkNode.CreateType(exchanges), ToastSourceNode.CreateType(exchanges)];
        try
        {
            await using ComposedEngine composed = await ComposedEngine.StartAsync(EngineHosting.Managed, types, report);
            JoinGraph graph = new(composed.Engine, plan);
            DeviceInfo device = await graph.OpenAsync(wish, report);
            HubMembership membership = exchanges.Membership = new HubMembership(plan.Settings.Read(), graph.ClientOptions(device));
            foreach ((string source, HubLevel level) in plan.Levels)
            {
                membership.Client.SetLevel(source, level);
            }

            IReadOnlyList<MeterHandle> meters = await graph.BuildAsync(device);
            JoinWatch watch = new(membership, device, report, plan.Hub);
            Run run = new(composed.Engine, meters, report, interruption)
            {
                Start = new RunStart
                {
                    Action = "join",
                    Text = $"{plan.Settings.Name} in {(plan.Hub.Length > 0 ? plan.Hub : "a hub")} from {membership.Toast.Port.LocalAddress}, {(device.Driver == "wav" ? "into" : "on")}",
                    Path = plan.Path,
                    LengthSeconds = seconds,
                    Device = device,
                    Hosting = composed.Hosting,
                },
                LimitSeconds = seconds,
                Counts = () => Task.FromResult(watch.Counts()),
                Hops = () => Task.FromResult(watch.Hops()),
                IsOver = () => Task.FromResult(watch.Look()),
            };
            return await run.GoAsync();
        }
        finally
        {
            exchanges.Membership?.Dispose();
        }
    }
}
