// SPDX-License-Identifier: MIT
namespace AudioMesh.Cli.Runs;

/// <summary>A part of the way that sound takes.</summary>
/// <param name="Name">Which: <c>network</c>.</param>
/// <param name="Ms">How long it takes.</param>
internal sealed record RunHop(string Name, double Ms);
