// SPDX-License-Identifier: MIT
namespace AudioMesh.Cli.Eval.Results;

/// <summary>What calls took, each for one packet of one channel.</summary>
/// <param name="Calls">How many were measured.</param>
/// <param name="P50Ns">Half of them took longer, nanoseconds.</param>
/// <param name="P99Ns">One in a hundred took longer, nanoseconds.</param>
internal sealed record CallCost(int Calls, double P50Ns, double P99Ns);
