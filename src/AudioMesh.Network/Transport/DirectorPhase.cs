// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Transport;

/// <summary>How far an order of a director has come.</summary>
public enum DirectorPhase
{
    /// <summary>Hosts that were named are looked for.</summary>
    Looking,

    /// <summary>Hosts are asked whether they are ready; nothing moves yet.</summary>
    Preparing,

    /// <summary>Hosts are told to do it, and have not all said that they will.</summary>
    Firing,

    /// <summary>It will happen, or does: what came of it is awaited.</summary>
    Fired,

    /// <summary>It happened.</summary>
    Done,

    /// <summary>It was called off, and nobody has moved: see who is to blame.</summary>
    Refused,

    /// <summary>It was aborted by who asked for it.</summary>
    Aborted,
}
