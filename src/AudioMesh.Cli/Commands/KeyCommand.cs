// SPDX-License-Identifier: MIT
using System.CommandLine;
using System.Security.Cryptography;
using AudioMesh.Cli.Reports;
using AudioMesh.Network.Wire;

namespace AudioMesh.Cli.Commands;

/// <summary><c>audiomesh key new</c>: a key for a session.</summary>
internal sealed class KeyCommand : Command
{
    private readonly Argument<string> _file = new("FILE") { Description = "The file to make; it is never replaced." };

    public KeyCommand()
        : base("key", "Makes the keys that members of a session share.")
    {
        Command make = new("new", $"Writes {SessionKey.Bytes} random bytes that only you may read: copy them to each member, by a way you trust.");
        OptionOf.RejectIn(_file);
        make.Add(_file);
        make.SetAction(Make);
        Add(make);
    }

    private int Make(ParseResult parsed)
    {
        string path = parsed.GetValue(_file)!;
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            using FileStream file = new(path, options);
            file.Write(RandomNumberGenerator.GetBytes(SessionKey.Bytes));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            string why = File.Exists(path) ? "it exists already, and a key is never replaced" : error.Message;
            throw new AudioMeshException(AudioErrorKind.FileUnreadable, $"The key file {path} cannot be made: {why}.", error);
        }

        if (parsed.GetValue(CommonOptions.Json))
        {
            JsonLine.Write(json =>
            {
                json.WriteBoolean("ok", true);
                json.WriteString("file", path);
            });
        }
        else
        {
            Console.WriteLine($"A new key is in {path}: all members of the session need it, and nobody else.");
        }

        return ExitCode.Done;
    }
}
