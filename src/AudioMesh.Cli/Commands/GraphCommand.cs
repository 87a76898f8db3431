// SPDX-License-Identifier: MIT
using System.CommandLine;
using System.Text;
using System.Text.Json;
using AudioMesh.Cli.Ctl;
using AudioMesh.Cli.Reports;
using AudioMesh.Daemon.Graphs;

namespace AudioMesh.Cli.Commands;

/// <summary><c>audiomesh graph</c>: whole graphs in files, and a daemon.</summary>
internal sealed class GraphCommand : Command
{
    private static readonly string[] Parts = ["created", "changed", "removed"];
    private readonly Option<string?> _socket = SocketOption.Create();
    private readonly Argument<string> _file = new("FILE") { Description = "The graph, as 'audiomesh graph save' writes it." };
    private readonly Argument<string> _target = new("FILE") { Description = "The file to write, in the place of what is there; '-' for standard output." };

    public GraphCommand()
        : base("graph", "Makes a daemon's graph that of a file, keeps it in one, or looks a file over.")
    {
        OptionOf.RejectIn(_file);
        Add(_socket);
        Command apply = new("apply", "Makes the daemon's graph that of FILE, all at once or not at all: what differs is made, changed or removed, the rest goes on sounding.");
        apply.Add(_file);
        apply.SetAction(ApplyAsync);
        Command save = new("save", "Writes the daemon's graph down.");
        save.Add(_target);
        save.SetAction(SaveAsync);
        Command check = new("check", "Looks FILE over without a daemon: names, types, arguments, connections. Opens none of its files and devices.");
        check.Add(_file);
        check.SetAction(Check);
        foreach (Command command in (Command[])[apply, save, check])
        {
            Add(command);
        }
    }

    private async Task<int> ApplyAsync(ParseResult parsed)
    {
        using GraphFile file = GraphFile.Read(parsed.GetValue(_file)!);
        using DaemonLine daemon = SocketOption.Open(parsed, _socket);
        string reply = await daemon.AskAsync(Encoding.UTF8.GetString(file.ApplyRequest()));
        if (parsed.GetValue(CommonOptions.Json))
        {
            Console.WriteLine(reply);
            return ExitCode.Done;
        }

        using JsonDocument difference = JsonDocument.Parse(reply);
        foreach (string part in Parts)
        {
            string names = string.Join(", ", difference.RootElement.GetProperty(part).EnumerateArray());
            Console.WriteLine($"{part}: {(names.Length > 0 ? names : "nothing")}");
        }

        Console.WriteLine($"connections: {difference.RootElement.GetProperty("connected")} made, {difference.RootElement.GetProperty("disconnected")} taken away");
        return ExitCode.Done;
    }

    private async Task<int> SaveAsync(ParseResult parsed)
    {
        string target = parsed.GetValue(_target)!;
        using DaemonLine daemon = SocketOption.Open(parsed, _socket);
        using JsonDocument reply = JsonDocument.Parse(await daemon.AskAsync("""{"cmd":"graph"}"""));
        byte[] text = JsonText.Indented(reply.RootElement.GetProperty("graph"));
        if (target == "-")
        {
            Console.WriteLine(Encoding.UTF8.GetString(text));
            return ExitCode.Done;
        }

        try
        {
            string unfinished = $"{target}.new";
            await File.WriteAllBytesAsync(unfinished, text);
            File.Move(unfinished, target, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new AudioMeshException(AudioErrorKind.FileUnreadable, $"The graph cannot be written to {target}: {error.Message}", error);
        }

        Tell(parsed, target, $"The graph is in {target}.");
        return ExitCode.Done;
    }

    private int Check(ParseResult parsed)
    {
        using GraphFile file = GraphFile.Read(parsed.GetValue(_file)!);
        GraphCheck.Run(file);
        Tell(parsed, file.Path, $"{file.Path}: ok");
        return ExitCode.Done;
    }

    private static void Tell(ParseResult parsed, string file, string text)
    {
        if (!parsed.GetValue(CommonOptions.Json))
        {
            Console.WriteLine(text);
            return;
        }

        JsonLine.Write(json =>
        {
            json.WriteBoolean("ok", true);
            json.WriteString("file", file);
        });
    }
}
