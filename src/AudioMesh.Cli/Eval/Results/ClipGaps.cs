// SPDX-License-Identifier: MIT
namespace AudioMesh.Cli.Eval.Results;

/// <summary>Single gaps in a clip.</summary>
/// <param name="Clip">Its name.</param>
/// <param name="Starts">The first lost frame of each gap.</param>
/// <param name="Methods">A method each.</param>
internal sealed record ClipGaps(string Clip, IReadOnlyList<int> Starts, IReadOnlyList<MethodGaps> Methods);
