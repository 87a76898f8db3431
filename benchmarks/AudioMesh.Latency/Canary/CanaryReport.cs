// SPDX-License-Identifier: MIT
namespace AudioMesh.Latency.Canary;

/// <summary>What the canaries saw. Without realtime priority they are late themselves and excuse nothing.</summary>
internal sealed record CanaryReport(bool IsRealtime, int Cpus, Stall[] Stalls);
