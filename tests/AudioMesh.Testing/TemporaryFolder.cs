// SPDX-License-Identifier: MIT
namespace AudioMesh.Testing;

/// <summary>A new folder that goes, with all in it, when disposed.</summary>
public sealed class TemporaryFolder : IDisposable
{
    /// <summary>Where it lies.</summary>
    public string FullPath { get; } = Directory.CreateTempSubdirectory("audiomesh-test-").FullName;

    /// <summary>The path of <paramref name="name"/> in it.</summary>
    public string PathOf(string name) => Path.Combine(FullPath, name);

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(FullPath, recursive: true);
}
