// SPDX-License-Identifier: MIT
namespace AudioMesh.Backends.Tests;

/// <summary>Hears what a backend plays.</summary>
public interface IOutputCapture : IDisposable
{
    /// <summary>What was played, one array per channel; called once, after the backend was closed.</summary>
    float[][] Take();
}
