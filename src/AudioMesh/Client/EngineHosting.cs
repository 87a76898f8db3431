// SPDX-License-Identifier: MIT
namespace AudioMesh;

/// <summary>Where the engine lives.</summary>
public enum EngineHosting
{
    /// <summary>Isolated when the native library is there, else managed.</summary>
    Auto,

    /// <summary>In libaudiomesh, with a heap of its own: the app's garbage collector cannot stop it.</summary>
    Isolated,

    /// <summary>In the app's own runtime: for debugging and for machines without the native library. Collections are heard.</summary>
    Managed,

    /// <summary>In another process, such as the daemon, over its Unix socket.</summary>
    Remote,
}
