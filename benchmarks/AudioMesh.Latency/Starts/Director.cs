// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Text.Json;

namespace AudioMesh.Latency.Starts;

/// <summary><c>audiomesh director</c>, as a user runs it, in a namespace of its own.</summary>
internal sealed class Director(string space, string address, string keyFile, IReadOnlyList<AgentPlace> agents)
{
    /// <summary>Looser than the director's own, so that a machine that is busy delays no order: what the bound was is in the report.</summary>
    private const string MaxBoundUs = "20000";

    /// <summary>Gives an order to all agents, and returns what came of it.</summary>
    public async Task<DirectorAnswer> OrderAsync(string order, params string[] more)
    {
        string[] words =
        [
            .. MeshNetwork.Enter(space), "dotnet", Path.Combine(AppContext.BaseDirectory, "AudioMesh.Cli.dll"), "director", order, .. more,
            "--hosts", .. agents.Select(agent => agent.Name), "--json", "--max-bound", MaxBoundUs,
            "--name", "director", "--key-file", keyFile, "--listen", $"{address}:0", "--to", .. agents.Select(agent => $"{agent.Listen}"),
        ];
        using Process process = Process.Start(new ProcessStartInfo(words[0], words[1..]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        string? last = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).LastOrDefault();
        return last is null
            ? throw new AudioMeshException(AudioErrorKind.Internal, $"audiomesh director {order} ended with {process.ExitCode}: {await error}")
            : DirectorAnswer.Read(JsonDocument.Parse(last).RootElement);
    }
}

/// <summary>What a director says at its end.</summary>
/// <param name="Id">The order's.</param>
/// <param name="IsDone">Whether it was carried out.</param>
/// <param name="Refusals">Who refused, and why.</param>
/// <param name="Outcomes">Of each host that has one.</param>
internal sealed record DirectorAnswer(string Id, bool IsDone, IReadOnlyList<string> Refusals, IReadOnlyDictionary<string, ToldOutcome> Outcomes)
{
    public static DirectorAnswer Read(JsonElement json)
    {
        JsonElement[] hosts = [.. json.GetProperty("hosts").EnumerateArray()];
        return new DirectorAnswer(
            json.GetProperty("id").GetString()!,
            json.GetProperty("ok").GetBoolean(),
            [.. hosts.Where(host => host.TryGetProperty("code", out _)).Select(host => $"{host.GetProperty("host").GetString()}: {host.GetProperty("reason").GetString()}")],
            hosts.Where(host => host.TryGetProperty("outcome", out _)).ToDictionary(host => host.GetProperty("host").GetString()!, host => ToldOutcome.Read(host.GetProperty("outcome"))));
    }
}

/// <summary>What a host says of an order that it carried out.</summary>
internal sealed record ToldOutcome(string Result, long Frame, long AtNs, double ErrorFrames, double BoundUs, int Corrections, long MissedFrames)
{
    public static ToldOutcome Read(JsonElement json) => new(
        json.GetProperty("result").GetString()!,
        json.GetProperty("frame").GetInt64(),
        json.GetProperty("at_ns").GetInt64(),
        json.GetProperty("error_frames").GetDouble(),
        json.GetProperty("bound_us").GetDouble(),
        json.GetProperty("corrections").GetInt32(),
        json.GetProperty("missed_frames").GetInt64());
}
