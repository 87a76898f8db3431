// SPDX-License-Identifier: MIT
using System.CommandLine;
using AudioMesh.Cli.Transport;
using AudioMesh.Network.Bus;

namespace AudioMesh.Cli.Commands;

/// <summary>The options by which a command takes its place on a mesh's bus: as a member of a session, or over NATS.</summary>
internal sealed class MeshOptionSet
{
    private readonly SessionOptionSet _session;

    private readonly Option<string[]> _bus = new("--bus")
    {
        Description = "NATS servers of one cluster, instead of a session: for hosts that share no network. With one of --bus-token-file, --bus-nkey and --bus-creds-file.",
        HelpName = "nats://HOST:PORT",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string> _token = Text("--bus-token-file", "A file with the token that the servers ask for.", "FILE");
    private readonly Option<string> _nkey = Text("--bus-nkey", "The public NKey that the servers know; its seed is in --bus-seed-file.", "U...");
    private readonly Option<string> _seed = Text("--bus-seed-file", "A file with the seed of --bus-nkey.", "FILE");
    private readonly Option<string> _credentials = Text("--bus-creds-file", "A file with a JWT and its seed.", "FILE");
    private readonly Option<string> _authorities = Text("--bus-ca-file", "The certificates that servers are trusted by, PEM: then the connection is encrypted, or there is none.", "FILE");
    private readonly Option<int> _replicas = OptionOf.Whole("--bus-replicas", "Servers that keep a copy of each table: 1, 3 or 5; 1 when not given.", "N", 1, 5);

    public MeshOptionSet(Command command)
    {
        _session = new SessionOptionSet(command);
        foreach (Option option in (Option[])[_bus, _token, _nkey, _seed, _credentials, _authorities, _replicas])
        {
            command.Add(option);
        }
    }

    /// <summary>Throws InvalidArgument for options that do not go together, and what reading a token's file throws.</summary>
    public MeshWish Read(ParseResult parsed)
    {
        string[] servers = parsed.GetValue(_bus)!;
        if (servers.Length == 0)
        {
            Option? stray = ((Option[])[_token, _nkey, _seed, _credentials, _authorities, _replicas]).FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false });
            return stray is null ? new MeshWish(_session.Read(parsed), null) : throw Mistake($"{stray.Name} is for --bus.");
        }

        (string name, string mesh) = _session.ReadNames(parsed);
        int replicas = parsed.GetValue(_replicas);
        return new MeshWish(null, new NatsBusOptions
        {
            Name = name,
            Mesh = BusSubject.Token(mesh),
            Servers = servers,
            Token = parsed.GetValue(_token) is { Length: > 0 } file ? ReadToken(file) : "",
            NKey = parsed.GetValue(_nkey)!,
            NKeySeedFile = parsed.GetValue(_seed)!,
            CredentialsFile = parsed.GetValue(_credentials)!,
            CertificateAuthorityFile = parsed.GetValue(_authorities)!,
            Replicas = replicas == 0 ? 1 : replicas,
        });
    }

    private static string ReadToken(string file)
    {
        try
        {
            return File.ReadAllText(file).Trim() is { Length: > 0 } token ? token : throw Mistake($"--bus-token-file {file} is empty.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new AudioMeshException(AudioErrorKind.FileUnreadable, $"--bus-token-file {file}: {error.Message}", error) { Field = "bus-token-file" };
        }
    }

    private static AudioMeshException Mistake(string text) => new(AudioErrorKind.InvalidArgument, text) { Field = "bus" };

    private static Option<string> Text(string name, string help, string unit) => new(name)
    {
        Description = help,
        HelpName = unit,
        DefaultValueFactory = _ => "",
    };
}
