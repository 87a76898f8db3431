// SPDX-License-Identifier: MIT
using AudioMesh.Network.Bus;

namespace AudioMesh.Network.Transport;

/// <summary>What agents and directors call things on the bus.</summary>
internal static class AgentSubjects
{
    public const string Table = "transport";
    public const string Timeline = "timeline";
    public const string Tempo = "tempo";
    public const string Epoch = "epoch";
    public const string AllStatus = "mesh.transport.*.status";

    public static string Of(string host, string what) => $"mesh.transport.{BusSubject.Token(host)}.{what}";
}
