// SPDX-License-Identifier: MIT
using System.CommandLine;
using AudioMesh.Network.Transport;

namespace AudioMesh.Cli.Commands;

/// <summary><c>audiomesh director</c>: has all hosts' transports move together.</summary>
internal sealed class DirectorCommand : Command
{
    public DirectorCommand()
        : base("director", "Starts, stops and locates the transports of a mesh at one instant, and shows how they stand.")
    {
        Add(new DirectCommand("play", "Starts all hosts at once, from a frame.", TransportAction.LocateStart));
        Add(new DirectCommand("stop", "Stops all hosts at once, at one frame.", TransportAction.Stop));
        Add(new DirectCommand("locate", "Brings all hosts to a frame: at once and playing on where they play.", TransportAction.Locate));
        Add(new DirectorStatusCommand());
        Add(new DirectorAbortCommand());
        Add(new DirectorArmCommand("arm", "Arms recording.", isArmed: true));
        Add(new DirectorArmCommand("disarm", "Disarms recording.", isArmed: false));
        Add(new DirectorTempoCommand());
    }
}
