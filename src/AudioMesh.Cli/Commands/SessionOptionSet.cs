// SPDX-License-Identifier: MIT
using System.CommandLine;
using System.Text.Json;
using AudioMesh.Network.Session;

namespace AudioMesh.Cli.Commands;

/// <summary>The options by which a command takes part in a session.</summary>
internal sealed class SessionOptionSet
{
    private readonly Option<string> _name;
    private readonly Option<string> _session = Text("--session", "The session's name.", "NAME", "audiomesh");
    private readonly Option<string> _keyFile = Text("--key-file", "The key that all members have, as 'audiomesh key new' makes it.", "FILE", "");
    private readonly Option<string> _passphraseFile = Text("--passphrase-file", "A file with the passphrase that all members know, instead.", "FILE", "");
    private readonly Option<string> _listen = Text(
        "--listen", "Where this host is heard; 127.0.0.1:50505 when not given, and then nothing leaves this machine. Port 0 takes a free one.", "ADDRESS:PORT", "");

    private readonly Option<string[]> _to = new("--to")
    {
        Description = "Other members to be met there, or a hub; one side's knowing the other's is enough.",
        HelpName = "HOST:PORT",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [],
    };

    private readonly Option<bool> _discover = new("--discover") { Description = $"Find others in this network by multicast, on {ToastSettings.DefaultGroup}." };

    /// <summary>Adds them; <paramref name="name"/> is what a host is called that has a command of its own name running beside.</summary>
    public SessionOptionSet(Command command, string? name = null)
    {
        string help = name is null ? "What others know this host by; the machine's name when not given." : $"What others know this host by meanwhile; {name} when not given.";
        _name = Text("--name", help, "NAME", name ?? Environment.MachineName);
        foreach (Option option in (Option[])[_listen, _to, _discover, _keyFile, _passphraseFile, _session, _name])
        {
            command.Add(option);
        }
    }

    /// <summary>Throws InvalidArgument where there is no key, or two.</summary>
    public ToastSettings Read(ParseResult parsed)
    {
        string keyFile = parsed.GetValue(_keyFile)!;
        string passphraseFile = parsed.GetValue(_passphraseFile)!;
        if ((keyFile.Length == 0) == (passphraseFile.Length == 0))
        {
            throw new AudioMeshException(AudioErrorKind.InvalidArgument, "A session needs its key: either --key-file FILE or --passphrase-file FILE.");
        }

        string listen = parsed.GetValue(_listen)!;
        string group = listen.StartsWith('[') ? ToastSettings.DefaultGroupIPv6 : ToastSettings.DefaultGroup;
        return new ToastSettings
        {
            Name = parsed.GetValue(_name)!,
            Session = parsed.GetValue(_session)!,
            KeyFile = keyFile.Length == 0 ? "" : Path.GetFullPath(keyFile),
            PassphraseFile = passphraseFile.Length == 0 ? "" : Path.GetFullPath(passphraseFile),
            Listen = listen,
            Contacts = string.Join(',', parsed.GetValue(_to)!),
            Group = parsed.GetValue(_discover) ? group : "",
        };
    }

    /// <summary>This host's and the session's name, where the mesh is no session. Throws InvalidArgument for what only a session has.</summary>
    public (string Name, string Session) ReadNames(ParseResult parsed)
    {
        Option? stray = ((Option[])[_keyFile, _passphraseFile, _listen, _to, _discover]).FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false });
        return stray is null ? (parsed.GetValue(_name)!, parsed.GetValue(_session)!)
            : throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"{stray.Name} is for a session, and --bus is instead of one.") { Field = "bus" };
    }

    /// <summary>The same as arguments of a node.</summary>
    public static void Write(Utf8JsonWriter json, ToastSettings settings)
    {
        json.WriteString("name", settings.Name);
        json.WriteString("session", settings.Session);
        json.WriteString("key_file", settings.KeyFile);
        json.WriteString("passphrase_file", settings.PassphraseFile);
        json.WriteString("listen", settings.Listen);
        json.WriteString("contacts", settings.Contacts);
        json.WriteString("group", settings.Group);
    }

    private static Option<string> Text(string name, string help, string unit, string fallback) => new(name)
    {
        Description = help,
        HelpName = unit,
        DefaultValueFactory = _ => fallback,
    };
}
