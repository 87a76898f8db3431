// SPDX-License-Identifier: MIT
using System.CommandLine;
using System.Globalization;
using AudioMesh.Backends;
using AudioMesh.Daemon.Config;
using AudioMesh.Daemon.Hosting;

namespace AudioMesh.Daemon;

/// <summary>The command line of a daemon: <c>audiomesh daemon</c> and <c>audiomixerd</c>.</summary>
internal sealed class DaemonCommand : Command
{
    private readonly Option<string?> _config = Text("--config", "The configuration, TOML or JSON; docs/daemon.md and packaging/audiomixerd.toml tell what is in it.", "FILE");
    private readonly Option<bool> _check = new("--check-config") { Description = "Look at the configuration and the graph it begins with, say what is wrong, and end." };
    private readonly Option<string?> _socket = Text("--socket", "Where it listens.", "PATH");
    private readonly Option<string?> _backend = Choice("--backend", "The driver.", [.. DeviceConfig.Backends]);
    private readonly Option<string?> _device = Text("--device", "The device, as 'audiomesh devices' names it.", "NAME");
    private readonly Option<string?> _logLevel = Choice("--log-level", "What is told.", [.. LogConfig.Levels.Keys]);
    private readonly Option<int?> _period = new("--period")
    {
        Description = $"Frames per device callback; {DeviceConfig.DefaultPeriod} when not given.",
        HelpName = "FRAMES",
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int frames) && frames is >= 16 and <= StreamRequest.MaxPeriodFrames)
            {
                return frames;
            }

            result.AddError($"--period '{text}' is not allowed: 16..{StreamRequest.MaxPeriodFrames}.");
            return null;
        },
    };

    /// <summary>The command, under the name that its door gives it.</summary>
    public DaemonCommand(string name)
        : base(name, "Offers the engine to programs in any language, on a Unix socket with shared memory. Options go before AUDIOMIXERD_* variables, these before the configuration.")
    {
        foreach (Option option in (Option[])[_config, _check, _socket, _backend, _device, _period, _logLevel])
        {
            Add(option);
        }

        SetAction((parsed, _) => RunAsync(parsed));
    }

    private async Task<int> RunAsync(ParseResult parsed)
    {
        ConfigSource source = new(parsed.GetValue(_config), new DaemonOverrides
        {
            Socket = parsed.GetValue(_socket) is { } socket ? Path.GetFullPath(socket) : null,
            Backend = parsed.GetValue(_backend),
            Device = parsed.GetValue(_device),
            Period = parsed.GetValue(_period),
            LogLevel = parsed.GetValue(_logLevel) is { } level ? LogConfig.Levels[level] : null,
        });
        if (parsed.GetValue(_check))
        {
            ConfigCheck.Run(source);
        }
        else
        {
            await MixerDaemon.RunAsync(source).ConfigureAwait(false);
        }

        return 0;
    }

    private static Option<string?> Text(string name, string help, string unit) => new(name) { Description = help, HelpName = unit };

    private static Option<string?> Choice(string name, string help, string[] words)
    {
        Option<string?> option = Text(name, help, string.Join('|', words));
        option.CompletionSources.Add(words);
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && !words.Contains(result.Tokens[0].Value))
            {
                result.AddError($"{name} '{result.Tokens[0].Value}' is not known: {string.Join(", ", words)}.");
            }
        });
        return option;
    }
}
