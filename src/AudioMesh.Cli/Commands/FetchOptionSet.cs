// SPDX-License-Identifier: MIT
using System.CommandLine;
using AudioMesh.Cli.Takes;
using AudioMesh.Network.Session;
using AudioMesh.Network.Stems;

namespace AudioMesh.Cli.Commands;

/// <summary>The options by which takes come from other hosts.</summary>
internal sealed class FetchOptionSet
{
    private readonly Option<bool> _fetch = new("--fetch") { Description = "Fetch takes from hosts of a session that hand them over, as 'audiomesh agent --takes FOLDER' does." };
    private readonly Option<string[]> _hosts = CreateHosts();
    private readonly Option<string[]> _takes = new("--take")
    {
        Description = "With --fetch: only takes of these names; all when not given.",
        HelpName = "NAME",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [],
    };

    private readonly SessionOptionSet _session;
    private readonly Option[] _own;

    public FetchOptionSet(Command command)
    {
        command.Add(_fetch);
        int before = command.Options.Count;
        command.Add(_hosts);
        command.Add(_takes);
        _session = new SessionOptionSet(command, Name);
        _own = [.. command.Options.Skip(before)];
    }

    /// <summary>What a host that only fetches is called: its agent has the machine's name.</summary>
    public static string Name { get; } = $"{Environment.MachineName}-collect";

    public static Option<string[]> CreateHosts() => new("--hosts")
    {
        Description = "From which hosts; all that hand over takes when not given.",
        HelpName = "NAME",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [],
    };

    /// <summary>The session to fetch from; null without --fetch. Throws InvalidArgument for options that need it, and without a key.</summary>
    public ToastSettings? Read(ParseResult parsed)
    {
        if (parsed.GetValue(_fetch))
        {
            return _session.Read(parsed);
        }

        Option? stray = _own.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false });
        return stray is null ? null : throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"{stray.Name} goes with --fetch.");
    }

    /// <summary>Fetches what is asked for into <paramref name="folder"/>, and answers the sidecars.</summary>
    public async Task<IReadOnlyList<string>> FetchAsync(ParseResult parsed, ToastSettings session, string folder, CancellationToken cancellation)
    {
        using TakeSources sources = new(session);
        TakeFetching fetching = new(sources, parsed.GetValue(_hosts)!);
        IReadOnlyList<(TakeSource Source, TakeOffer Take)> takes = TakeChoice.Of(await fetching.ListAsync(cancellation), parsed.GetValue(_takes)!);
        return await fetching.FetchAsync(takes, folder, new FetchView(parsed.GetValue(CommonOptions.Json)), cancellation);
    }
}
