// SPDX-License-Identifier: MIT
using System.CommandLine;
using AudioMesh.Backends;
using AudioMesh.Cli.Reports;
using AudioMesh.Cli.Runs;
using AudioMesh.Cli.Takes;
using AudioMesh.Cli.Transport;
using AudioMesh.Clock;
using AudioMesh.Network.Parameters;
using AudioMesh.Network.Transport;

namespace AudioMesh.Cli.Commands;

/// <summary><c>audiomesh agent</c>: this host's transport moves with the mesh's.</summary>
internal sealed class AgentCommand : Command
{
    private const int TickMs = 10;
    private const int ReturnMs = 1000;

    private readonly Option<string> _transport = OptionOf.Choice("--transport", "What moves: a JACK server's transport, or an engine's own on --backend and --device.", "jack", "engine");
    private readonly Option<string> _server = new("--server") { Description = "The JACK server; the default one when not given.", HelpName = "NAME", DefaultValueFactory = _ => "" };
    private readonly Option<string> _beats = OptionOf.Choice("--beats", "Whether the server's other programs are told bars and beats: where nobody else does, instead of who does, or not.", "offer", "take", "off");
    private readonly Option<bool> _click = new("--click") { Description = "Play the mesh's beat and its count-ins." };
    private readonly Option<double?> _clickDb = OptionOf.Number("--click-db", "How loud; -12 when not given.", "DB", -120, 0);
    private readonly Option<string> _clip = new("--clip") { Description = "A file that plays with the engine's transport, from its frame 0 on; of the device's rate.", HelpName = "FILE", DefaultValueFactory = _ => "" };
    private readonly Option<bool> _noFallIn = new("--no-fall-in") { Description = "Do not fall in with what the mesh plays already." };
    private readonly Option<double?> _maxError = OptionOf.Number("--max-error", "How far it may run from mesh time before that is said; 10 when not given.", "MS", 0.1, 100);
    private readonly Option<string> _relocate = OptionOf.Choice("--relocate", "When to bring it back then: not before the next order, at the next bar or beat, or as soon as can be.", "never", "bar", "beat", "now");
    private readonly Option<string?> _takes = new("--takes") { Description = "Hand the finished takes of this folder to members of the session; none when not given.", HelpName = "FOLDER" };
    private readonly Option<double?> _seconds = OptionOf.Number("--seconds", "How long; until Ctrl-C when not given.", "SECONDS", 0.001, 1e7);
    private readonly MeshOptionSet _mesh;
    private readonly PlainOptionSet _plain;
    private readonly DeviceOptionSet _device;

    public AgentCommand()
        : base("agent", "Moves this host's transport with the mesh's: starts, stops and locates at an instant of mesh time.")
    {
        foreach (Option option in (Option[])[_transport, _server, _beats, _click, _clickDb, _clip, _noFallIn, _maxError, _relocate, _takes])
        {
            Add(option);
        }

        _mesh = new MeshOptionSet(this);
        _plain = new PlainOptionSet(this);
        _device = new DeviceOptionSet(this, canWriteFile: false, choosesHost: false);
        Add(_seconds);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed)
    {
        AgentPlan plan = new(
            parsed.GetValue(_transport) == "jack", parsed.GetValue(_server)!, BeatsOf(parsed.GetValue(_beats)!), parsed.GetValue(_click), parsed.GetValue(_clickDb) ?? -12, parsed.GetValue(_clip)!,
            new TransportAgentOptions { FallsIn = !parsed.GetValue(_noFallIn), MostErrorMs = parsed.GetValue(_maxError) ?? 10, Relocates = RelocationOf(parsed.GetValue(_relocate)!) },
            _device.Read(parsed), _plain.Read(parsed));
        if (plan.IsJack && plan.Clip.Length > 0)
        {
            throw new AudioMeshException(AudioErrorKind.InvalidArgument, "--clip plays with an engine's transport: --transport engine.");
        }

        bool asJson = parsed.GetValue(CommonOptions.Json);
        using Interruption interruption = new();
        using MeshSeat mesh = new(_mesh.Read(parsed));
        using SharedParameters parameters = new(mesh.Bus, new SharedParametersOptions { MeshClock = () => mesh.Now });
        using AgentServices services = new(mesh.Bus);
        using TakeSeat? takes = parsed.GetValue(_takes) is { } folder ? new TakeSeat(folder, mesh.Session, services.Registry) : null;
        Task end = parsed.GetValue(_seconds) is { } limit ? Task.Delay(TimeSpan.FromSeconds(limit)) : Task.Delay(Timeout.Infinite);
        AgentSeat? seat = new(plan, mesh.Bus, parameters);
        try
        {
            Begin(seat, mesh, services, asJson);
            if (takes is not null)
            {
                Note(asJson, "takes", $"Takes are handed over at {takes.LocalEndPoint}");
            }

            while (!end.IsCompleted && !interruption.Signalled.IsCompleted)
            {
                if (mesh.Bus.Failure is { } failure)
                {
                    throw failure;
                }

                seat = await KeepAsync(seat, plan, mesh, parameters, services, asJson);
                services.Maintain();
                seat?.Agent.Tick(MeshClock.Now);
                await Task.WhenAny(end, interruption.Signalled, Task.Delay(seat is null ? ReturnMs : TickMs));
            }
        }
        finally
        {
            seat?.Dispose();
        }

        return interruption.Signalled.IsCompleted && parsed.GetValue(_seconds) is not null ? ExitCode.Of(await interruption.Signalled) : ExitCode.Done;
    }

    private static BeatSharing BeatsOf(string word) => word switch
    {
        "offer" => BeatSharing.Offer,
        "take" => BeatSharing.Take,
        _ => BeatSharing.Off,
    };

    private static TransportRelocation RelocationOf(string word) => word switch
    {
        "bar" => TransportRelocation.AtBar,
        "beat" => TransportRelocation.AtBeat,
        "now" => TransportRelocation.AtOnce,
        _ => TransportRelocation.Never,
    };

    // A server that went away is waited for: then the transport falls in again.
    private static Task<AgentSeat?> KeepAsync(AgentSeat? seat, AgentPlan plan, MeshSeat mesh, SharedParameters parameters, AgentServices services, bool asJson) => Task.Run(() =>
    {
        if (seat is { Agent.Transport.LostReason.Length: 0 })
        {
            return seat;
        }

        if (seat is not null)
        {
            Note(asJson, "device_lost", seat.Agent.Transport.LostReason);
            services.Fail(seat.Agent.Transport.LostReason);
            seat.Dispose();
        }

        try
        {
            AgentSeat back = new(plan, mesh.Bus, parameters);
            Begin(back, mesh, services, asJson);
            return back;
        }
        catch (AudioMeshException error) when (error.Kind is AudioErrorKind.DeviceUnavailable or AudioErrorKind.DeviceLost or AudioErrorKind.DeviceBusy or AudioErrorKind.Timeout)
        {
            return null;
        }
    });

    private static void Begin(AgentSeat seat, MeshSeat mesh, AgentServices services, bool asJson)
    {
        services.Offer(seat);
        seat.Agent.Happened += happened => Tell(happened, asJson);
        string plain = seat.PlainAt.Length > 0 ? $"; plain commands at {seat.PlainAt}" : "";
        Note(asJson, "started", $"{seat.Agent.Name} at {mesh.At}: {seat.Agent.Transport.Driver} transport, {seat.Agent.Transport.Rate} frames a second{plain}");
    }

    private static void Tell(TransportAgentEvent happened, bool asJson)
    {
        if (asJson)
        {
            TransportJson.Write(happened);
            return;
        }

        string text = happened.Outcome is { } outcome ? TransportTexts.Of(outcome)
            : happened.Order is { } order ? $"{TransportTexts.Word(happened.Kind)}: {TransportTexts.Word(order.Action)}{(order.Frame is { } frame ? $" at frame {frame}" : "")}"
            : happened.ErrorFrames is { } error ? FormattableString.Invariant($"{TransportTexts.Word(happened.Kind)}: {error:+0;-0} frames from mesh time")
            : TransportTexts.Word(happened.Kind);
        Console.WriteLine(text);
    }

    private static void Note(bool asJson, string name, string text)
    {
        if (asJson)
        {
            JsonLine.Write(json =>
            {
                json.WriteString("event", "note");
                json.WriteString("name", name);
                json.WriteString("text", text);
            });
        }
        else
        {
            Console.WriteLine(text);
        }
    }
}
