// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Network.Bus;

/// <summary>A request without an answer yet.</summary>
internal sealed class BusRequest(string subject, MeshTime deadline, int timeoutMs, BusAnswerHandler taken)
{
    public string Subject => subject;

    public MeshTime Deadline => deadline;

    public int TimeoutMs => timeoutMs;

    public BusAnswerHandler Taken => taken;

    /// <summary>Who may still answer.</summary>
    public HashSet<ulong> Awaited { get; } = [];
}
