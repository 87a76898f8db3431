// SPDX-License-Identifier: MIT
namespace AudioMesh.Cli.Eval.Losses;

/// <summary>Networks as musicians have them, by name.</summary>
internal static class LossPresets
{
    private const int OutagePacketFrames = 128;

    private static readonly OrderedDictionary<string, LossScenario[]> Presets = new()
    {
        ["wifi"] = [Gilbert("wifi/64", 64, 0.05, 2), Gilbert("wifi/128", 128, 0.05, 2)],
        ["fibre"] = [Gilbert("fibre/64", 64, 0.001, 1), Gilbert("fibre/128", 128, 0.001, 1)],
        ["good"] = [Gilbert("good/128", 128, 0.01, 1.2)],
        ["bad-wifi"] = [Gilbert("bad-wifi/128", 128, 0.1, 4)],
        ["is2"] = [Gilbert("is2/512", 512, 0.1, 1.39)],
        ["periodic"] = [new("periodic/480", "every 10th packet", 480, (packets, _, _) => LossModel.Periodic(packets, 10))],
        ["outage"] = [Outage(60), Outage(120), Outage(500)],
    };

    /// <summary>The names, and <c>all</c> and <c>none</c>.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Presets.Keys, "all", "none"];

    public static IReadOnlyList<LossScenario> Find(string name) => name switch
    {
        "all" => [.. Presets.Values.SelectMany(scenarios => scenarios)],
        "none" => [],
        _ => Presets[name],
    };

    /// <summary><paramref name="share"/> of the packets is lost, in bursts of this many on average.</summary>
    public static LossScenario Gilbert(string name, int packetFrames, double share, double burst) => new(
        name, $"{share * 100:0.##} %, in bursts of {burst:0.##}", packetFrames, (packets, _, seed) => LossModel.Gilbert(packets, share, burst, seed));

    private static LossScenario Outage(int ms) => new(
        $"outage/{ms}ms",
        $"{ms} ms in every 5 s",
        OutagePacketFrames,
        (packets, rate, _) => LossModel.Outage(packets, OutagePacketFrames / (double)rate, ms / 1000.0));
}
