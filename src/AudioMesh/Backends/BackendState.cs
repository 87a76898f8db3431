// SPDX-License-Identifier: MIT
namespace AudioMesh.Backends;

/// <summary>The states of a backend, the same for all: Closed, Open, Running, back to Open, back to Closed; Lost from Open or Running.</summary>
public enum BackendState
{
    /// <summary>Nothing is held.</summary>
    Closed,

    /// <summary>The device is configured and silent.</summary>
    Open,

    /// <summary>The device calls back.</summary>
    Running,

    /// <summary>The device or server is gone or hangs; only <see cref="IAudioOutputBackend.Close"/> helps.</summary>
    Lost,
}
