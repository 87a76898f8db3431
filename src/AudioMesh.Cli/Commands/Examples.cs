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
            "audiomesh record song.wav --armed --key-file jam.key --listen 192.168.1.8:0 --discover --at $(($(date +%s) + 10))",
        ],
        ["collect"] =
        [
            "audiomesh collect takes --out stems",
            "audiomesh collect --fetch --take song --key-file jam.key --listen 192.168.1.7:0 --discover --out stems",
            "audiomesh collect anna/song.wav ben/song.wav --out stems --format s24 --json | jq '.stems[] | [.host, .drift_ppm]'",
        ],
        ["takes"] = ["audiomesh takes --key-file jam.key --listen 192.168.1.7:0 --discover"],
        ["tone"] =
        [
            "audiomesh tone --seconds 2",
            "audiomesh tone --freq 1000 --level -20 --backend jack",
        ],
        ["jdat"] =
        [
            "my-synth | audiomesh jdat --in - --backend jack",
            "audiomesh jdat --out - --seconds 10 | jq -c '[.timestamp_gpu, (.audio_data.samples | max)]'",
            "audiomesh jdat --in unix:/run/user/1000/play --out unix:/run/user/1000/hear --backend jack --depth 256",
        ],
        ["send"] =
        [
            "audiomesh send --capture --listen 192.168.1.7:50505 --discover --key-file jam.key",
            "audiomesh send piano.wav --key-file jam.key --wait --encoding s16 --redundancy repeat:1",
            "audiomesh send --capture --listen 0.0.0.0:50505 --to studio.local:50505 --passphrase-file jam.txt --period 64",
        ],
        ["receive"] =
        [
            "audiomesh receive --key-file jam.key --listen 127.0.0.1:0 --to 127.0.0.1:50505",
            "audiomesh receive --from anna bert/drums --listen 192.168.1.8:50505 --discover --key-file jam.key --period 64",
            "audiomesh receive --from anna --key-file jam.key --depth 2..40 --output heard.wav --seconds 60",
        ],
        ["time"] =
        [
            "audiomesh time --key-file jam.key --listen 192.168.1.9:50505 --discover",
            "audiomesh time --key-file jam.key --listen 127.0.0.1:0 --to 127.0.0.1:50505 --json | jq '.time.peers[] | [.offset_ns, .rate_ppm, .bound_us]'",
        ],
        ["key"] = ["audiomesh key new jam.key"],
        ["new"] = ["audiomesh key new jam.key"],
        ["daemon"] = ["audiomesh daemon", "audiomesh daemon --config studio.toml --check-config", "AUDIOMIXERD_BACKEND=jack audiomesh daemon --period 64"],
        ["ctl"] =
        [
            "audiomesh ctl ping",
            "audiomesh ctl create_node tone freq=440 name=pitch",
            "audiomesh ctl connect pitch 1",
            "audiomesh ctl set 4 db=-6 --ramp 50",
            "audiomesh ctl '{\"cmd\":\"device_open\",\"name\":\"default\",\"period\":64}'",
        ],
        ["watch"] = ["audiomesh ctl watch", "audiomesh ctl watch xrun device --json | jq -c '[.time, .type, .cause]'"],
        ["stats"] = ["audiomesh ctl stats", "audiomesh ctl stats --json | jq .late_us"],
        ["graph"] = ["audiomesh graph check band.json", "audiomesh graph apply band.json", "audiomesh graph save -", "audiomesh ctl graph --dot | dot -Tsvg > graph.svg"],
        ["devices"] = ["audiomesh devices", "audiomesh devices --backend alsa --json"],
        ["compute"] = ["audiomesh compute", "audiomesh compute --device vulkan --json | jq '.devices[].clock'"],
        ["eval"] = ["audiomesh eval pnbtr --corpus recordings"],
        ["pnbtr"] =
        [
            "audiomesh eval pnbtr --corpus recordings",
            "audiomesh eval pnbtr --corpus recordings --preset all --json | jq '.isolated.methods[] | [.method, .mean_db]'",
            "audiomesh eval pnbtr --corpus recordings --packet 64 --loss 2 --burst 3 --seed 7 --methods zero,pitch,pnbtr",
            "audiomesh eval pnbtr --corpus recordings --preset bad-wifi --gaps 0 --render listen",
            "audiomesh eval pnbtr --corpus recordings --report concealment.html",
        ],
        ["demo"] =
        [
            "audiomesh demo",
            "audiomesh demo guitar.wav --seconds 20 --preset bad-wifi --seed 7 --report demo.html",
            "audiomesh demo --seconds 5 --backend null --json | jq 'select(.event == \"finished\") | [.plain.snr_db, .predicted.snr_db]'",
        ],
        ["impair"] =
        [
            "audiomesh impair --listen 127.0.0.1:5000 --to 127.0.0.1:4464 --preset wifi --seed 7",
            "audiomesh impair --listen 127.0.0.1:5000 --to 127.0.0.1:4464 --loss 5 --burst 2",
            "audiomesh impair --listen 127.0.0.1:5000 --to studio.local:4464 --preset good --back congested",
            "audiomesh impair --listen 127.0.0.1:0 --to 127.0.0.1:4464 --delay 20 --jitter 2 --json | jq .there",
        ],
        ["doctor"] =
        [
            "audiomesh doctor",
            "audiomesh doctor --backend alsa --device hw:0 --period 64",
            "audiomesh doctor --json | jq '.findings[] | select(.verdict != \"ok\")'",
        ],
        ["version"] = ["audiomesh version --json"],
        ["hub"] =
        [
            "audiomesh hub --name stage --listen 192.168.1.7:50505 --key-file band.key",
            "audiomesh hub --name stage --listen 192.168.1.7:50505 --key-file band.key --max-clients 16 --record takes",
        ],
        ["join"] =
        [
            "audiomesh join stage --to 192.168.1.7 --listen 192.168.1.9:0 --key-file band.key --name anna --capture",
            "audiomesh join stage --to 127.0.0.1 --listen 127.0.0.1:0 --key-file band.key --name ben piano.wav --loop --level anna=-6",
        ],
        ["agent"] =
        [
            "audiomesh agent --key-file band.key --listen 192.168.1.9:50505 --discover --name drums --click",
            "audiomesh agent --key-file band.key --listen 127.0.0.1:0 --to 127.0.0.1:50505 --plain 127.0.0.1:50000",
            "audiomesh agent --bus tls://nats.example:4222 --bus-creds-file drums.creds --bus-ca-file ca.pem --name drums",
            "audiomesh agent --server default --beats take --relocate bar --key-file band.key --listen 192.168.1.9:50505 --discover",
            "audiomesh agent --transport engine --backend alsa --device hw:0 --click --clip backing.wav --key-file band.key --listen 192.168.1.9:50505 --discover",
            "audiomesh agent --takes takes --transport engine --backend null --key-file band.key --listen 192.168.1.9:50505 --discover",
        ],
        ["director"] =
        [
            "audiomesh director play --frame 48000 --count-in 4 --key-file band.key --listen 192.168.1.7:0 --discover",
            "audiomesh director status --key-file band.key --listen 192.168.1.7:0 --discover",
        ],
        ["param"] = ["audiomesh param list --key-file band.key --listen 192.168.1.7:0 --discover", "audiomesh param set mix level -6 --ramp 500 --bus nats://10.0.0.2:4222 --bus-token-file token"],
        ["services"] = ["audiomesh services --key-file band.key --listen 192.168.1.7:0 --discover", "audiomesh services transport --bus nats://10.0.0.2:4222 --bus-token-file token --json"],
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
