// SPDX-License-Identifier: MIT
using System.Text.Json;

namespace AudioMesh.Cli.Runs;

/// <summary>What a <c>toast_sink</c> tells while it runs.</summary>
internal sealed class SentStream(GraphRequests graph, int node, DeviceInfo device, bool isCaptured)
{
    /// <summary>How many hear it.</summary>
    public async Task<int> ListenersAsync()
    {
        using JsonDocument reply = await graph.GetAsync(node);
        return reply.RootElement.GetProperty("args").GetProperty("listeners").GetInt32();
    }

    /// <summary>Where it is heard, with the port it got.</summary>
    public async Task<string> AddressAsync()
    {
        using JsonDocument reply = await graph.GetAsync(node);
        return reply.RootElement.GetProperty("args").GetProperty("address").GetString()!;
    }

    public async Task<IReadOnlyList<RunCount>> CountsAsync()
    {
        using JsonDocument reply = await graph.GetAsync(node);
        JsonElement args = reply.RootElement.GetProperty("args");
        return
        [
            Count(args, "peers", "online"),
            Count(args, "listeners", "listening"),
            Count(args, "packets", "packets"),
            Count(args, "datagrams", ""),
            Count(args, "lost_frames", "frames not sent"),
            Count(args, "mesh_bound", "", "mesh_bound_us"),
            Count(args, "dropped_datagrams", ""),
        ];
    }

    /// <summary>From the microphone to the network.</summary>
    public async Task<IReadOnlyList<RunHop>> HopsAsync()
    {
        using JsonDocument reply = await graph.GetAsync(node);
        int packet = reply.RootElement.GetProperty("args").GetProperty("packet_frames").GetInt32();
        double perFrame = 1000.0 / device.Rate;
        RunHop packing = new("packet", Math.Max(0, packet - device.PeriodFrames) * perFrame);
        return isCaptured ? [new RunHop("device", device.InputLatencyFrames * perFrame), new RunHop("period", device.PeriodFrames * perFrame), packing] : [packing];
    }

    private static RunCount Count(JsonElement args, string parameter, string text, string? field = null) => new(field ?? parameter, text, args.GetProperty(parameter).GetDouble());
}
