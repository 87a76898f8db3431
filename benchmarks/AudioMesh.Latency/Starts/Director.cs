// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Text.Json;
using AudioMesh.Network.Transport;

namespace AudioMesh.Latency.Starts;

/// <summary>A director in a namespace of its own.</summary>
internal sealed class Director(string space, string address, string keyFile, IReadOnlyList<AgentPlace> agents) : IDisposable
{
    private readonly Process _process = OwnProcess.Start(
        ["starts-director", $"{address}:0", keyFile, string.Join(',', agents.Select(agent => agent.Name)), string.Join(',', agents.Select(agent => agent.Listen))],
        inside: MeshNetwork.Enter(space));

    /// <summary>Gives an order, as <c>play FRAME</c>, to all agents, and returns what came of it.</summary>
    public async Task<DirectorAnswer> OrderAsync(string order)
    {
        await _process.StandardInput.WriteLineAsync(order);
        string line = await _process.StandardOutput.ReadLineAsync() ?? throw new AudioMeshException(AudioErrorKind.Internal, "The director has ended.");
        return JsonSerializer.Deserialize(line, Reports.JsonShapes.Default.DirectorAnswer)!;
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(3000))
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}

/// <summary>What a director says at the end of an order.</summary>
/// <param name="Id">The order's.</param>
/// <param name="IsDone">Whether it was carried out.</param>
/// <param name="Refusals">Who refused, and why.</param>
/// <param name="Outcomes">Of each host that has one.</param>
internal sealed record DirectorAnswer(string Id, bool IsDone, IReadOnlyList<string> Refusals, IReadOnlyDictionary<string, ToldOutcome> Outcomes);

/// <summary>What a host says of an order that it carried out.</summary>
internal sealed record ToldOutcome(string Result, long Frame, long AtNs, double ErrorFrames, double BoundUs, int Corrections, long MissedFrames)
{
    public static ToldOutcome Of(in TransportOutcome outcome) => new(
        $"{outcome.Result}", outcome.Frame, outcome.At.Nanoseconds, outcome.ErrorFrames, outcome.BoundNs * 1e-3, outcome.Corrections, outcome.MissedFrames);
}
