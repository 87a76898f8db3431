// SPDX-License-Identifier: MIT
using System.CommandLine;
using System.Globalization;
using AudioMesh.Cli.Reports;
using AudioMesh.Cli.Runs;
using AudioMesh.Cli.Transport;
using AudioMesh.Network.Registry;
using Spectre.Console;

namespace AudioMesh.Cli.Commands;

/// <summary><c>audiomesh services</c>: what the hosts of a mesh offer.</summary>
internal sealed class ServicesCommand : Command
{
    private const int PatienceMs = 3000;
    private const int QuietMs = 600;
    private readonly Argument<string> _type = new("TYPE") { Description = "Only services of this type, such as transport.", Arity = ArgumentArity.ZeroOrOne, DefaultValueFactory = _ => "" };
    private readonly MeshOptionSet _mesh;

    public ServicesCommand()
        : base("services", "Lists what the hosts of a mesh offer, and how it is.")
    {
        Add(_type);
        _mesh = new MeshOptionSet(this);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed)
    {
        string? type = parsed.GetValue(_type) is { Length: > 0 } given ? given : null;
        using Interruption interruption = new();
        using MeshSeat seat = new(_mesh.Read(parsed));
        using ServiceRegistry registry = new(seat.Bus);
        long changed = Environment.TickCount64;
        int known = 0;
        await seat.UntilAsync(
            () =>
            {
                int count = registry.Find(type).Count;
                (changed, known) = count == known ? (changed, known) : (Environment.TickCount64, count);
                return known > 0 && Environment.TickCount64 - changed > QuietMs;
            },
            PatienceMs,
            interruption.Signalled);
        Show(registry.Find(type), parsed.GetValue(CommonOptions.Json));
        return ExitCode.Done;
    }

    private static void Show(IReadOnlyList<MeshService> services, bool asJson)
    {
        if (asJson)
        {
            services.ToList().ForEach(Write);
        }
        else if (services.Count == 0)
        {
            Console.WriteLine("Nobody offers anything.");
        }
        else
        {
            Screen.WriteTable(["HOST", "TYPE", "NAME", "PORT", "HEALTH", "NOTE", "PROPERTIES"], services.Select(service => (IReadOnlyList<string>)
            [
                Markup.Escape(service.Host), Markup.Escape(service.Type), Markup.Escape(service.Name), service.Port == 0 ? "" : service.Port.ToString(CultureInfo.InvariantCulture),
                service.IsPresent ? TransportTexts.Word(service.Health) : "away", Markup.Escape(service.Note), Markup.Escape(string.Join(' ', service.Properties.Select(pair => $"{pair.Key}={pair.Value}"))),
            ]));
        }
    }

    private static void Write(MeshService service) => JsonLine.Write(json =>
    {
        json.WriteString("event", "service");
        json.WriteString("host", service.Host);
        json.WriteString("type", service.Type);
        json.WriteString("name", service.Name);
        json.WriteNumber("port", service.Port);
        json.WriteString("health", TransportTexts.Word(service.Health));
        json.WriteString("note", service.Note);
        json.WriteBoolean("present", service.IsPresent);
        json.WriteStartObject("properties");
        foreach ((string name, string value) in service.Properties)
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
    });
}
