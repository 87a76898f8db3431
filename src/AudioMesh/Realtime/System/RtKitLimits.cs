// SPDX-License-Identifier: MIT
namespace AudioMesh.Realtime;

/// <summary>What rtkit gives on this machine.</summary>
/// <param name="MaxPriority">The highest priority, 20 unless configured.</param>
/// <param name="MaxComputationUs">How long a realtime thread may compute without a wait, microseconds; RLIMIT_RTTIME must not be above it.</param>
public sealed record RtKitLimits(int MaxPriority, long MaxComputationUs);
