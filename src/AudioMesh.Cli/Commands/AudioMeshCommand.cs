// SPDX-License-Identifier: MIT
using System.CommandLine;
using AudioMesh.Daemon;

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
        root.Add(new CollectCommand());
        root.Add(new TakesCommand());
        root.Add(new ToneCommand());
        root.Add(new JdatCommand());
        root.Add(new SendCommand());
        root.Add(new ReceiveCommand());
        root.Add(new HubCommand());
        root.Add(new JoinCommand());
        root.Add(new AgentCommand());
        root.Add(new DirectorCommand());
        root.Add(new ParamCommand());
        root.Add(new ServicesCommand());
        root.Add(new TimeCommand());
        root.Add(new KeyCommand());
        root.Add(DaemonProgram.CreateCommand("daemon"));
        root.Add(new CtlCommand());
        root.Add(new GraphCommand());
        root.Add(new DevicesCommand());
        root.Add(new ComputeCommand());
        root.Add(new EvalCommand());
        root.Add(new DemoCommand());
        root.Add(new ImpairCommand());
        root.Add(new DoctorCommand());
        root.Add(new VersionCommand());
        root.Add(new CompletionCommand());
        Examples.AddTo(root);
        return root;
    }
}
