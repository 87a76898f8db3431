// SPDX-License-Identifier: MIT
using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace AudioMesh.Cli.Commands;

/// <summary>Help that ends with examples of the command asked about.</summary>
internal sealed class Examples(HelpAction help) : SynchronousCommandLineAction
{
    private static Dictionary<string, string[]> All { get; } = new()
    {
        ["audiomesh"] =
        [
            "audiomesh doctor                        what keeps this machine from being realtime",
            "audiomesh play piano.wav                play a file on the best device there is",
            "audiomesh record take.wav --seconds 10  record ten seconds",
        ],
        ["play"] =
        [
            "audiomesh play piano.wav",
            "audiomesh play loop.wav --loop --gain -6",
            "audiomesh play piano.flac --backend alsa --device hw:0 --period 128",
            "audiomesh play piano.wav --start 2.5 --seconds 4 --output part.wav",
        ],
        ["record"] =
        [
            "audiomesh record take.wav",
            "audiomesh record take.wav --seconds 10 --format f32 --channels 1 --overwrite",
            "audiomesh record take.flac --backend jack --no-autoconnect",
        ],
        ["tone"] =
        [
            "audiomesh tone --seconds 2",
            "audiomesh tone --freq 1000 --level -20 --backend jack",
        ],
        ["devices"] = ["audiomesh devices", "audiomesh devices --backend alsa --json"],
        ["compute"] = ["audiomesh compute", "audiomesh compute --device vulkan --json | jq '.devices[].clock'"],
        ["doctor"] = ["audiomesh doctor", "audiomesh doctor --json | jq '.findings[] | select(.verdict != \"ok\")'"],
        ["version"] = ["audiomesh version --json"],
        ["completion"] = ["eval \"$(audiomesh completion bash)\"", "audiomesh completion fish > ~/.config/fish/completions/audiomesh.fish"],
    };

    /// <summary>Adds examples to the help of every command below <paramref name="root"/>.</summary>
    public static void AddTo(RootCommand root)
    {
        HelpOption option = root.Options.OfType<HelpOption>().Single();
        option.Action = new Examples((HelpAction)option.Action!);
    }

    public override int Invoke(ParseResult parseResult)
    {
        int code = help.Invoke(parseResult);
        Command command = parseResult.CommandResult.Command;
        string name = command is RootCommand ? "audiomesh" : command.Name;
        if (All.TryGetValue(name, out string[]? lines))
        {
            TextWriter output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Examples:");
            foreach (string line in lines)
            {
                output.WriteLine($"  {line}");
            }

            output.WriteLine();
        }

        return code;
    }
}
