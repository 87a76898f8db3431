// SPDX-License-Identifier: MIT
using System.CommandLine;
using AudioMesh.Cli.Runs;
using AudioMesh.Cli.Transport;
using AudioMesh.Network.Parameters;

namespace AudioMesh.Cli.Commands;

/// <summary><c>audiomesh param set</c>: sets one on all hosts.</summary>
internal sealed class ParamSetCommand : Command
{
    private const int PatienceMs = 4000;
    private readonly Argument<string> _space = new("NAMESPACE") { Description = "Its namespace." };
    private readonly Argument<string> _name = new("NAME") { Description = "Its name." };
    private readonly Argument<string> _value = new("VALUE") { Description = "A number, a text, or true or false." };
    private readonly Option<int> _ramp = OptionOf.Whole("--ramp", "How long a number takes to go there.", "MS", 0, ParameterLimits.RampMs);
    private readonly MeshOptionSet _mesh;

    public ParamSetCommand()
        : base("set", "Sets a parameter on all hosts, and returns when they have it.")
    {
        foreach (Argument<string> argument in (Argument<string>[])[_space, _name, _value])
        {
            Add(argument);
        }

        Add(_ramp);
        _mesh = new MeshOptionSet(this);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed)
    {
        (string space, string name) = (parsed.GetValue(_space)!, parsed.GetValue(_name)!);
        int rampMs = parsed.GetValue(_ramp);
        using Interruption interruption = new();
        using MeshSeat seat = new(_mesh.Read(parsed));
        using SharedParameters parameters = new(seat.Bus, new SharedParametersOptions { MeshClock = () => seat.Now });
        await seat.UntilAsync(() => parameters.Find(space, name) is not null && (rampMs == 0 || IsTimeShared(seat)), PatienceMs, interruption.Signalled);
        SharedParameter known = parameters.Get(space, name);
        SharedParameter set = parameters.Set(space, name, ParameterTexts.Parse(space, known.Descriptor, parsed.GetValue(_value)!), rampMs: rampMs);
        if (!await seat.UntilAsync(() => seat.Bus.Table("parameters").Pending == 0, PatienceMs, interruption.Signalled))
        {
            throw new AudioMeshException(AudioErrorKind.Timeout, $"{space} {name} is set here, but has not reached everybody in {PatienceMs} ms.");
        }

        if (parsed.GetValue(CommonOptions.Json))
        {
            ParameterLine.Write(set);
        }
        else
        {
            Console.WriteLine($"{space} {name} = {ParameterTexts.Of(set.Descriptor.Kind, set.Value)} {set.Descriptor.Unit}".TrimEnd());
        }

        return ExitCode.Done;
    }

    // A ramp begins at a time of the mesh, not of this host alone.
    private static bool IsTimeShared(MeshSeat seat) => seat.Now.IsKnown && seat.Bus.Timebase.State != Network.Time.TimebaseState.Local;
}
