// SPDX-License-Identifier: MIT
namespace AudioMesh;

/// <summary>How to start an engine.</summary>
public sealed record EngineOptions
{
    /// <summary>Where it lives.</summary>
    public EngineHosting Hosting { get; init; } = EngineHosting.Auto;

    /// <summary>
    /// Path of the Unix socket of an engine in another process; implies <see cref="EngineHosting.Remote"/>. Where that is asked for without a path, it is the
    /// daemon's (<see cref="Control.ControlSocketPath.Find"/>).
    /// </summary>
    public string? Socket { get; init; }

    /// <summary>Path of libaudiomesh; where not given it is looked for beside the app.</summary>
    public string? LibraryPath { get; init; }
}
