// SPDX-License-Identifier: MIT
using System.CommandLine;
using AudioMesh.Cli.Commands;

namespace AudioMesh.Cli.Takes;

/// <summary>The options of a take that is to have its place in mesh time.</summary>
internal sealed class ArmOptionSet
{
    private const double MostAheadSeconds = 366 * 86_400.0;

    private readonly Option<bool> _armed = new("--armed")
    {
        Description = "Record a take for 'audiomesh collect': with its mesh time, and a sidecar with its clock map and dropouts. With a key or --bus in the mesh's time, else by this host's clock.",
    };

    private readonly Option<double?> _at = OptionOf.Number(
        "--at", "With --armed: begin then, in seconds since 1970 by this host's system clock.", "SECONDS", 0, 1e11);
    private readonly Option<double?> _atMesh = OptionOf.Number("--at-mesh", "With --armed: begin at that mesh time.", "SECONDS", -2e9, 2e9);
    private readonly MeshOptionSet _mesh;
    private readonly Option[] _own;

    public ArmOptionSet(Command command)
    {
        _own = [_at, _atMesh];
        foreach (Option option in (Option[])[_armed, .. _own])
        {
            command.Add(option);
        }

        int before = command.Options.Count;
        _mesh = new MeshOptionSet(command);
        _own = [.. _own, .. command.Options.Skip(before)];
    }

    /// <summary>What was asked for, null without --armed. Throws InvalidArgument for options that need it, two times, or two keys.</summary>
    public ArmWish? Read(ParseResult parsed)
    {
        if (!parsed.GetValue(_armed))
        {
            Option? stray = _own.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false });
            return stray is null ? null : throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"{stray.Name} goes with --armed.");
        }

        double? at = parsed.GetValue(_at);
        double? atMesh = parsed.GetValue(_atMesh);
        if (at is not null && atMesh is not null)
        {
            throw new AudioMeshException(AudioErrorKind.InvalidArgument, "A take begins once: either --at or --at-mesh.");
        }

        if (at is { } epoch)
        {
            Check("--at", epoch, epoch - TakeTime.EpochNow);
        }

        bool isInMesh = _own.Skip(2).Any(option => parsed.GetResult(option) is { Implicit: false });
        return new ArmWish(at, atMesh, isInMesh ? _mesh.Read(parsed) : null);
    }

    /// <summary>Throws InvalidArgument for a time that has passed or is more than a year ahead.</summary>
    public static void Check(string option, double time, double aheadSeconds)
    {
        if (!(aheadSeconds >= 0 && aheadSeconds <= MostAheadSeconds))
        {
            string where = aheadSeconds < 0 ? $"{-aheadSeconds:0.###} s ago" : $"{aheadSeconds / 86_400:0} days ahead";
            throw new AudioMeshException(AudioErrorKind.InvalidArgument, FormattableString.Invariant($"{option} {time} is {where}.")) { Field = option, Allowed = "from now on for a year" };
        }
    }
}
