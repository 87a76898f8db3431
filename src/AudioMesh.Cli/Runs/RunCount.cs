// SPDX-License-Identifier: MIT
namespace AudioMesh.Cli.Runs;

/// <summary>Something a run counts or measures.</summary>
/// <param name="Field">What JSON calls it.</param>
/// <param name="Text">What it is, in words behind the number: <c>lines in</c>; empty for what only JSON tells.</param>
/// <param name="Value">How much there is of it.</param>
internal sealed record RunCount(string Field, string Text, double Value);
