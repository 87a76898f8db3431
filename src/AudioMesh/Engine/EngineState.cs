// SPDX-License-Identifier: MIT
namespace AudioMesh.Engine;

/// <summary>Where an engine stands.</summary>
public enum EngineState
{
    /// <summary>Silent.</summary>
    Stopped,

    /// <summary>The device calls back.</summary>
    Running,

    /// <summary>The device is gone; time goes on without it until it returns.</summary>
    Holdover,
}
