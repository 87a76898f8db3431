// SPDX-License-Identifier: MIT
using System.CommandLine;

namespace AudioMesh.Cli.Commands;

/// <summary>The command line as a whole.</summary>
internal static class AudioMeshCommand
{
    public static RootCommand Create()
    {
        RootCommand root = new("Plays and records on JACK, ALSA and CoreAudio, in an engine that no garbage collector can stop.");
        root.Add(CommonOptions.Json);
        root.Add(new PlayCommand());
        root.Add(new RecordCommand());
        root.Add(new ToneCommand());
        root.Add(new DevicesCommand());
        root.Add(new ComputeCommand());
        root.Add(new DoctorCommand());
        root.Add(new VersionCommand());
        root.Add(new CompletionCommand());
        Examples.AddTo(root);
        return root;
    }
}
