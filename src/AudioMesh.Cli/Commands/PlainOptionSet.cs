// SPDX-License-Identifier: MIT
using System.CommandLine;
using System.Net;
using AudioMesh.Network.Transport;

namespace AudioMesh.Cli.Commands;

/// <summary>The options by which a command speaks the plain protocol.</summary>
internal sealed class PlainOptionSet
{
    private readonly Option<string> _plain = new("--plain")
    {
        Description = $"Take plain commands (docs/protocols/plain.md) at this address; a port of {PlainOptions.DefaultPort} where none is given. Beyond this machine only with --plain-allow or --plain-key-file.",
        HelpName = "ADDRESS[:PORT]",
        DefaultValueFactory = _ => "",
    };

    private readonly Option<string[]> _allow = new("--plain-allow")
    {
        Description = "Addresses of other machines that may send plain commands.",
        HelpName = "ADDRESS",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string> _keyFile = new("--plain-key-file")
    {
        Description = "A file with the key that any other machine has to sign its lines with.",
        HelpName = "FILE",
        DefaultValueFactory = _ => "",
    };

    public PlainOptionSet(Command command)
    {
        command.Add(_plain);
        command.Add(_allow);
        command.Add(_keyFile);
    }

    /// <summary>Null where none is wanted. Throws InvalidArgument, NotFound and FileUnreadable.</summary>
    public PlainOptions? Read(ParseResult parsed)
    {
        string plain = parsed.GetValue(_plain)!;
        if (plain.Length == 0)
        {
            return null;
        }

        bool hasPort = plain.StartsWith('[') ? plain.Contains("]:", StringComparison.Ordinal) : plain.Contains(':');
        return new PlainOptions
        {
            Bind = EndPointOption.Resolve("--plain", hasPort ? plain : $"{plain}:{PlainOptions.DefaultPort}", 0),
            Allow = [.. parsed.GetValue(_allow)!.Select(AddressOf)],
            Key = parsed.GetValue(_keyFile) is { Length: > 0 } file ? ReadKey(file) : "",
        };
    }

    private static IPAddress AddressOf(string text) => IPAddress.TryParse(text, out IPAddress? address)
        ? address
        : throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"--plain-allow '{text}' is not an address.") { Field = "plain-allow" };

    private static string ReadKey(string file)
    {
        try
        {
            return File.ReadAllText(file).Trim();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new AudioMeshException(AudioErrorKind.FileUnreadable, $"--plain-key-file {file}: {error.Message}", error) { Field = "plain-key-file" };
        }
    }
}
