// SPDX-License-Identifier: MIT
using System.CommandLine;
using AudioMesh.Cli.Reports;
using AudioMesh.Cli.Runs;
using AudioMesh.Cli.Transport;
using AudioMesh.Network.Parameters;
using Spectre.Console;

namespace AudioMesh.Cli.Commands;

/// <summary><c>audiomesh param list</c>: what there is, and what it is set to.</summary>
internal sealed class ParamListCommand : Command
{
    private const int PatienceMs = 3000;
    private const int QuietMs = 600;
    private readonly Argument<string> _space = new("NAMESPACE") { Description = "Only what is in this namespace and below it.", Arity = ArgumentArity.ZeroOrOne, DefaultValueFactory = _ => "" };
    private readonly MeshOptionSet _mesh;

    public ParamListCommand()
        : base("list", "Shows parameters: value, unit, range, and who set it.")
    {
        Add(_space);
        _mesh = new MeshOptionSet(this);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed)
    {
        using Interruption interruption = new();
        using MeshSeat seat = new(_mesh.Read(parsed));
        using SharedParameters parameters = new(seat.Bus, new SharedParametersOptions { MeshClock = () => seat.Now });
        long changed = Environment.TickCount64;
        int known = 0;
        await seat.UntilAsync(
            () =>
            {
                int count = parameters.All.Count;
                (changed, known) = count == known ? (changed, known) : (Environment.TickCount64, count);
                return known > 0 && Environment.TickCount64 - changed > QuietMs;
            },
            PatienceMs,
            interruption.Signalled);
        string space = parsed.GetValue(_space)!;
        Show([.. parameters.All.Where(parameter => space.Length == 0 || $"{parameter.Namespace}.".StartsWith($"{space}.", StringComparison.Ordinal))], parsed.GetValue(CommonOptions.Json));
        return ExitCode.Done;
    }

    private static void Show(IReadOnlyList<SharedParameter> all, bool asJson)
    {
        if (asJson)
        {
            all.ToList().ForEach(ParameterLine.Write);
        }
        else if (all.Count == 0)
        {
            Console.WriteLine("There is no parameter.");
        }
        else
        {
            Screen.WriteTable(["NAMESPACE", "NAME", "VALUE", "UNIT", "ALLOWED", "SET BY"], all.Select(parameter => (IReadOnlyList<string>)
            [
                Markup.Escape(parameter.Namespace), Markup.Escape(parameter.Name), Markup.Escape(ParameterTexts.Of(parameter.Descriptor.Kind, parameter.Value)),
                Markup.Escape(parameter.Descriptor.Unit), Markup.Escape(parameter.Descriptor.Allowed), Markup.Escape(parameter.Stamp.Origin ?? ""),
            ]));
        }
    }
}
