// SPDX-License-Identifier: MIT
using System.CommandLine;
using AudioMesh.Cli.Runs;
using AudioMesh.Cli.Transport;

namespace AudioMesh.Cli.Commands;

/// <summary><c>audiomesh director arm|disarm</c>: recording at all hosts, or some.</summary>
internal sealed class DirectorArmCommand : Command
{
    private readonly bool _isArmed;
    private readonly Option<string[]> _hosts = HostsOption.Create();
    private readonly MeshOptionSet _mesh;

    public DirectorArmCommand(string name, string description, bool isArmed)
        : base(name, description)
    {
        _isArmed = isArmed;
        Add(_hosts);
        _mesh = new MeshOptionSet(this);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed)
    {
        using Interruption interruption = new();
        using DirectorSeat seat = new(_mesh.Read(parsed));
        string[] hosts = parsed.GetValue(_hosts)!;
        await seat.SettleAsync(hosts, interruption.Signalled);
        hosts = hosts.Length > 0 ? hosts : [.. seat.Director.Hosts.Select(host => host.Host)];
        foreach (string host in hosts)
        {
            await seat.Director.ArmAsync(host, _isArmed);
            Console.WriteLine($"{host}: {(_isArmed ? "armed" : "disarmed")}");
        }

        return ExitCode.Done;
    }
}
