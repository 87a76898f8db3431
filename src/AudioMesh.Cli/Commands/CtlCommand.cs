// SPDX-License-Identifier: MIT
using System.CommandLine;
using System.Globalization;
using AudioMesh.Cli.Ctl;

namespace AudioMesh.Cli.Commands;

/// <summary><c>audiomesh ctl</c>: a word with a daemon.</summary>
internal sealed class CtlCommand : Command
{
    private readonly Argument<string[]> _words = new("REQUEST")
    {
        Description = "A command of the protocol with its fields, such as 'set 4 db=-6'; a JSON object; or '-' for requests from standard input, one a line.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string?> _socket = SocketOption.Create();
    private readonly Option<double?> _ramp = OptionOf.Number("--ramp", "set: how long the change takes.", "MS", 0, 60_000);
    private readonly Option<long?> _at = new("--at")
    {
        Description = "set: when, in mesh time.",
        HelpName = "NS",
        CustomParser = result =>
        {
            if (long.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out long at))
            {
                return at;
            }

            result.AddError($"--at '{result.Tokens[0].Value}' is no mesh time: whole nanoseconds.");
            return null;
        },
    };

    public CtlCommand()
        : base("ctl", "Sends requests to the daemon, watches its events, shows its graph and its figures.")
    {
        Add(_words);
        foreach (Option option in (Option[])[_socket, _ramp, _at])
        {
            Add(option);
        }

        Add(new CtlWatchCommand(_socket));
        Add(new CtlGraphCommand(_socket));
        Add(new CtlStatsCommand(_socket));
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed)
    {
        string[] words = parsed.GetValue(_words)!;
        string? request = words is ["-"] ? null : RequestWords.ToRequest(words, parsed.GetValue(_ramp), parsed.GetValue(_at));
        using DaemonLine daemon = SocketOption.Open(parsed, _socket);
        if (request is not null)
        {
            Show(await daemon.AskAsync(request), parsed.GetValue(CommonOptions.Json));
            return ExitCode.Done;
        }

        while (await Console.In.ReadLineAsync() is { } line)
        {
            if (line.Trim() is { Length: > 0 } text)
            {
                Console.WriteLine(await daemon.AskAsync(text));
            }
        }

        return ExitCode.Done;
    }

    private static void Show(string reply, bool asJson)
    {
        if (asJson)
        {
            Console.WriteLine(reply);
        }
        else
        {
            JsonText.Write(reply);
        }
    }
}
