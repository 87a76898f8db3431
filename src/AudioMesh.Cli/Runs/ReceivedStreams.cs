// SPDX-License-Identifier: MIT
using System.Text.Json;
using AudioMesh.Cli.Reports;

namespace AudioMesh.Cli.Runs;

/// <summary>What <c>toast_source</c> nodes tell while they run: counters are their sums, times those of the slowest.</summary>
internal sealed class ReceivedStreams(GraphRequests graph, IReadOnlyList<int> nodes, DeviceInfo device, IReport report)
{
    private readonly Dictionary<int, string> _states = [];
    private readonly Dictionary<int, string> _names = [];

    /// <summary>Where this host is heard, with the port it got.</summary>
    public async Task<string> AddressAsync()
    {
        using JsonDocument reply = await graph.GetAsync(nodes[0]);
        return reply.RootElement.GetProperty("args").GetProperty("address").GetString()!;
    }

    public async Task<IReadOnlyList<RunCount>> CountsAsync()
    {
        IReadOnlyList<JsonElement> all = await LookAsync();
        double Sum(string field) => all.Sum(args => Number(args, field));
        double Most(string field) => all.Max(args => Number(args, field));
        double missing = Sum("underrun_frames");
        double due = Sum("packets") + Sum("lost_packets");
        return
        [
            new("peers", "online", Most("peers")),
            new("playing", "playing", all.Count(args => args.GetProperty("state").GetString() == "playing")),
            new("packets", "", Sum("packets")),
            new("lost_packets", "", Sum("lost_packets")),
            new("lost_pct", "% lost", due > 0 ? 100 * Sum("lost_packets") / due : 0),
            new("late_packets", "", Sum("late_packets")),
            new("jitter_ms", "ms jitter", Most("jitter")),
            new("drift_ppm", "ppm", all.Select(args => Number(args, "drift")).MaxBy(Math.Abs)),
            new("locked", "", all.Count(args => args.GetProperty("locked").GetBoolean())),
            new("missing_frames", "frames missing", missing),
            new("predicted_pct", missing > 0 ? "% of them predicted" : "", missing > 0 ? 100 * Sum("predicted_frames") / missing : 0),
            new("resyncs", "", Sum("resyncs")),
            new("mesh_bound_us", "", Most("mesh_bound")),
            new("dropped_datagrams", "", Most("dropped_datagrams")),
        ];
    }

    /// <summary>From the sender's timestamp to the loudspeaker.</summary>
    public async Task<IReadOnlyList<RunHop>> HopsAsync()
    {
        IReadOnlyList<JsonElement> all = await LookAsync();
        JsonElement slowest = all.MaxBy(args => Number(args, "transit") + Number(args, "depth") + Number(args, "resampler"));
        double perFrame = 1000.0 / device.Rate;
        return
        [
            new("network", Number(slowest, "transit")),
            new("jitter_buffer", Number(slowest, "depth")),
            new("resampler", Number(slowest, "resampler")),
            new("period", device.PeriodFrames * perFrame),
            new("device", device.OutputLatencyFrames * perFrame),
        ];
    }

    private static double Number(JsonElement args, string field) => args.GetProperty(field).GetDouble();

    private async Task<IReadOnlyList<JsonElement>> LookAsync()
    {
        List<JsonElement> all = [];
        foreach (int node in nodes)
        {
            using JsonDocument reply = await graph.GetAsync(node);
            JsonElement args = reply.RootElement.GetProperty("args").Clone();
            Tell(node, args);
            all.Add(args);
        }

        return all;
    }

    private void Tell(int node, JsonElement args)
    {
        string state = args.GetProperty("state").GetString()!;
        if (state != _states.GetValueOrDefault(node, "waiting"))
        {
            string stream = NameOf(args);
            report.Note($"stream_{state}", state switch
            {
                "playing" => $"{stream} is heard.",
                "outage" => $"{_names.GetValueOrDefault(node, stream)} is silent: nothing comes.",
                _ => $"{stream} is waited for.",
            });
        }

        _states[node] = state;
        if (state == "playing")
        {
            _names[node] = NameOf(args);
        }
    }

    private static string NameOf(JsonElement args) => $"{args.GetProperty("peer").GetString()}/{args.GetProperty("stream").GetString()}";
}
