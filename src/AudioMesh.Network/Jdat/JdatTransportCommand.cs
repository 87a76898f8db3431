// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Jdat;

/// <summary>What a <c>transport_command</c> asks for.</summary>
public enum JdatTransportCommand
{
    /// <summary><c>play</c>: what comes is heard.</summary>
    Play,

    /// <summary><c>stop</c>: what comes is not heard, until <c>play</c>.</summary>
    Stop,

    /// <summary><c>locate</c>: what comes next is from another position.</summary>
    Locate,
}
