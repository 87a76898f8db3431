// SPDX-License-Identifier: MIT
using System.Reflection;

namespace AudioMesh.Cli.Demo;

/// <summary>The file to be played: the one given, or the one that is in the program, put down for as long as it is needed.</summary>
internal sealed class DemoRecording : IDisposable
{
    private const string Own = "piano_prelude.wav";

    private readonly string? _folder;

    public DemoRecording(string? path)
    {
        if (path is not null)
        {
            (Path, Name) = (path, System.IO.Path.GetFileName(path));
            return;
        }

        _folder = Directory.CreateTempSubdirectory("audiomesh-demo-").FullName;
        (Path, Name) = (System.IO.Path.Combine(_folder, Own), Own);
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Own)!;
        using FileStream file = File.Create(Path);
        stream.CopyTo(file);
    }

    public string Path { get; }

    /// <summary>What people know it by.</summary>
    public string Name { get; }

    public void Dispose()
    {
        if (_folder is not null)
        {
            Directory.Delete(_folder, recursive: true);
        }
    }
}
