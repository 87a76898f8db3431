// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Latency.Starts;

/// <summary>What an agent's process says when an order has come to its outcome: how it maps its clock to mesh time then.</summary>
/// <param name="Id">The order's, as the director writes it.</param>
/// <param name="IsReference">Whether its clock defines mesh time.</param>
/// <param name="SourceOrigin">Of the map, nanoseconds of its clock.</param>
/// <param name="MeshOrigin">Of the map, nanoseconds of mesh time.</param>
/// <param name="Rate">Of the map.</param>
/// <param name="Xruns">Periods its server missed so far.</param>
internal sealed record AgentNote(string Id, bool IsReference, long SourceOrigin, long MeshOrigin, double Rate, long Xruns)
{
    /// <summary>Host time to mesh time.</summary>
    public ClockMap Map() => new(SourceOrigin, new MeshTime(MeshOrigin), Rate);
}
